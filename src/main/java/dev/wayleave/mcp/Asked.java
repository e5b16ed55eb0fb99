package dev.wayleave.mcp;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.wayleave.call.Inputs;
import dev.wayleave.call.StepLog;
import dev.wayleave.call.ToolCall;
import dev.wayleave.caller.Caller;
import dev.wayleave.upstream.Cancellation;
import dev.wayleave.upstream.Trail;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * Who asks, and in which request, so that what is called for it can be found again.
 *
 * @param request the id that the client gave it
 * @param trace that it belongs to; null where the client does not say
 * @param gone tells that nobody waits for it any more
 * @param follower hears how far it has come
 * @param deadline when it is to have an answer, however many calls it asks for
 * @param called whether a call was made of it, which is remembered whatever its end
 */
record Asked(
        Caller caller,
        String request,
        @Nullable String trace,
        Cancellation gone,
        StepLog.Listener follower,
        Instant deadline,
        AtomicBoolean called) {
    /** In the older eras a client that goes away has not cancelled anything (MCP 2025-11-25, basic/transports). */
    static Asked of(Era era, Caller caller, Message.Call call, Request request, Instant deadline) {
        return new Asked(
                caller,
                call.id().asText(),
                TraceParent.traceOf(call, request),
                era.isModern() ? request.gone() : new Cancellation(),
                request.follower(),
                deadline,
                new AtomicBoolean());
    }

    /** A call that this asks for, to be made. */
    ToolCall call(String id, String name, ObjectNode arguments) {
        called.set(true);
        Trail trail = new Trail(() -> true, gone);
        return new ToolCall(
                id, caller, name, arguments, request, trace, deadline, trail, Inputs.NONE, new StepLog(follower));
    }
}
