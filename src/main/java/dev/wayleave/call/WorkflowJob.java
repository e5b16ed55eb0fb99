package dev.wayleave.call;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.wayleave.caller.Caller;
import dev.wayleave.tool.Plan;
import dev.wayleave.tool.Slot;
import dev.wayleave.tool.StepCuration;
import dev.wayleave.tool.Tool;
import dev.wayleave.tool.Work;
import dev.wayleave.workflow.Facts;
import dev.wayleave.workflow.Step;
import dev.wayleave.workflow.Workflow;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The steps of one workflow, made ready once. */
final class WorkflowJob implements Job {
    /** Why a step is not sent. */
    static final String ASTRAY = "leads to an address that is not allowed";

    private final Tool tool;
    private final Plan plan;
    private final Means means;
    private final ArgumentCheck check;
    private final JsonAnswer answers;
    private final List<Part> steps = new ArrayList<>();
    private final Map<String, WorkflowJob> others = new HashMap<>();

    WorkflowJob(Tool tool, Plan plan, Means means) {
        this.tool = tool;
        this.plan = plan;
        this.means = means;
        this.check = new ArgumentCheck(tool, arguments -> false);
        this.answers = new JsonAnswer(tool, means.delivery().maxBytes());
        Map<String, Set<String>> secrets = plan.secrets();
        for (Plan.Planned planned : plan.steps()) {
            List<String> secret =
                    List.copyOf(secrets.getOrDefault(planned.step().id(), Set.of()));
            steps.add(new Part(planned, work(planned, secret)));
        }
        plan.others().forEach((id, other) -> {
            if (other.work() instanceof Work.Steps several) {
                others.put(id, new WorkflowJob(other, several.plan(), means));
            }
        });
    }

    /** One step, and how it is done. */
    record Part(Plan.Planned planned, PartWork work) {
        String id() {
            return planned.step().id();
        }

        /** Whether nothing but its needs says when it is done. */
        boolean isPlain() {
            Step step = planned.step();
            return planned.tool().handling().safe()
                    && planned.curation().forEach() == null
                    && step.onSuccess().isEmpty()
                    && step.onFailure().isEmpty();
        }
    }

    /** Does one step. */
    interface PartWork {
        StepOutcome run(Session session, Facts facts, Instant deadline, Map<String, Facts.Finished> workflows);
    }

    List<Part> steps() {
        return steps;
    }

    Set<String> needs(Part part) {
        return plan.needs(part.planned());
    }

    /**
     * A later step whose address is known by now and may not be gone to, so that nothing more is done on the way to it; null
     * for none. An address that is still missing may be of a step that actions lead around.
     */
    @Nullable
    String astray(Part before, Facts facts) {
        boolean straight = steps.stream()
                .map(part -> part.planned().step())
                .allMatch(step -> step.onSuccess().isEmpty() && step.onFailure().isEmpty());
        for (Part part : steps.subList(indexOf(before.id()) + 1, steps.size())) {
            StepCuration curation = part.planned().curation();
            if (curation.origin() == null || !curation.isAddressed(facts.steps().keySet())) {
                continue;
            }
            Optional<String> address = curation.origin().in(facts);
            boolean astray = address.isEmpty()
                    ? straight
                    : means.origins()
                            .find(address.get(), curation.credential() != null)
                            .isEmpty();
            if (astray) {
                return part.id();
            }
        }
        return null;
    }

    Workflow workflow() {
        return plan.workflow();
    }

    Means means() {
        return means;
    }

    Map<String, WorkflowJob> others() {
        return others;
    }

    /** The end of the steps from there that may be done side by side. */
    int together(int from) {
        int end = from;
        while (end < steps.size() && steps.get(end).isPlain()) {
            end++;
        }
        return Math.max(end, from + 1);
    }

    int indexOf(String id) {
        for (int i = 0; i < steps.size(); i++) {
            if (steps.get(i).id().equals(id)) {
                return i;
            }
        }
        return steps.size();
    }

