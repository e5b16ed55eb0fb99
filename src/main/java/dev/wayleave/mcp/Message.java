package dev.wayleave.mcp;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** A JSON-RPC 2.0 message that a client sent. */
sealed interface Message {
    /**
     * Wants an answer.
     *
     * @param id a string or an integer
     * @param params an empty object where it had none
     */
    record Call(JsonNode id, String method, ObjectNode params) implements Message {
        /** A parameter that must be there. */
        String text(String name) throws ProtocolError {
            JsonNode text = params.path(name);
            if (!text.isTextual()) {
                throw ProtocolError.of(200, ProtocolError.INVALID_PARAMS, "params." + name + " must be a string.");
            }
            return text.textValue();
        }
    }

    /** Wants none. */
    record Notification(String method) implements Message {}

    /** Answers something that we never asked. */
    record Answer() implements Message {}
}
