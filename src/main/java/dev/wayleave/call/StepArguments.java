package dev.wayleave.call;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.wayleave.tool.Plan;
import dev.wayleave.tool.Slot;
import dev.wayleave.workflow.Facts;
import dev.wayleave.workflow.Payload;
import dev.wayleave.workflow.Step;
import dev.wayleave.workflow.StepParameter;
import java.util.List;

/** Makes the arguments of what a step calls: its parameters and its body, with the facts put in. */
final class StepArguments {
    private StepArguments() {}

    static ObjectNode of(Plan.Planned planned, Facts facts) {
        ObjectNode arguments = JsonNodeFactory.instance.objectNode();
        Step step = planned.step();
        for (StepParameter parameter : step.parameters()) {
            JsonNode value = parameter.value().in(facts);
            if (!value.isMissingNode()) {
                planned.slot(parameter).ifPresent(slot -> arguments.set(slot.argument(), value));
            }
        }
        Payload payload = step.body();
        for (Slot slot : planned.tool().slots()) {
            if (payload != null && slot instanceof Slot.WholeBody whole) {
                JsonNode body = body(payload, facts);
                if (!body.isMissingNode()) {
                    arguments.set(whole.argument(), body);
                }
            }
        }
        return arguments;
    }

    private static JsonNode body(Payload payload, Facts facts) {
        JsonNode body = payload.value().in(facts);
        if (payload.replacements().isEmpty()) {
            return body;
        }
        JsonNode changed = body.deepCopy();
        for (Payload.Replacement replacement : payload.replacements()) {
            JsonNode value = replacement.value().in(facts);
            if (!value.isMissingNode()) {
                put(changed, replacement.target(), value);
            }
        }
        return changed;
    }

    /** Nowhere where the way leads through something that is not there. */
    private static void put(JsonNode body, List<String> target, JsonNode value) {
        JsonNode at = body;
        for (String token : target.subList(0, target.size() - 1)) {
            at = at.isArray() ? at.path(index(token)) : at.path(token);
        }
        String last = target.getLast();
        if (at instanceof ObjectNode object) {
            object.set(last, value);
        } else if (at instanceof ArrayNode array && last.equals("-")) {
            array.add(value);
        } else if (at instanceof ArrayNode array && array.has(index(last))) {
            array.set(index(last), value);
        }
    }

    private static int index(String token) {
        return token.matches("0|[1-9]\\d{0,5}") ? Integer.parseInt(token) : -1;
    }
}
