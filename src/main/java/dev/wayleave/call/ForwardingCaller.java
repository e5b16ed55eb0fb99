package dev.wayleave.call;

import dev.wayleave.policy.Decision;
import dev.wayleave.policy.Policy;
import dev.wayleave.tool.Catalog;
import dev.wayleave.tool.Tool;
import dev.wayleave.upstream.Upstream;
import dev.wayleave.upstream.UpstreamException;
import dev.wayleave.upstream.UpstreamRequest;
import java.util.HashMap;
import java.util.Map;

/** The flow: find the tool, decide, bind the arguments, send with the caller's own token, map the answer. */
public final class ForwardingCaller implements ToolCaller {
    private final Catalog catalog;
    private final Policy policy;
    private final Upstream upstream;
    private final Map<String, ArgumentBinder> binders = new HashMap<>();

    public ForwardingCaller(Catalog catalog, Policy policy, Upstream upstream) {
        this.catalog = catalog;
        this.policy = policy;
        this.upstream = upstream;
        for (Tool tool : catalog.tools()) {
            binders.put(tool.name(), new ArgumentBinder(tool));
        }
    }

    @Override
    public ToolResult call(ToolCall call) {
        Tool tool = catalog.find(call.tool());
        ArgumentBinder binder = binders.get(call.tool());
        if (tool == null || binder == null) {
            return new ToolResult.UnknownTool();
        }
        return switch (policy.decide(call.caller(), tool)) {
            case Decision.InsufficientScope insufficient -> new ToolResult.Denied(insufficient);
            case Decision.MissingClaim missing -> new ToolResult.ClaimMissing(missing);
            case Decision.Allowed allowed ->
                switch (binder.bind(call.arguments(), call.caller())) {
                    case Binding.Unfit unfit -> new ToolResult.InvalidArguments(unfit.problems());
                    case Binding.Bound bound -> send(call, tool, bound);
                };
        };
    }

    private ToolResult send(ToolCall call, Tool tool, Binding.Bound bound) {
        UpstreamRequest request = new UpstreamRequest(
                tool.operation().method(),
                bound.target(),
                bound.headers(),
                bound.body(),
                call.caller().token(),
                tool.handling().repeatable(),
                call.deadline());
        try {
            return noted(ResultMapper.map(call.caller(), upstream.send(request)), bound);
        } catch (UpstreamException e) {
            return ResultMapper.map(e, tool.handling().safe());
        }
    }

    /** Tells what was changed in the arguments, after the answer. */
    private static ToolResult noted(ToolResult result, Binding.Bound bound) {
        return result instanceof ToolResult.Answer answer && !bound.notes().isEmpty()
                ? new ToolResult.Answer(
                        answer.status(),
                        answer.text() + "\n\nNote: " + String.join("; ", bound.notes()) + ".",
                        answer.structured())
                : result;
    }
}
