package dev.wayleave.mcp;

import dev.wayleave.call.StepLog;
import dev.wayleave.upstream.Cancellation;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An HTTP request as the endpoint sees it, whoever read it from the wire.
 *
 * @param headers values by lower-case name
 * @param body not copied and not changed
 * @param gone tells that the client has gone away
 * @param follower hears how far what it asks for has come
 */
@SuppressWarnings("ArrayRecordComponent")
record Request(
        String verb, Map<String, List<String>> headers, byte[] body, Cancellation gone, StepLog.Listener follower) {
    /** One that nobody follows. */
    Request(String verb, Map<String, List<String>> headers, byte[] body, Cancellation gone) {
        this(verb, headers, body, gone, StepLog.Listener.NONE);
    }

    /** The same, followed while it is carried out. */
    Request followed(StepLog.Listener by) {
        return new Request(verb, headers, body, gone, by);
    }

    List<String> all(String name) {
        return headers.getOrDefault(name.toLowerCase(Locale.ROOT), List.of());
    }

    /** The only value of a header, without the spaces around it; null where there is none. */
    @Nullable
    String header(String name) {
        List<String> values = all(name);
        return values.isEmpty() ? null : values.getFirst().strip();
    }
}
