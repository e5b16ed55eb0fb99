package dev.wayleave.call;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.wayleave.workflow.Exchange;
import org.jspecify.annotations.Nullable;

/** What came of a step. */
sealed interface StepOutcome {
    /** Null where nothing was exchanged. */
    @Nullable
    Exchange exchange();

    /** What it gives to others, also where it failed. */
    ObjectNode outputs();

    /** It is a success by its criteria. */
    record Succeeded(ObjectNode outputs, @Nullable Exchange exchange) implements StepOutcome {}

    /** It is none; the result is what the call ends with, unless something follows the failure. */
    record Failed(
            ToolResult result, ObjectNode outputs, @Nullable Exchange exchange) implements StepOutcome {}
}
