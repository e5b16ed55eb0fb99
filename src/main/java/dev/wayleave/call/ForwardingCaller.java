package dev.wayleave.call;

import dev.wayleave.policy.Decision;
import dev.wayleave.policy.Policy;
import dev.wayleave.tool.Served;
import dev.wayleave.tool.Tool;
import dev.wayleave.tool.Work;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The flow: find the tool, decide, prepare its arguments, decide again with them, and do its work. */
public final class ForwardingCaller {
    private final Served served;
    private final Policy policy;
    private final Map<String, Job> jobs = new HashMap<>();

    /**
     * Made once for each platform, for its tools and for its resources.
     *
     * @param served what may be called
     */
    public ForwardingCaller(Served served, Means means) {
        this.served = served;
        this.policy = means.policy();
        served.byName()
                .forEach((name, tool) -> jobs.put(
                        name,
                        switch (tool.work()) {
                            case Work.OneCall one ->
                                new OneCallJob(
                                        tool, one.operation(), Afterwards.of(tool, served, means.policy()), means);
                            case Work.Steps several -> new WorkflowJob(tool, several.plan(), means);
                            case Work.Fixed fixed ->
                                new FixedJob(tool, fixed, means.delivery().constants());
                        }));
    }

    /** What came of it, with the reason of the decision. */
    Judged call(ToolCall call) {
        return switch (check(call)) {
            case Check.Stopped stopped -> stopped.judged();
            case Check.Open open ->
                new Judged(noted(open.ready().work().call(call), open.ready().notes()), open.reason());
        };
    }

    /** Whether the call would come to its work; nothing is done. */
    public boolean isOpen(ToolCall call) {
        return check(call) instanceof Check.Open;
    }

    /** How far a call comes before anything is done. */
    private sealed interface Check {
        record Stopped(Judged judged) implements Check {}

        record Open(Job.Prepared.Ready ready, String reason) implements Check {}
    }

    private Check check(ToolCall call) {
        Tool tool = served.find(call.tool());
        Job job = jobs.get(call.tool());
        if (tool == null || job == null) {
            return new Check.Stopped(new Judged(
                    new ToolResult.UnknownTool(),
                    "no such " + served.kind().name().toLowerCase(Locale.ROOT)));
        }
        return switch (policy.decide(call.caller(), tool)) {
            case Decision.Denied denied -> denied(denied);
            case Decision.Allowed offered ->
                switch (job.prepare(call.arguments(), call.caller())) {
                    case Job.Prepared.Unfit unfit ->
                        new Check.Stopped(
                                new Judged(new ToolResult.InvalidArguments(unfit.problems()), offered.reason()));
                    case Job.Prepared.Ready ready ->
                        switch (policy.decide(call.caller(), tool, ready.arguments())) {
                            case Decision.Denied denied -> denied(denied);
                            case Decision.Allowed allowed -> new Check.Open(ready, allowed.reason());
                        };
                };
        };
    }

    private static Check denied(Decision.Denied denied) {
        return new Check.Stopped(new Judged(new ToolResult.Denied(denied), denied.reason()));
    }

    /** Tells what was changed in the arguments, after the answer. */
    private static ToolResult noted(ToolResult result, List<String> notes) {
        return result instanceof ToolResult.Answer answer && !notes.isEmpty()
                ? answer.before("Note: " + String.join("; ", notes) + ".")
                : result;
    }
}
