package dev.wayleave.call;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.wayleave.caller.StrictJson;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;

/**
 * What travels with the client while it is being asked; sealed, so that it is our own word when it comes back.
 *
 * @param once unlike that of any other call: whatever becomes of it is done once
 * @param instance the one that asked first
 * @param asked the names of what was asked last
 * @param answers what was answered before that
 */
record AskState(String once, String instance, Set<String> asked, Map<String, ObjectNode> answers) {
    private static final String ONCE = "once";
    private static final String INSTANCE = "by";
    private static final String ASKED = "asked";
    private static final String ANSWERS = "answers";

    AskState {
        asked = Set.copyOf(asked);
        answers = Map.copyOf(answers);
    }

    AskState asking(Set<String> names, Map<String, ObjectNode> given) {
        return new AskState(once, instance, names, given);
    }

    byte[] bytes() {
        ObjectNode json = JsonNodeFactory.instance.objectNode().put(ONCE, once).put(INSTANCE, instance);
        ArrayNode names = json.putArray(ASKED);
        asked.forEach(names::add);
        json.putObject(ANSWERS).setAll(answers);
        return json.toString().getBytes(StandardCharsets.UTF_8);
    }

    static AskState of(byte[] bytes) {
        try {
            ObjectNode json = StrictJson.object(bytes);
            Set<String> names = new LinkedHashSet<>();
            json.path(ASKED).forEach(name -> names.add(name.asText()));
            Map<String, ObjectNode> answers = new LinkedHashMap<>();
            json.path(ANSWERS).properties().forEach(answer -> {
                if (answer.getValue() instanceof ObjectNode given) {
                    answers.put(answer.getKey(), given);
                }
            });
            return new AskState(json.path(ONCE).asText(), json.path(INSTANCE).asText(), names, answers);
        } catch (IOException e) {
            throw new IllegalStateException("it was sealed by us", e);
        }
    }
}
