package dev.wayleave.tool;

import com.fasterxml.jackson.databind.JsonNode;
import dev.wayleave.workflow.Workflow;
import org.jspecify.annotations.Nullable;

/**
 * What {@code x-mcp} says of a workflow.
 *
 * @param common what it can say of operations too
 * @param output the schema that is promised of its outputs; null for none
 */
record WorkflowCuration(OperationCuration common, @Nullable OutputSchema output) {
    private static final WorkflowCuration NONE = new WorkflowCuration(OperationCuration.NONE, null);

    static WorkflowCuration of(Workflow workflow) throws UnusableOperation {
        JsonNode extension = workflow.extensions().get(Extension.NAME);
        return extension == null ? NONE : Extension.read(extension, workflow.source(), WorkflowCuration::read);
    }

    private static WorkflowCuration read(Extension x) throws UnusableOperation {
        OperationCuration common = OperationCuration.read(x);
        if (common.arguments() != null) {
            throw x.wrong("arguments", "is for operations: a workflow names its inputs itself");
        }
        if (common.keyHeader() != null) {
            throw x.wrong("idempotency-key", "is for operations: each step is a call of its own");
        }
        if (x.value("origin") != null) {
            throw x.wrong("origin", "is for operations: a step says where it is sent with `url` or `host`");
        }
        JsonNode schema = x.value("outputSchema");
        if (schema != null && (!schema.isObject() || schema.findValue("$ref") != null)) {
            throw x.wrong("outputSchema", "is a JSON Schema without references");
        }
        return new WorkflowCuration(common, schema == null ? null : OutputSchema.promised(schema));
    }
}
