package dev.wayleave.call;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.wayleave.policy.Decision;
import dev.wayleave.policy.Policy;
import dev.wayleave.tool.Asks;
import dev.wayleave.tool.Served;
import dev.wayleave.tool.Task;
import dev.wayleave.tool.Tool;
import dev.wayleave.tool.Work;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The flow: find the tool, decide, prepare its arguments, decide again with them, and do its work. */
public final class ForwardingCaller {
    private final Served served;
    private final Policy policy;
    private final Asking asking;
    private final Map<String, Job> jobs = new HashMap<>();

    /**
     * Made once for each platform, for its tools and for its resources.
     *
     * @param served what may be called
     */
    public ForwardingCaller(Served served, Means means) {
        this.served = served;
        this.policy = means.policy();
        this.asking = means.asking();
        served.byName()
                .forEach((name, tool) -> jobs.put(
                        name,
                        switch (tool.work()) {
                            case Work.OneCall one -> oneCall(tool, one, means);
                            case Work.Steps several -> new WorkflowJob(tool, several.plan(), means);
                            case Work.Fixed fixed ->
                                new FixedJob(tool, fixed, means.delivery().constants());
                        }));
    }

    private Job oneCall(Tool tool, Work.OneCall one, Means means) {
        Telling telling = switch (served.kind()) {
            case TOOL -> TaskStart.of(tool, means);
            case RESOURCE -> Telling.PLAIN;
            case TASK -> TaskProgress.of(tool, means);
        };
        return new OneCallJob(tool, one.operation(), Afterwards.of(tool, served, means.policy()), telling, means);
    }

    /** What came of it, with the reason of the decision. */
    Judged call(ToolCall call) {
        return switch (check(call)) {
            case Check.Stopped stopped -> stopped.judged();
            case Check.Open open -> {
                Conversation talk = open.talk();
                ToolResult result = talk.once(open.tool())
                        .<ToolResult>map(refused -> refused)
                        .orElseGet(() -> work(call, open.ready(), talk));
                yield new Judged(noted(result, open.ready().notes()), open.reason());
            }
        };
    }

    /** What a person agreed to counts as done only where something of it was sent. */
    private static ToolResult work(ToolCall call, Job.Prepared.Ready ready, Conversation talk) {
        try {
            return ready.work().call(call.asking(call.inputs().answered(talk.key(), talk.answers())));
        } finally {
            if (call.trail().attempts() == 0) {
                talk.giveBack();
            }
        }
    }

    /** Whether the call would come to its work; nothing is done. */
    public boolean isOpen(ToolCall call) {
        return check(call) instanceof Check.Open;
    }

    /** How far a call comes before anything is done. */
    private sealed interface Check {
        record Stopped(Judged judged) implements Check {}

        record Open(Tool tool, Conversation talk, Job.Prepared.Ready ready, String reason) implements Check {}
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
                isFollowable(tool, call)
                        ? asked(tool, job, call, offered.reason())
                        : new Check.Stopped(new Judged(
                                new ToolResult.CannotAsk(
                                        Set.of(Inputs.Ability.TASKS),
                                        "This takes long, and your client cannot follow tasks. Nothing was sent."),
                                offered.reason()));
        };
    }

    /** What must be followed is begun only for clients that can. */
    private boolean isFollowable(Tool tool, ToolCall call) {
        Task task = tool.handling().task();
        return served.kind() != Served.Kind.TOOL
                || task == null
                || !task.required()
                || call.inputs().abilities().contains(Inputs.Ability.TASKS);
    }

    /** What is asked for comes before the arguments, which it fills; what is to be agreed to comes after them. */
    private Check asked(Tool tool, Job job, ToolCall call, String offered) {
        Conversation talk = asking.begin(
                new Asking.Subject(
                        call.caller(),
                        "tools/call",
                        call.tool(),
                        call.arguments(),
                        tool.handling().safe()),
                call.inputs());
        Asks asks = tool.handling().asks();
        Optional<ToolResult.Unanswered> stop = talk.ask(asks.list(), asks.needed());
        if (stop.isPresent()) {
            return new Check.Stopped(new Judged(stop.get(), offered));
        }
        List<String> missing = new ArrayList<>();
        ObjectNode arguments = asks.list().isEmpty() ? call.arguments() : talk.filled(asks, call.arguments(), missing);
        Job.Prepared prepared =
                missing.isEmpty() ? job.prepare(arguments, call.caller()) : new Job.Prepared.Unfit(missing);
        return switch (prepared) {
            case Job.Prepared.Unfit unfit ->
                new Check.Stopped(new Judged(new ToolResult.InvalidArguments(unfit.problems()), offered));
            case Job.Prepared.Ready ready ->
                switch (policy.decide(call.caller(), tool, ready.arguments())) {
                    case Decision.Denied denied -> denied(denied);
                    case Decision.Allowed allowed ->
                        talk.confirm(tool, ready.arguments())
                                .<Check>map(no -> new Check.Stopped(new Judged(no, allowed.reason())))
                                .orElseGet(() -> new Check.Open(tool, talk, ready, allowed.reason() + talk.agreed()));
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
