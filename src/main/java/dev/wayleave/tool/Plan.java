package dev.wayleave.tool;

import dev.wayleave.workflow.Expression;
import dev.wayleave.workflow.Step;
import dev.wayleave.workflow.StepParameter;
import dev.wayleave.workflow.Workflow;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A workflow all of whose steps are known: what each of them calls, and how.
 *
 * @param steps in the order in which they are done
 * @param others workflows that actions lead to, by their ids, as tools that nobody is offered
 */
public record Plan(Workflow workflow, List<Planned> steps, Map<String, Tool> others) {
    public Plan {
        steps = List.copyOf(steps);
        others = Map.copyOf(others);
    }

    /**
     * One step.
     *
     * @param tool what it calls, made of the operation or of another workflow
     * @param judged the same with the scopes that a caller must hold for it, where the owner says others
     */
    public record Planned(Step step, Tool tool, Tool judged, StepCuration curation) {
        /** Where in the request, or among the inputs, a parameter goes. */
        public Optional<Slot> slot(StepParameter parameter) {
            return tool.slots().stream()
                    .filter(slot -> StepChecks.takes(slot, parameter))
                    .findFirst();
        }
    }

    /** The steps that must be done before one: for a credential also those that tell where it will go, so that it goes anywhere. */
    public Set<String> needs(Planned planned) {
        Set<String> needs = new LinkedHashSet<>(planned.step().needs());
        planned.curation().expressions().forEach(one -> needs.add(one.owner()));
        Set<String> before = new LinkedHashSet<>();
        steps.stream()
                .map(one -> one.step().id())
                .takeWhile(id -> !id.equals(planned.step().id()))
                .forEach(before::add);
        for (Planned other : steps) {
            if (other.curation().takesCredentialOf(planned.step().id())) {
                other.curation().expressions().stream()
                        .map(Expression::owner)
                        .filter(before::contains)
                        .forEach(needs::add);
            }
        }
        needs.remove("");
        return needs;
    }

    /** The outputs that are credentials of other steps, by the ids of the steps that have them. */
    public Map<String, Set<String>> secrets() {
        Map<String, Set<String>> secrets = new LinkedHashMap<>();
        for (Planned planned : steps) {
            var credential = planned.curation().credential();
            if (credential != null) {
                secrets.computeIfAbsent(credential.owner(), none -> new LinkedHashSet<>())
                        .add(credential.name());
            }
        }
        return secrets;
    }
}
