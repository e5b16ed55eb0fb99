package dev.wayleave.tool;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.wayleave.openapi.Finding;
import dev.wayleave.openapi.Schema;
import dev.wayleave.openapi.Source;
import dev.wayleave.workflow.Action;
import dev.wayleave.workflow.Expression;
import dev.wayleave.workflow.Step;
import dev.wayleave.workflow.Workflow;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Makes the tool of one workflow, and of those that it leads to. */
final class WorkflowMaker {
    private static final int DEEPEST = 4;
    private final Map<String, Workflow> all;
    private final StepMaker steps;
    private final List<Finding> findings;

    /**
     * For the workflows of one document.
     *
     * @param all by their ids
     */
    WorkflowMaker(Map<String, Workflow> all, StepMaker steps, List<Finding> findings) {
        this.all = all;
        this.steps = steps;
        this.findings = findings;
    }

    Tool make(Workflow workflow, String name) throws UnusableOperation {
        return make(workflow, name, null, new LinkedHashSet<>());
    }

    private Tool make(Workflow workflow, String name, @Nullable ScopeRequirement others, Set<String> way)
            throws UnusableOperation {
        if (!way.add(workflow.id())) {
            throw new UnusableOperation(workflow.source(), "leads to itself");
        }
        if (way.size() > DEEPEST) {
            throw new UnusableOperation(workflow.source(), "leads to others more than " + DEEPEST + " deep");
        }
        WorkflowCuration curation = WorkflowCuration.of(workflow);
        ScopeRequirement said = others != null ? others : curation.common().scopes();
        ArgumentsCuration arguments = new ArgumentsCuration(workflow.source());
        InputSchema input = input(workflow, arguments);
        Plan plan = plan(workflow, name, said, way);
        way.remove(workflow.id());
        List<Tool> parts = Stream.concat(
                        plan.steps().stream().map(Plan.Planned::judged), plan.others().values().stream())
                .toList();
        ScopeRequirement needed = said != null
                ? said
                : ScopeRequirement.all(parts.stream().map(Tool::scopes).toList(), "the steps of " + workflow.source());
        Annotations annotations = Annotations.of(
                workflow.source(), parts.stream().map(WorkflowMaker::judged).toList(), curation.common(), findings);
        ObjectNode given = input.json();
        Asks asks = asks(
                workflow, curation.common(), AskCuration.fit(curation.common().asks(), given), parts);
        Handling handling =
                handling(workflow, curation.common(), annotations, parts).asking(asks);
        CuratedWords words = new CuratedWords(findings);
        String title = words.title(curation.common().title(), workflow.source());
        String description = words.text(curation.common().description(), Words.DESCRIPTION_LENGTH, workflow.source());
        return new Tool(
                name,
                title == null ? Words.title(workflow.summary(), workflow.id(), name) : title,
                description == null ? Words.described(workflow.summary(), workflow.description(), name) : description,
                SchemaNames.in(SchemaWords.of(given)),
                curation.output(),
                annotations,
                needed,
                input.slots(),
                arguments.treatments(),
                handling,
                curation.common().result(),
                new Work.Steps(plan));
    }

    private static Annotations.Part judged(Tool part) {
        return switch (part.work()) {
            case Work.OneCall one -> new Annotations.Part(part.annotations(), one.operation());
            case Work.Steps several -> new Annotations.Part(part.annotations(), null);
            case Work.Fixed fixed -> new Annotations.Part(part.annotations(), null);
        };
    }

    /** Inputs stand among the arguments as the properties of a body do. */
    private static InputSchema input(Workflow workflow, ArgumentsCuration arguments) throws UnusableOperation {
        Schema schema = workflow.inputs();
        Map<String, JsonNode> names = new LinkedHashMap<>();
        if (schema != null) {
            schema.json().path("properties").properties().forEach(one -> names.put(one.getKey(), one.getValue()));
        }
        InputSchema input = new InputSchema(new ArgumentNames(List.of(), names), arguments);
        if (schema == null || (names.isEmpty() && !schema.json().has("$ref"))) {
            return input;
        }
        String why = ComposedBody.whyNot(schema, true);
        if (BodyShape.isFlat(schema, true)) {
            input.properties((ObjectNode) schema.json(), schema);
        } else if (why == null) {
            input.composed((ObjectNode) schema.json(), schema);
        } else {
            throw new UnusableOperation(workflow.source(), "its inputs cannot be arguments: " + why);
        }
        return input;
    }

