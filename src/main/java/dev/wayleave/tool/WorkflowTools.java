package dev.wayleave.tool;

import dev.wayleave.openapi.Finding;
import dev.wayleave.openapi.Source;
import dev.wayleave.workflow.Workflow;
import dev.wayleave.workflow.WorkflowDocument;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Adds the workflows that are exposed to the tools of a catalog; operations have their names before them. */
final class WorkflowTools {
    private final String prefix;
    private final StepMaker steps;
    private final List<Finding> findings;

    /**
     * For one catalog.
     *
     * @param findings where it is told what is left out
     */
    WorkflowTools(DocumentCuration document, StepMaker steps, List<Finding> findings) {
        this.prefix = document.prefix();
        this.steps = steps;
        this.findings = findings;
    }

    void addTo(Map<String, Tool> tools, List<WorkflowDocument> documents) {
        for (WorkflowDocument document : documents) {
            findings.addAll(document.findings());
            Map<String, Workflow> all = new LinkedHashMap<>();
            document.workflows().forEach(workflow -> all.put(workflow.id(), workflow));
            WorkflowMaker maker = new WorkflowMaker(all, steps, findings);
            for (Workflow workflow : document.workflows()) {
                try {
                    add(workflow, maker, tools);
                } catch (UnusableOperation e) {
                    Source source = e.source();
                    findings.add(new Finding(
                            Finding.Severity.ERROR,
                            source == null ? workflow.source() : source,
                            "the workflow " + workflow.id() + " is left out: " + e.getMessage()));
                }
            }
        }
    }

    private void add(Workflow workflow, WorkflowMaker maker, Map<String, Tool> tools) throws UnusableOperation {
        OperationCuration curation = WorkflowCuration.of(workflow).common();
        if (Boolean.FALSE.equals(curation.expose())) {
            return;
        }
        String plain = curation.name() == null ? Snake.of(workflow.id()) : curation.name();
        String name = prefix + plain;
        if (plain.isEmpty() || !OperationCuration.TOOL_NAME.matcher(name).matches()) {
            throw new UnusableOperation("its name, " + name + ", is longer than 64 characters, or empty");
        }
        if (tools.containsKey(name)) {
            throw new UnusableOperation(
                    "its name, " + name + ", is that of another tool; give it another with x-mcp.name");
        }
        tools.put(name, maker.make(workflow, name));
    }
}
