package dev.wayleave.call;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.wayleave.caller.BearerToken;
import dev.wayleave.caller.Caller;
import dev.wayleave.upstream.Trail;
import java.time.Instant;
import org.apache.commons.codec.digest.DigestUtils;
import org.jspecify.annotations.Nullable;

/**
 * One call of a tool, or of what is behind a resource, by a verified caller.
 *
 * @param id of this call, in the audit and wherever people must find it again
 * @param tool the name as the client sent it; of a resource its URI, or the template that the URI fits
 * @param request the id that the client gave its request; null where there is none
 * @param trace the trace that the client says it belongs to; null where it says nothing
 * @param deadline when the caller is to have an answer, whatever happened until then
 * @param trail of its requests to the platform
 * @param inputs what the client says about being asked, and what it answered
 * @param steps hears of what is done one by one, where the tool has steps
 */
public record ToolCall(
        String id,
        Caller caller,
        String tool,
        ObjectNode arguments,
        @Nullable String request,
        @Nullable String trace,
        Instant deadline,
        Trail trail,
        Inputs inputs,
        StepLog steps) {
    /** One that nobody follows. */
    public ToolCall(String id, Caller caller, String tool, ObjectNode arguments, Instant deadline) {
        this(id, caller, tool, arguments, null, null, deadline, Trail.none(), Inputs.NONE, new StepLog());
    }

    /** The same of a client that says this about being asked. */
    public ToolCall asking(Inputs said) {
        return new ToolCall(id, caller, tool, arguments, request, trace, deadline, trail, said, steps);
    }

    /**
     * What the platform may know it by: the same for each attempt and for whatever goes on from one state, no other call's, and
     * nothing that could be brought back to us as a state.
     */
    String idempotencyKey() {
        String once = inputs.once();
        return once == null ? id : DigestUtils.sha256Hex("key " + once).substring(0, 32);
    }

    /** The same for a part of it that has less time. */
    ToolCall until(Instant earlier) {
        return new ToolCall(id, caller, tool, arguments, request, trace, earlier, trail, inputs, steps);
    }

    /** The same with the token that goes to the platform. */
    ToolCall carrying(@Nullable BearerToken token) {
        return new ToolCall(
                id, caller.presenting(token), tool, arguments, request, trace, deadline, trail, inputs, steps);
    }

    /** The same, of what is behind a resource. */
    ToolCall naming(String resource, ObjectNode values) {
        return new ToolCall(id, caller, resource, values, request, trace, deadline, trail, inputs, steps);
    }

    /** The same, leaving a trail. */
    ToolCall leaving(Trail left) {
        return new ToolCall(id, caller, tool, arguments, request, trace, deadline, left, inputs, steps);
    }
}
