package dev.wayleave.call;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a client says, in one request, about being asked.
 *
 * @param abilities what it can be asked for
 * @param responses what it answers, by the names of the asks
 * @param state what we gave it to bring back; null where it brings nothing
 */
public record Inputs(
        Set<Ability> abilities,
        Map<String, JsonNode> responses,
        @Nullable String state) {
    /** Of a client that can be asked for nothing. */
    public static final Inputs NONE = new Inputs(Set.of(), Map.of(), null);

    public Inputs {
        abilities = Set.copyOf(abilities);
        responses = Map.copyOf(responses);
    }

    /** What a client can declare (MCP 2026-07-28, basic/patterns/mrtr). */
    public enum Ability {
        FORM,
        URL,
        SAMPLING,
        ROOTS
    }
}
