package dev.wayleave.call;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.wayleave.tool.Plan;
import dev.wayleave.workflow.Facts;
import dev.wayleave.workflow.StepParameter;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A step that is a workflow itself: its parameters are inputs, and its outputs can be asked. */
record NestedWork(Plan.Planned planned, WorkflowJob job, List<String> secretOutputs) {
    /** @param workflows hears of it, for the steps after it */
    StepOutcome run(Session session, Facts facts, Instant deadline, Map<String, Facts.Finished> workflows) {
        ObjectNode given = JsonNodeFactory.instance.objectNode();
        for (StepParameter parameter : planned.step().parameters()) {
            JsonNode value = parameter.value().in(facts);
            if (!value.isMissingNode()) {
                given.set(parameter.name(), value);
            }
        }
        Session bounded = new Session(
                session.call().until(deadline), session.secrets(), session.left(), session.notes(), session.done());
        return switch (job.within(bounded, given)) {
            case StepOutcome.Failed failed -> failed;
            case StepOutcome.Succeeded done -> judged(session, facts, given, done.outputs(), workflows);
        };
    }

    private StepOutcome judged(
            Session session, Facts facts, ObjectNode given, ObjectNode came, Map<String, Facts.Finished> workflows) {
        Facts.Finished finished = new Facts.Finished(given, came);
        workflows.put(job.workflow().id(), finished);
        Map<String, Facts.Finished> all = new HashMap<>(facts.workflows());
        all.put(job.workflow().id(), finished);
        Facts after = new Facts(facts.inputs(), facts.steps(), all, came, null);
        ObjectNode outputs = planned.step().outputs().isEmpty() ? came : JsonNodeFactory.instance.objectNode();
        planned.step().outputs().forEach((name, value) -> {
            JsonNode found = value.in(after);
            if (!found.isMissingNode()) {
                outputs.set(name, found);
            }
        });
        for (String secret : secretOutputs) {
            if (!session.secrets().keep(outputs.path(secret))) {
                workflows.remove(job.workflow().id());
                return Failures.unkept(planned.step().id());
            }
        }
        boolean success = planned.step().successCriteria().stream().allMatch(one -> one.holds(after));
        return success
                ? new StepOutcome.Succeeded(outputs, null)
                : new StepOutcome.Failed(
                        new ToolResult.UpstreamError(
                                null,
                                "step_failed",
                                "The workflow " + job.workflow().id() + " ended otherwise than the step "
                                        + planned.step().id() + " needs."),
                        outputs,
                        null);
    }
}
