package dev.wayleave.client;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.wayleave.tool.Tool;
import dev.wayleave.tool.ToolJson;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.List;

/**
 * A tool as {@code tools/list} shows it.
 *
 * @param bytes of its JSON without white space, in UTF-8
 */
public record ListedTool(Tool tool, ObjectNode json, int bytes) {
    /** What English and JSON come to with the tokenizers in use, roughly; no model counts alike. */
    public static final int BYTES_PER_TOKEN = 4;

    public static ListedTool of(Tool tool) {
        ObjectNode json = ToolJson.of(tool);
        return new ListedTool(tool, json, json.toString().getBytes(StandardCharsets.UTF_8).length);
    }

    public static List<ListedTool> of(Collection<Tool> tools) {
        return tools.stream().map(ListedTool::of).toList();
    }

    /** An estimate, rounded up. */
    public int tokens() {
        return (bytes + BYTES_PER_TOKEN - 1) / BYTES_PER_TOKEN;
    }

    String name() {
        return tool.name();
    }
}
