package dev.wayleave.tool;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** A tool in the words of MCP (2026-07-28, server/tools, data type Tool). */
public final class ToolJson {
    private static final String OUTPUT_SCHEMA = "outputSchema";

    private ToolJson() {}

    /** Before 2025-06-18, when nothing was structured: no result would keep what an output schema promises. */
    public static ObjectNode unstructured(Tool tool) {
        return of(tool).without(OUTPUT_SCHEMA);
    }

    /** The same for every later era: what an older one does not know, its clients pass over. */
    public static ObjectNode of(Tool tool) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("name", tool.name()).put("title", tool.title());
        if (tool.description() != null) {
            json.put("description", tool.description());
        }
        json.set("inputSchema", tool.inputSchema());
        if (tool.outputSchema() != null) {
            json.set(OUTPUT_SCHEMA, tool.outputSchema().json());
        }
        Annotations hints = tool.annotations();
        json.putObject("annotations")
                .put("title", tool.title())
                .put("readOnlyHint", hints.readOnly())
                .put("destructiveHint", hints.destructive())
                .put("idempotentHint", hints.idempotent())
                .put("openWorldHint", hints.openWorld());
        return json;
    }
}
