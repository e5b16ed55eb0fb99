package dev.wayleave.tool;

import dev.wayleave.openapi.Finding;
import dev.wayleave.workflow.Action;
import dev.wayleave.workflow.Expression;
import dev.wayleave.workflow.Step;
import dev.wayleave.workflow.StepParameter;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Looks at the steps of a workflow together, before it is ever called. */
final class StepChecks {
    private StepChecks() {}

    /**
     * Refuses what can never go well, or what would let a credential out.
     *
     * @param findings where it is told what will not be done
     */
    static void check(Plan plan, List<Finding> findings) throws UnusableOperation {
        Set<String> before = new HashSet<>();
        for (Plan.Planned planned : plan.steps()) {
            Step step = planned.step();
            for (Expression one : planned.curation().expressions()) {
                if (one.kind() == Expression.Kind.STEP_OUTPUT && !before.contains(one.owner())) {
                    throw new UnusableOperation(
                            step.source(), "`x-mcp` asks for outputs of " + one.owner() + ", which is no earlier step");
                }
            }
            before.add(step.id());
            forEach(plan, planned);
            parameters(planned);
            retries(planned, findings);
            for (Expression one : step.expressions()) {
                secret(plan, one, planned);
            }
            for (Expression one : planned.curation().told()) {
                secret(plan, one, planned);
            }
        }
        for (var output : plan.workflow().outputs().values()) {
            for (Expression one : output.expressions().toList()) {
                secret(plan, one, plan.steps().getFirst());
            }
        }
    }

    private static void secret(Plan plan, Expression one, Plan.Planned at) throws UnusableOperation {
        if (WorkflowMaker.isSecret(plan, one)) {
            throw new UnusableOperation(
                    at.step().source(),
                    "the output " + one.name() + " of " + one.owner()
                            + " is a credential, and nothing else may have it");
        }
    }

    private static void forEach(Plan plan, Plan.Planned planned) throws UnusableOperation {
        StepCuration.ForEach each = planned.curation().forEach();
        boolean calls = planned.tool().work() instanceof Work.OneCall;
        if (!calls && !StepCuration.NONE.equals(planned.curation())) {
            throw new UnusableOperation(planned.step().source(), "`x-mcp` is for steps that call an operation");
        }
        if (each == null) {
            return;
        }
        var inputs = plan.workflow().inputs();
        if (inputs != null && inputs.json().path("properties").has(each.as())) {
            throw new UnusableOperation(
                    planned.step().source(), "`as` names " + each.as() + ", which is an input already");
        }
        boolean retried = planned.step().onFailure().stream().anyMatch(action -> action.type() == Action.Type.RETRY);
        if (retried) {
            throw new UnusableOperation(planned.step().source(), "a step `for-each` is not retried");
        }
    }

    /** Each has a place in the request, which is not bound by the operation's owner. */
    private static void parameters(Plan.Planned planned) throws UnusableOperation {
        Step step = planned.step();
        for (StepParameter parameter : step.parameters()) {
            Slot slot = planned.slot(parameter)
                    .orElseThrow(() -> new UnusableOperation(
                            step.source(), "passes " + parameter.name() + ", which is not taken there"));
            boolean hidden = planned.tool().treatments().stream()
                    .anyMatch(treatment -> treatment instanceof Treatment.Hidden
                            && treatment.at().steps().isEmpty()
                            && treatment.at().argument().equals(slot.argument()));
            if (hidden) {
                throw new UnusableOperation(
                        step.source(), "passes " + parameter.name() + ", which the operation binds itself");
            }
        }
        boolean body = planned.tool().slots().stream().anyMatch(Slot.WholeBody.class::isInstance);
        if (step.body() != null && !body) {
            throw new UnusableOperation(step.source(), "sends a body, which is not taken there");
        }
    }

    static boolean takes(Slot slot, StepParameter parameter) {
        return switch (slot) {
            case Slot.InParameter in ->
                in.parameter().in() == parameter.in()
                        && (parameter.in() == dev.wayleave.openapi.Parameter.In.HEADER
                                ? in.parameter().name().equalsIgnoreCase(parameter.name())
                                : in.parameter().name().equals(parameter.name()));
            case Slot.InBody in -> parameter.in() == null && in.property().equals(parameter.name());
            case Slot.WholeBody whole -> false;
        };
    }

    private static void retries(Plan.Planned planned, List<Finding> findings) {
        boolean retried = planned.step().onFailure().stream().anyMatch(action -> action.type() == Action.Type.RETRY);
        if (retried && !planned.tool().handling().repeatable()) {
            findings.add(new Finding(
                    Finding.Severity.WARNING,
                    planned.step().source(),
                    "is never retried, because what it does may not be done twice"));
        }
    }
}
