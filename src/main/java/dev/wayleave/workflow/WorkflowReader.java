package dev.wayleave.workflow;

import dev.wayleave.openapi.DocumentException;
import dev.wayleave.openapi.Finding;
import dev.wayleave.openapi.Place;
import dev.wayleave.openapi.Schema;
import dev.wayleave.openapi.SideDocument;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Reads an Arazzo document. What is not known is refused: a workflow half understood is left out with a finding, and the
 * others are not.
 */
final class WorkflowReader {
    private static final int MOST_WORKFLOWS = 500;
    private static final int MOST_STEPS = 100;
    private static final int MOST_SOURCES = 50;
    private final SideDocument document;
    private final List<Finding> findings = new ArrayList<>();

    WorkflowReader(SideDocument document) {
        this.document = document;
    }

    WorkflowDocument read() throws DocumentException {
        try {
            Fields root = new Fields(document.root(), "an Arazzo document");
            String version = root.member("arazzo").node().asText("");
            if (!version.matches("1\\.[01]\\.\\d{1,3}")) {
                throw new InvalidWorkflow(root.member("arazzo"), "`arazzo` is one of these versions: 1.0.x, 1.1.x");
            }
            boolean later = version.startsWith("1.1.");
            if (later) {
                root.text("$self");
            }
            info(new Fields(root.member("info"), "`info`"));
            StepReader steps = new StepReader(sources(root), later, Components.of(root));
            List<Place> places = root.list("workflows", MOST_WORKFLOWS);
            root.end();
            if (places.isEmpty()) {
                throw new InvalidWorkflow(root.member("workflows"), "`workflows` has at least one workflow");
            }
            List<Workflow> workflows = workflows(places, steps);
            List<Finding> all = new ArrayList<>(document.findings());
            all.addAll(findings);
            return new WorkflowDocument(workflows, all);
        } catch (InvalidWorkflow e) {
            throw new DocumentException(e.source(), e.reason());
        }
    }

    private static void info(Fields info) throws InvalidWorkflow {
        info.required("title");
        info.required("version");
        info.text("summary");
        info.text("description");
        info.end();
    }

    /** Their types by name. Where they lie is not asked: operations are those of the platform's own description. */
    private static Map<String, String> sources(Fields root) throws InvalidWorkflow {
        Map<String, String> types = new HashMap<>();
        for (Place place : root.list("sourceDescriptions", MOST_SOURCES)) {
            Fields source = new Fields(place, "a source description");
            String name = source.id("name");
            source.required("url");
            String type = source.text("type");
            source.end();
            if (types.put(name, type == null ? "openapi" : type) != null) {
                throw new InvalidWorkflow(place, "the source " + name + " stands here twice");
            }
        }
        if (types.isEmpty()) {
            throw new InvalidWorkflow(root.member("sourceDescriptions"), "has at least one source description");
        }
        return types;
    }

    private List<Workflow> workflows(List<Place> places, StepReader steps) {
        Map<String, Integer> ids = new HashMap<>();
        places.forEach(place -> ids.merge(place.node().path("workflowId").asText(), 1, Integer::sum));
        List<Workflow> workflows = new ArrayList<>();
        for (Place place : places) {
            String id = place.node().path("workflowId").asText();
            try {
                if (ids.getOrDefault(id, 0) > 1) {
                    throw new InvalidWorkflow(place, "its id is that of another");
                }
                workflows.add(workflow(new Fields(place, "a workflow"), steps));
            } catch (InvalidWorkflow e) {
                String shown = id.length() > 64 ? id.substring(0, 64) + "…" : id;
                findings.add(new Finding(
                        Finding.Severity.ERROR, e.source(), "the workflow " + shown + " is left out: " + e.reason()));
            }
        }
        return workflows;
    }

