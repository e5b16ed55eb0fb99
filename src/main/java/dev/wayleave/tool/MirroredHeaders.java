package dev.wayleave.tool;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The arguments of a tool that clients repeat in headers, by the keyword {@code x-mcp-header} of its input schema (MCP
 * 2026-07-28, basic/transports/streamable-http, custom headers).
 */
public final class MirroredHeaders {
    static final String KEYWORD = "x-mcp-header";
    private static final Pattern NAME = Pattern.compile("[!#$%&'*+.^_`|~0-9A-Za-z-]{1,64}");
    private static final Set<String> TYPES = Set.of("string", "integer", "boolean");

    private MirroredHeaders() {}

    /**
     * One of them.
     *
     * @param name what follows {@code Mcp-Param-}
     * @param path the names of members from the arguments to it
     */
    public record Mirrored(String name, List<String> path) {
        public Mirrored {
            path = List.copyOf(path);
        }

        /** Its value; missing where it has none. */
        public JsonNode in(ObjectNode arguments) {
            JsonNode value = arguments;
            for (String member : path) {
                value = value.path(member);
            }
            return value;
        }
    }

    /** Those of a tool, in the order of its schema. */
    public static List<Mirrored> of(Tool tool) {
        List<Mirrored> found = new ArrayList<>();
        find(tool.inputSchema(), List.of(), found);
        return List.copyOf(found);
    }

    private static void find(JsonNode schema, List<String> path, List<Mirrored> found) {
        JsonNode name = schema.path(KEYWORD);
        if (name.isTextual()) {
            found.add(new Mirrored(name.textValue(), path));
        }
        for (var property : schema.path("properties").properties()) {
            List<String> longer = new ArrayList<>(path);
            longer.add(property.getKey());
            find(property.getValue(), longer, found);
        }
    }

    /** Null for what cannot be one. */
    static @Nullable String name(String text) {
        return NAME.matcher(text).matches() ? text : null;
    }

    /** Whether a header can carry what the schema describes. */
    static boolean mayCarry(ObjectNode schema) {
        return TYPES.contains(schema.path("type").asText());
    }
}