    @Override
    public Prepared prepare(ObjectNode arguments, Caller caller) {
        try {
            return switch (check.check(arguments, caller)) {
                case ArgumentCheck.Checked.Unfit unfit -> new Prepared.Unfit(unfit.problems());
                case ArgumentCheck.Checked.Fit fit ->
                    new Prepared.Ready(fit.arguments(), fit.notes(), call -> run(call, inputs(fit.arguments())));
            };
        } catch (UnfitArgument e) {
            return new Prepared.Unfit(List.of("argument " + e.reason()));
        }
    }

    private ToolResult run(ToolCall call, ObjectNode inputs) {
        Session session = Session.of(call);
        WorkflowRun run = new WorkflowRun(this, session, inputs, true);
        return switch (run.run()) {
            case StepOutcome.Failed failed -> {
                if (tool.handling().safe()) {
                    session.done().clear();
                }
                boolean several = failed.result() instanceof ToolResult.UpstreamError error && error.parts() != null;
                yield Failures.ending(
                        session,
                        failed.result(),
                        several ? told(session, run.finished().outputs()) : null);
            }
            case StepOutcome.Succeeded done -> answer(session, done.outputs());
        };
    }

    private ToolResult answer(Session session, ObjectNode outputs) {
        ToolResult.Answer answer = told(session, outputs);
        if (answer == null || plan.workflow().outputs().isEmpty()) {
            answer = new ToolResult.Answer(
                    200,
                    List.of(new Content.Text("Done: " + plan.workflow().id() + ".", 0)),
                    tool.outputSchema() == null ? null : "{}",
                    false);
        }
        return session.notes().isEmpty() ? answer : answer.after(String.join(". ", session.notes()) + ".");
    }

    private ToolResult.@Nullable Answer told(Session session, ObjectNode outputs) {
        return answers.of(200, "application/json", session.secrets().mask(outputs.toString()));
    }

    /** The same as a part of another workflow, whose call it is. */
    StepOutcome within(Session session, ObjectNode given) {
        ObjectNode arguments = JsonNodeFactory.instance.objectNode();
        for (Slot slot : tool.slots()) {
            JsonNode value = given.path(slot.name());
            if (!value.isMissingNode()) {
                arguments.set(slot.argument(), value);
            }
        }
        return switch (prepare(arguments, session.call().caller())) {
            case Prepared.Unfit unfit ->
                new StepOutcome.Failed(
                        new ToolResult.InvalidArguments(unfit.problems()), JsonNodeFactory.instance.objectNode(), null);
            case Prepared.Ready ready -> new WorkflowRun(this, session, inputs(ready.arguments()), false).run();
        };
    }

    private ObjectNode inputs(ObjectNode arguments) {
        ObjectNode inputs = JsonNodeFactory.instance.objectNode();
        for (Slot slot : tool.slots()) {
            JsonNode value = arguments.path(slot.argument());
            if (!value.isMissingNode()) {
                inputs.set(slot.name(), value);
            }
        }
        return inputs;
    }

    private PartWork work(Plan.Planned planned, List<String> secretOutputs) {
        return switch (planned.tool().work()) {
            case Work.OneCall one -> {
                StepCall calls = new StepCall(planned, one.operation(), secretOutputs, means);
                StepCuration.ForEach each = planned.curation().forEach();
                if (each == null) {
                    yield (session, facts, deadline, workflows) -> calls.run(session, facts, deadline);
                }
                FanOut all = new FanOut(planned.step().id(), calls, each, means.clock());
                yield (session, facts, deadline, workflows) -> all.run(session, facts, deadline);
            }
            case Work.Steps several -> {
                NestedWork nested =
                        new NestedWork(planned, new WorkflowJob(planned.tool(), several.plan(), means), secretOutputs);
                yield nested::run;
            }
            case Work.Fixed fixed -> throw new IllegalArgumentException("a step sends something");
        };
    }
}
