package dev.wayleave.workflow;

import dev.wayleave.openapi.DocumentException;
import dev.wayleave.openapi.Finding;
import dev.wayleave.openapi.SideDocument;
import java.nio.file.Path;
import java.util.List;

/**
 * An Arazzo document, 1.0 or 1.1, read.
 *
 * @param workflows in the document's order, without those that could not be read
 * @param findings what was left out or changed
 */
public record WorkflowDocument(List<Workflow> workflows, List<Finding> findings) {
    public WorkflowDocument {
        workflows = List.copyOf(workflows);
        findings = List.copyOf(findings);
    }

    /** Reads one, JSON or YAML. No URL in it is followed. */
    public static WorkflowDocument read(Path file) throws DocumentException {
        return new WorkflowReader(SideDocument.read(file)).read();
    }

    /** Reads one that has no file, such as a resource. */
    public static WorkflowDocument read(String name, byte[] bytes) throws DocumentException {
        return new WorkflowReader(SideDocument.read(name, bytes)).read();
    }
}
