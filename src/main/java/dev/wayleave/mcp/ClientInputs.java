package dev.wayleave.mcp;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.wayleave.call.Inputs;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/** Reads from a request what its client can be asked for, what it answers and what it brings back. */
final class ClientInputs {
    private static final int MOST_RESPONSES = 100;

    private ClientInputs() {}

    /** In the eras before 2026-07-28 nobody can be asked without a session. */
    static Inputs read(Era era, Message.Call call) throws ProtocolError {
        if (!era.isModern()) {
            return Inputs.NONE;
        }
        JsonNode state = call.params().path("requestState");
        JsonNode responses = call.params().path("inputResponses");
        if (!state.isMissingNode() && !state.isTextual()) {
            throw invalid("params.requestState must be a string.");
        }
        if ((!responses.isMissingNode() && !responses.isObject()) || responses.size() > MOST_RESPONSES) {
            throw invalid("params.inputResponses must be an object of at most " + MOST_RESPONSES + " responses.");
        }
        Map<String, JsonNode> byName = new LinkedHashMap<>();
        responses.properties().forEach(response -> byName.put(response.getKey(), response.getValue()));
        return new Inputs(
                abilities(call.params().path("_meta").path(EraSelector.CAPABILITIES)), byName, state.textValue());
    }

    static Set<Inputs.Ability> abilities(JsonNode capabilities) {
        Set<Inputs.Ability> abilities = EnumSet.noneOf(Inputs.Ability.class);
        JsonNode elicitation = capabilities.path("elicitation");
        if (elicitation.isObject() && (elicitation.has("form") || !elicitation.has("url"))) {
            abilities.add(Inputs.Ability.FORM);
        }
        if (elicitation.path("url").isObject()) {
            abilities.add(Inputs.Ability.URL);
        }
        if (capabilities.path("sampling").isObject()) {
            abilities.add(Inputs.Ability.SAMPLING);
        }
        if (capabilities.path("roots").isObject()) {
            abilities.add(Inputs.Ability.ROOTS);
        }
        if (capabilities.path("extensions").path(TaskMethods.EXTENSION).isObject()) {
            abilities.add(Inputs.Ability.TASKS);
        }
        return abilities;
    }

    /** Says that a client must declare an ability. */
    static void require(Inputs.Ability ability, ObjectNode capabilities) {
        switch (ability) {
            case FORM -> capabilities.withObject("/elicitation");
            case URL -> capabilities.withObject("/elicitation").putObject("url");
            case SAMPLING -> capabilities.putObject("sampling");
            case ROOTS -> capabilities.putObject("roots");
            case TASKS -> capabilities.withObject("/extensions").putObject(TaskMethods.EXTENSION);
        }
    }

    private static ProtocolError invalid(String text) {
        return ProtocolError.of(200, ProtocolError.INVALID_PARAMS, text);
    }
}