    private Workflow workflow(Fields fields, StepReader reader) throws InvalidWorkflow {
        String id = fields.id("workflowId");
        if (fields.has("dependsOn")) {
            throw new InvalidWorkflow(
                    fields.member("dependsOn"),
                    "`dependsOn` of a workflow is not served: each call stands alone; make the other one a step");
        }
        List<Step> steps = new ArrayList<>();
        Set<String> stepIds = new LinkedHashSet<>();
        for (Place place : fields.list("steps", MOST_STEPS)) {
            Step step = reader.step(place, fields);
            if (!stepIds.add(step.id())) {
                throw new InvalidWorkflow(place, "the step " + step.id() + " stands here twice");
            }
            steps.add(step);
        }
        if (steps.isEmpty()) {
            throw new InvalidWorkflow(fields.member("steps"), "`steps` has at least one step");
        }
        Map<String, Value> outputs = reader.outputs(fields);
        check(fields.place(), steps, stepIds, outputs);
        Workflow workflow = new Workflow(
                id,
                fields.text("summary"),
                fields.text("description"),
                inputs(fields.member("inputs")),
                ordered(fields.place(), steps),
                outputs,
                fields.extensions(),
                fields.place().source());
        fields.end();
        return workflow;
    }

    private @Nullable Schema inputs(Place place) throws InvalidWorkflow {
        if (!place.exists()) {
            return null;
        }
        return document.schema(place).orElseThrow(() -> new InvalidWorkflow(place, "`inputs` cannot be read"));
    }

    private static void check(Place workflow, List<Step> steps, Set<String> ids, Map<String, Value> outputs)
            throws InvalidWorkflow {
        Set<String> workflows = new LinkedHashSet<>();
        for (Step step : steps) {
            if (step.target() instanceof Step.Target.Workflow other) {
                workflows.add(other.id());
            }
            for (Action action : actions(step)) {
                if (action.workflow() != null) {
                    workflows.add(action.workflow());
                }
                if (action.step() != null && !ids.contains(action.step())) {
                    throw new InvalidWorkflow(workflow, action.name() + " leads to " + action.step() + ", no step");
                }
            }
        }
        List<Expression> all = new ArrayList<>();
        steps.forEach(step -> all.addAll(step.expressions()));
        outputs.values().stream().flatMap(Value::expressions).forEach(all::add);
        for (Expression one : all) {
            boolean known = switch (one.kind()) {
                case STEP_OUTPUT -> ids.contains(one.owner());
                case WORKFLOW_INPUT, WORKFLOW_OUTPUT -> workflows.contains(one.owner());
                default -> true;
            };
            if (!known) {
                throw new InvalidWorkflow(
                        workflow, "asks for outputs of " + one.owner() + ", which is none of its steps");
            }
        }
        for (Step step : steps) {
            for (String other : step.dependsOn()) {
                if (!ids.contains(other)) {
                    throw new InvalidWorkflow(
                            workflow, step.id() + " depends on " + other + ", which is no step of it");
                }
            }
        }
    }

    static List<Action> actions(Step step) {
        return Stream.concat(step.onSuccess().stream(), step.onFailure().stream())
                .toList();
    }

    /**
     * The document's order, in which a step is put behind those that it says it depends on. Without any such word a step
     * that needs a later one can never be done, unless something leads back to it.
     */
    private static List<Step> ordered(Place place, List<Step> steps) throws InvalidWorkflow {
        boolean depends = steps.stream().anyMatch(step -> !step.dependsOn().isEmpty());
        boolean jumps =
                steps.stream().flatMap(step -> actions(step).stream()).anyMatch(action -> action.step() != null);
        if (jumps) {
            return steps;
        }
        List<Step> left = new ArrayList<>(steps);
        Map<String, Step> done = new LinkedHashMap<>();
        while (!left.isEmpty()) {
            Set<String> waiting = new LinkedHashSet<>();
            left.forEach(step -> waiting.add(step.id()));
            Step next = left.stream()
                    .filter(step -> step.needs().stream().noneMatch(waiting::contains))
                    .findFirst()
                    .orElseThrow(() -> new InvalidWorkflow(place, "its steps depend on each other in a circle"));
            if (!depends && !next.id().equals(left.getFirst().id())) {
                throw new InvalidWorkflow(place, left.getFirst().id() + " needs a step that comes after it");
            }
            left.remove(next);
            done.put(next.id(), next);
        }
        return List.copyOf(done.values());
    }
}
