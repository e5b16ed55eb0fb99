package dev.wayleave.mcp;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An HTTP request as the endpoint sees it, whoever read it from the wire.
 *
 * @param headers values by lower-case name
 * @param body not copied and not changed
 */
@SuppressWarnings("ArrayRecordComponent")
record Request(String verb, Map<String, List<String>> headers, byte[] body) {
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
