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
 */
public record ToolCall(String id, Caller caller, String tool, ObjectNode arguments, Instant deadline) {
    /** The same with the token that goes to the platform. */
    ToolCall carrying(@Nullable BearerToken token) {
        return new ToolCall(id, caller.presenting(token), tool, arguments, deadline);
    }
}
