package dev.wayleave.workflow;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;

/**
 * One request and its answer, as expressions speak of them.
 *
 * @param headers of the request that the description names, by lower-case name
 * @param body of the request; missing for none
 * @param answerHeaders by lower-case name
 * @param answer the body of the answer: parsed where it is JSON, else text; missing for none
 */
public record Exchange(
        String method,
        String url,
        ObjectNode path,
        ObjectNode query,
        ObjectNode headers,
        JsonNode body,
        int status,
        Map<String, String> answerHeaders,
        JsonNode answer) {
    public Exchange {
        answerHeaders = Map.copyOf(answerHeaders);
    }
}
