package dev.wayleave.workflow;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What expressions are evaluated in. Its trees are not changed.
 *
 * @param steps the outputs of each step that was done, by its id
 * @param workflows those that were run as steps, by their id
 * @param outputs of the workflow itself, as far as they are known
 * @param exchange the last request of the step that is looked at; null where there is none yet
 */
public record Facts(
        ObjectNode inputs,
        Map<String, ObjectNode> steps,
        Map<String, Finished> workflows,
        ObjectNode outputs,
        @Nullable Exchange exchange) {
    public Facts {
        steps = Map.copyOf(steps);
        workflows = Map.copyOf(workflows);
    }

    /** What a workflow was given, and gave. */
    public record Finished(ObjectNode inputs, ObjectNode outputs) {}

    /** The same after one more exchange. */
    public Facts after(Exchange last) {
        return new Facts(inputs, steps, workflows, outputs, last);
    }
}
