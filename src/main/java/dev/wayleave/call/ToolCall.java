package dev.wayleave.call;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.wayleave.caller.BearerToken;
import dev.wayleave.caller.Caller;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One call of a tool, or of what is behind a resource, by a verified caller.
 *
 * @param id of this call, in the audit and wherever people must find it again
 * @param tool the name as the client sent it; of a resource its URI, or the template that the URI fits
 * @param deadline when the caller is to have an answer, whatever happened until then
 * @param steps hears of what is done one by one, where the tool has steps
 */
public record ToolCall(String id, Caller caller, String tool, ObjectNode arguments, Instant deadline, StepLog steps) {
    public ToolCall(String id, Caller caller, String tool, ObjectNode arguments, Instant deadline) {
        this(id, caller, tool, arguments, deadline, new StepLog());
    }

    /** The same for a part of it that has less time. */
    ToolCall until(Instant earlier) {
        return new ToolCall(id, caller, tool, arguments, earlier, steps);
    }

    /** The same with the token that goes to the platform. */
    ToolCall carrying(@Nullable BearerToken token) {
        return new ToolCall(id, caller.presenting(token), tool, arguments, deadline, steps);
    }
}
