package dev.wayleave.mcp;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An HTTP answer of the endpoint; its body, where there is one, is JSON.
 *
 * @param body empty for none; not copied and not changed
 * @param events what it brings bit by bit instead of a body; null for nothing
 */
@SuppressWarnings("ArrayRecordComponent")
record Reply(
        int status,
        Map<String, String> headers,
        byte[] body,
        @Nullable EventStream events) {
    Reply {
        headers = Map.copyOf(headers);
    }

    Reply(int status, Map<String, String> headers, byte[] body) {
        this(status, headers, body, null);
    }

    /** The same with more headers. */
    Reply with(Map<String, String> more) {
        Map<String, String> all = new HashMap<>(headers);
        all.putAll(more);
        return new Reply(status, all, body, events);
    }

    /** One that is told as it comes. */
    static Reply of(EventStream events) {
        return new Reply(200, Map.of("X-Accel-Buffering", "no", "Content-Encoding", "identity"), new byte[0], events);
    }

    static Reply json(int status, byte[] body) {
        return new Reply(status, Map.of(), body);
    }

    static Reply empty(int status) {
        return new Reply(status, Map.of(), new byte[0]);
    }
}