    private Plan plan(Workflow workflow, String name, @Nullable ScopeRequirement said, Set<String> way)
            throws UnusableOperation {
        List<Plan.Planned> planned = new ArrayList<>();
        Map<String, Tool> others = new HashMap<>();
        for (Step step : workflow.steps()) {
            planned.add(planned(step, name, said, way));
            for (Action action : Stream.concat(step.onSuccess().stream(), step.onFailure().stream())
                    .toList()) {
                if (action.workflow() != null && !others.containsKey(action.workflow())) {
                    others.put(action.workflow(), other(action.workflow(), step.source(), name, said, way));
                }
            }
        }
        Plan plan = new Plan(workflow, planned, others);
        StepChecks.check(plan, findings);
        return plan;
    }

    private Plan.Planned planned(Step step, String name, @Nullable ScopeRequirement said, Set<String> way)
            throws UnusableOperation {
        Tool tool = switch (step.target()) {
            case Step.Target.Operation operation -> steps.make(operation.named(), name, step);
            case Step.Target.Workflow other -> other(other.id(), step.source(), name, said, way);
        };
        return new Plan.Planned(step, tool, said == null ? tool : tool.needing(said), StepCuration.of(step));
    }

    private Tool other(String id, Source source, String name, @Nullable ScopeRequirement said, Set<String> way)
            throws UnusableOperation {
        Workflow other = all.get(id);
        if (other == null) {
            throw new UnusableOperation(source, "leads to " + VisibleText.of(id, 64) + ", which is no workflow here");
        }
        return make(other, name, said, way);
    }

    /** It is sent once and for all; what it reaches is the most that any of its steps does. */
    private Handling handling(
            Workflow workflow, OperationCuration curation, Annotations annotations, List<Tool> parts) {
        if (curation.cacheTtl() != null) {
            findings.add(new Finding(
                    Finding.Severity.WARNING,
                    workflow.source(),
                    "x-mcp.cache is of no use on a workflow: say it of the operations that its steps do"));
        }
        Handling.Access access = curation.access();
        for (Tool part : parts) {
            Handling.Access one = part.handling().access();
            access = access == null && one != null && !annotations.readOnly() ? one : access;
            access = curation.access() == null && one != null && access != null && one.compareTo(access) > 0
                    ? one
                    : access;
        }
        boolean mostly = parts.stream()
                .allMatch(part -> part.handling().safe() || part.handling().access() != null);
        boolean unsaid = curation.access() == null && !mostly;
        return new Handling(
                annotations.readOnly(),
                parts.stream().allMatch(part -> part.handling().repeatable()),
                unsaid ? null : access,
                null,
                Asks.NONE,
                null);
    }

    /** Whoever must agree to one of its parts agrees to the whole, before any of it is done. */
    private static Asks asks(Workflow workflow, OperationCuration curation, Set<String> needed, List<Tool> parts)
            throws UnusableOperation {
        if (parts.stream().anyMatch(part -> !part.handling().asks().list().isEmpty())) {
            throw new UnusableOperation(
                    workflow.source(), "leads to a workflow that asks, and nobody is asked in the midst of another");
        }
        boolean confirm = Boolean.TRUE.equals(curation.confirm())
                || parts.stream().anyMatch(part -> part.handling().asks().confirmation() != null);
        return new Asks(curation.asks(), needed, confirm ? Handling.REFUSING : null);
    }

    /** What nobody may ask but the steps that carry it. */
    static boolean isSecret(Plan plan, Expression expression) {
        return expression.kind() == Expression.Kind.STEP_OUTPUT
                && plan.secrets().getOrDefault(expression.owner(), Set.of()).contains(expression.name());
    }
}
