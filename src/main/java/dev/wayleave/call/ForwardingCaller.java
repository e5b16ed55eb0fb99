package dev.wayleave.call;

import dev.wayleave.policy.Decision;
import dev.wayleave.policy.Policy;
import dev.wayleave.tool.Catalog;
import dev.wayleave.tool.Tool;
import dev.wayleave.tool.Work;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The flow: find the tool, decide, prepare its arguments, decide again with them, and do its work. */
public final class ForwardingCaller implements ToolCaller {
    private final Catalog catalog;
    private final Policy policy;
    private final Map<String, Job> jobs = new HashMap<>();

    /** Made once for each platform. */
    public ForwardingCaller(Catalog catalog, Means means) {
        this.catalog = catalog;
        this.policy = means.policy();
        for (Tool tool : catalog.tools()) {
            jobs.put(
                    tool.name(),
                    switch (tool.work()) {
                        case Work.OneCall one -> new OneCallJob(tool, one.operation(), means);
                        case Work.Steps several -> new WorkflowJob(tool, several.plan(), means);
                    });
        }
    }

    @Override
    public ToolResult call(ToolCall call) {
        Tool tool = catalog.find(call.tool());
        Job job = jobs.get(call.tool());
        if (tool == null || job == null) {
            return new ToolResult.UnknownTool();
        }
        return switch (policy.decide(call.caller(), tool)) {
            case Decision.Denied denied -> new ToolResult.Denied(denied);
            case Decision.Allowed offered ->
                switch (job.prepare(call.arguments(), call.caller())) {
                    case Job.Prepared.Unfit unfit -> new ToolResult.InvalidArguments(unfit.problems());
                    case Job.Prepared.Ready ready ->
                        switch (policy.decide(call.caller(), tool, ready.arguments())) {
                            case Decision.Denied denied -> new ToolResult.Denied(denied);
                            case Decision.Allowed allowed -> noted(ready.work().call(call), ready.notes());
                        };
                };
        };
    }

    /** Tells what was changed in the arguments, after the answer. */
    private static ToolResult noted(ToolResult result, List<String> notes) {
        return result instanceof ToolResult.Answer answer && !notes.isEmpty()
                ? answer.before("Note: " + String.join("; ", notes) + ".")
                : result;
    }
}
