package dev.wayleave.workflow;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What follows a step (Arazzo 1.1, "Success Action Object" and "Failure Action Object").
 *
 * @param step to go to, or to do before a retry; null for none
 * @param workflow the same; null for none
 * @param parameters inputs of that workflow
 * @param retryAfter how long to wait before a retry
 * @param retryLimit how many retries there are
 * @param criteria all of which must hold
 */
public record Action(
        String name,
        Type type,
        @Nullable String step,
        @Nullable String workflow,
        List<StepParameter> parameters,
        Duration retryAfter,
        int retryLimit,
        List<Criterion> criteria) {
    /** What is done. */
    public enum Type {
        END,
        GOTO,
        RETRY
    }

    public Action {
        parameters = List.copyOf(parameters);
        criteria = List.copyOf(criteria);
    }
}
