package dev.wayleave.mcp;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The trace that a client says a call belongs to (W3C Trace Context §3.2), for the audit alone. */
final class TraceParent {
    private static final Pattern FIELD =
            Pattern.compile("([0-9a-f]{2})-([0-9a-f]{32})-([0-9a-f]{16})-[0-9a-f]{2}(-[!-~]{0,256})?");

    private TraceParent() {}

    /** The trace id of {@code _meta}, which is the message's own, or else of the header; null where there is no valid one. */
    static @Nullable String traceOf(Message.Call call, Request request) {
        String own = call.params().path("_meta").path("traceparent").textValue();
        if (own != null) {
            return traceId(own);
        }
        List<String> fields = request.all("traceparent");
        return fields.size() == 1 ? traceId(fields.getFirst().strip()) : null;
    }

    static @Nullable String traceId(String field) {
        Matcher parts = FIELD.matcher(field);
        if (!parts.matches()) {
            return null;
        }
        String version = parts.group(1);
        boolean longer = parts.group(4) != null;
        boolean valid = !version.equals("ff")
                && !(version.equals("00") && longer)
                && !parts.group(2).equals("0".repeat(32))
                && !parts.group(3).equals("0".repeat(16));
        return valid ? parts.group(2) : null;
    }
}
