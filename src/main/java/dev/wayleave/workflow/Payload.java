package dev.wayleave.workflow;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The body that a step sends.
 *
 * @param contentType in lower case; null where the operation decides
 * @param replacements put into it after it was evaluated
 */
public record Payload(@Nullable String contentType, Value value, List<Replacement> replacements) {
    public Payload {
        replacements = List.copyOf(replacements);
    }

    /**
     * A value for one place of the body.
     *
     * @param target member names and indexes on the way there
     */
    public record Replacement(List<String> target, Value value) {
        public Replacement {
            target = List.copyOf(target);
        }
    }
}
