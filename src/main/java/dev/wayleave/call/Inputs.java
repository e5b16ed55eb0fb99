package dev.wayleave.call;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a client says, in one request, about being asked.
 *
 * @param abilities what it can be asked for
 * @param responses what it answers, by the names of the asks
 * @param state what we gave it to bring back; null where it brings nothing
 * @param once the same for every request that must have one effect together; null where nothing was asked
 * @param answers what was answered, by the names of asks
 */
public record Inputs(
        Set<Ability> abilities,
        Map<String, JsonNode> responses,
        @Nullable String state,
        @Nullable String once,
        Map<String, ObjectNode> answers) {
    /** Of a client that can be asked for nothing. */
    public static final Inputs NONE = new Inputs(Set.of(), Map.of(), null);

    public Inputs {
        abilities = Set.copyOf(abilities);
        responses = Map.copyOf(responses);
        answers = Map.copyOf(answers);
    }

    /** Before anything of it was looked at. */
    public Inputs(Set<Ability> abilities, Map<String, JsonNode> responses, @Nullable String state) {
        this(abilities, responses, state, null, Map.of());
    }

    /** The same after everything was asked. */
    Inputs answered(@Nullable String key, Map<String, ObjectNode> all) {
        return new Inputs(abilities, responses, state, key, all);
    }

    /** What a client can declare (MCP 2026-07-28, basic/patterns/mrtr). */
    public enum Ability {
        FORM,
        URL,
        SAMPLING,
        ROOTS,
        /** It follows tasks (extension io.modelcontextprotocol/tasks), which is no question. */
        TASKS
    }
}
