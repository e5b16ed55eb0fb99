package dev.wayleave.mcp;

import java.util.Map;

/**
 * An HTTP answer of the endpoint; its body, where there is one, is JSON.
 *
 * @param body empty for none; not copied and not changed
 */
@SuppressWarnings("ArrayRecordComponent")
record Reply(int status, Map<String, String> headers, byte[] body) {
    Reply {
        headers = Map.copyOf(headers);
    }

    static Reply json(int status, byte[] body) {
        return new Reply(status, Map.of(), body);
    }

    static Reply empty(int status) {
        return new Reply(status, Map.of(), new byte[0]);
    }
}
