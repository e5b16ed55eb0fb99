package dev.wayleave.call;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.wayleave.caller.BearerToken;
import dev.wayleave.caller.Caller;
import dev.wayleave.upstream.Trail;
import java.time.Instant;
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
 * @param steps hears of what is done one by one, where the tool has steps
 * @param key by which the platform is to know the call, where it takes such keys; null for the id
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
        StepLog steps,
        @Nullable String key) {
    /** One that nobody follows. */
    public ToolCall(String id, Caller caller, String tool, ObjectNode arguments, Instant deadline) {
        this(id, caller, tool, arguments, null, null, deadline, Trail.none(), new StepLog(), null);
    }

    /** The same for a part of it that has less time. */
    ToolCall until(Instant earlier) {
        return new ToolCall(id, caller, tool, arguments, request, trace, earlier, trail, steps, key);
    }

    /** The same with the token that goes to the platform. */
    ToolCall carrying(@Nullable BearerToken token) {
        return new ToolCall(id, caller.presenting(token), tool, arguments, request, trace, deadline, trail, steps, key);
    }

    /** The same, of what is behind a resource. */
    ToolCall naming(String resource, ObjectNode values) {
        return new ToolCall(id, caller, resource, values, request, trace, deadline, trail, steps, key);
    }

    /** The same, leaving a trail. */
    ToolCall leaving(Trail left) {
        return new ToolCall(id, caller, tool, arguments, request, trace, deadline, left, steps, key);
    }

    /** The same under a key that somebody chose for it. */
    public ToolCall keyed(String chosen) {
        return new ToolCall(id, caller, tool, arguments, request, trace, deadline, trail, steps, chosen);
    }

    /** What the platform may know it by: the same for each attempt, and no other call's. */
    String idempotencyKey() {
        return key == null ? id : key;
    }
}
