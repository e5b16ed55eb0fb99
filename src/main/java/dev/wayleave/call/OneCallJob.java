package dev.wayleave.call;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.wayleave.caller.Caller;
import dev.wayleave.openapi.Operation;
import dev.wayleave.tool.Tool;
import dev.wayleave.upstream.UpstreamException;
import java.util.Objects;

/** One request to the platform: bind, send with the credential for it, map the answer. */
final class OneCallJob implements Job {
    private final Tool tool;
    private final Sender sender;
    private final ArgumentBinder binder;
    private final ResultMapper mapper;
    private final Telling telling;

    /**
     * Made once for each tool.
     *
     * @param telling what is told of its answers
     */
    OneCallJob(Tool tool, Operation operation, Afterwards afterwards, Telling telling, Means means) {
        this.tool = tool;
        this.sender = means.sender();
        this.binder = new ArgumentBinder(tool, operation, means.boundaries());
        this.mapper = new ResultMapper(tool, means.delivery(), afterwards);
        this.telling = telling;
    }

    @Override
    public Prepared prepare(ObjectNode arguments, Caller caller) {
        return switch (binder.bind(arguments, caller)) {
            case Binding.Unfit unfit -> new Prepared.Unfit(unfit.problems());
            case Binding.Bound bound ->
                new Prepared.Ready(
                        bound.arguments(),
                        bound.notes(),
                        call -> send(call, bound.keyed(tool.handling().keyHeader(), call.idempotencyKey())));
        };
    }

    private ToolResult send(ToolCall call, Binding.Bound bound) {
        try {
            return switch (sender.send(call.caller(), tool, bound, call.deadline(), call.trail())) {
                case Sender.Sent.NotNarrowed refused -> new ToolResult.NotNarrowed(refused.why());
                case Sender.Sent.NotNarrowedNow unavailable -> UpstreamErrors.notNarrowedNow();
                case Sender.Sent.Answered answered -> {
                    boolean own = Objects.equals(answered.token(), call.caller().token());
                    ToolResult plain = mapper.map(call.carrying(answered.token()), own, answered.response());
                    yield telling.of(call, bound, answered, plain);
                }
            };
        } catch (UpstreamException e) {
            return mapper.map(call.caller(), e);
        }
    }
}
