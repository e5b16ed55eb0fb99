package dev.wayleave.mcp;

/**
 * What older eras ask a server to remember for a session (MCP 2025-11-25, server/utilities/logging and server/resources,
 * subscriptions). There is none: the words are checked, nothing is kept, and the answer is empty.
 */
final class LegacyStubs {
    private LegacyStubs() {}

    static JsonRpc.Members level(Message.Call call) throws ProtocolError {
        if (!Notifications.LEVELS.contains(call.params().path("level").asText())) {
            throw ProtocolError.of(200, ProtocolError.INVALID_PARAMS, "params.level must be one of the eight levels.");
        }
        return json -> {};
    }

    static JsonRpc.Members subscription(Message.Call call) throws ProtocolError {
        call.text("uri");
        return json -> {};
    }
}
