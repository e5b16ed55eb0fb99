package dev.wayleave.call;

import dev.wayleave.policy.Decision;
import dev.wayleave.policy.Policy;
import dev.wayleave.tool.Catalog;
import dev.wayleave.tool.Tool;
import dev.wayleave.upstream.UpstreamException;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.function.Supplier;

/** The flow: find the tool, decide, bind the arguments, send with the credential for it, map the answer. */
public final class ForwardingCaller implements ToolCaller {
    private final Catalog catalog;
    private final Policy policy;
    private final Sender sender;
    private final Map<String, ArgumentBinder> binders = new HashMap<>();
    private final Map<String, ResultMapper> mappers = new HashMap<>();

    /**
     * Made once for each platform.
     *
     * @param boundaries makes what divides the parts of a multipart body
     */
    public ForwardingCaller(
            Catalog catalog, Policy policy, Sender sender, Delivery delivery, Supplier<String> boundaries) {
        this.catalog = catalog;
        this.policy = policy;
        this.sender = sender;
        for (Tool tool : catalog.tools()) {
            binders.put(tool.name(), new ArgumentBinder(tool, boundaries));
            mappers.put(tool.name(), new ResultMapper(tool, delivery));
        }
    }

    @Override
    public ToolResult call(ToolCall call) {
        Tool tool = catalog.find(call.tool());
        ArgumentBinder binder = binders.get(call.tool());
        ResultMapper mapper = mappers.get(call.tool());
        if (tool == null || binder == null || mapper == null) {
            return new ToolResult.UnknownTool();
        }
        return switch (policy.decide(call.caller(), tool)) {
            case Decision.Denied denied -> new ToolResult.Denied(denied);
            case Decision.Allowed offered ->
                switch (binder.bind(call.arguments(), call.caller())) {
                    case Binding.Unfit unfit -> new ToolResult.InvalidArguments(unfit.problems());
                    case Binding.Bound bound ->
                        switch (policy.decide(call.caller(), tool, bound.arguments())) {
                            case Decision.Denied denied -> new ToolResult.Denied(denied);
                            case Decision.Allowed allowed -> send(call, tool, bound, mapper);
                        };
                };
        };
    }

    private ToolResult send(ToolCall call, Tool tool, Binding.Bound bound, ResultMapper mapper) {
        try {
            return switch (sender.send(call.caller(), tool, bound, call.deadline(), call.trail())) {
                case Sender.Sent.NotNarrowed refused -> new ToolResult.NotNarrowed(refused.why());
                case Sender.Sent.NotNarrowedNow unavailable -> UpstreamErrors.notNarrowedNow();
                case Sender.Sent.Answered answered -> {
                    boolean own = Objects.equals(answered.token(), call.caller().token());
                    yield noted(mapper.map(call.carrying(answered.token()), own, answered.response()), bound);
                }
            };
        } catch (UpstreamException e) {
            return ResultMapper.map(e, tool.handling().safe());
        }
    }

    /** Tells what was changed in the arguments, after the answer. */
    private static ToolResult noted(ToolResult result, Binding.Bound bound) {
        return result instanceof ToolResult.Answer answer && !bound.notes().isEmpty()
                ? answer.before("Note: " + String.join("; ", bound.notes()) + ".")
                : result;
    }
}
