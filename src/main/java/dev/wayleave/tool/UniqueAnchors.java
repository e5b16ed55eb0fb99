package dev.wayleave.tool;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Sees to it that no anchor stands twice in one schema, which validators refuse (JSON Schema 2020-12 §8.2.2): a
 * definition keeps its own before all else. No reference is by anchor here, so that none is missed.
 */
final class UniqueAnchors {
    private final Set<String> seen = new HashSet<>();

    private UniqueAnchors() {}

    /** Changes the schema and what is in it, which nobody else may hold. */
    static ObjectNode in(ObjectNode schema) {
        UniqueAnchors unique = new UniqueAnchors();
        schema.path("$defs").forEach(unique::schema);
        unique.schema(schema);
        return schema;
    }

    private void schema(JsonNode node) {
        if (!(node instanceof ObjectNode schema)) {
            return;
        }
        for (String keyword : List.of("$anchor", "$dynamicAnchor")) {
            JsonNode anchor = schema.path(keyword);
            if (anchor.isTextual() && !seen.add(anchor.textValue())) {
                schema.remove(keyword);
            }
        }
        for (var member : schema.properties()) {
            switch (member.getKey()) {
                case "$defs", "const", "default", "enum", "examples" -> {}
                case "properties", "patternProperties", "dependentSchemas" ->
                    member.getValue().forEach(this::schema);
                default -> {
                    schema(member.getValue());
                    if (member.getValue().isArray()) {
                        member.getValue().forEach(this::schema);
                    }
                }
            }
        }
    }
}
