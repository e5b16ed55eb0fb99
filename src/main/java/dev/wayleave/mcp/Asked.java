package dev.wayleave.mcp;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.wayleave.call.Inputs;
import dev.wayleave.call.StepLog;
import dev.wayleave.call.ToolCall;
import dev.wayleave.caller.Caller;
import dev.wayleave.upstream.Trail;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Who asks, and in which request, so that what is called for it can be found again.
 *
 * @param request the id that the client gave it
 * @param trace that it belongs to; null where the client does not say
 */
record Asked(Caller caller, String request, @Nullable String trace) {
    static Asked of(Caller caller, Message.Call call, Request request) {
        return new Asked(caller, call.id().asText(), TraceParent.traceOf(call, request));
    }

    /** A call that this asks for. */
    ToolCall call(String id, String name, ObjectNode arguments, Instant deadline) {
        return new ToolCall(
                id, caller, name, arguments, request, trace, deadline, Trail.none(), Inputs.NONE, new StepLog());
    }
}
