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
    record Call(JsonNode id, String method, ObjectNode params) implements Message {}

    /** Wants none. */
    record Notification(String method) implements Message {}

    /** Answers something that we never asked. */
    record Answer() implements Message {}
}
