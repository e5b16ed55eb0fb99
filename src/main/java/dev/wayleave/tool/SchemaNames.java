package dev.wayleave.tool;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.wayleave.openapi.Schema;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The names in one schema that goes to clients. Definitions have their own again where no other of the schema has it; and
 * no anchor stands twice, which validators refuse (JSON Schema 2020-12 §8.2.2): a definition keeps its own before all
 * else. No reference is by anchor here, so that none is missed.
 */
final class SchemaNames {
    private static final String DEFINITIONS = "$defs";
    private static final String REFERENCE = "#/$defs/";
    private final Set<String> anchors = new HashSet<>();
    private final Map<String, String> renamed = new HashMap<>();

    private SchemaNames() {}

    /** Changes the schema and what is in it, which nobody else may hold. */
    static ObjectNode in(ObjectNode schema) {
        SchemaNames names = new SchemaNames();
        if (schema.path(DEFINITIONS) instanceof ObjectNode definitions) {
            names.rename(definitions);
            ObjectNode own = InputSchema.JSON.objectNode();
            definitions
                    .properties()
                    .forEach(definition -> own.set(names.of(definition.getKey()), definition.getValue()));
            schema.set(DEFINITIONS, own);
            own.forEach(names::schema);
        }
        names.schema(schema);
        return schema;
    }

    private String of(String name) {
        return renamed.getOrDefault(name, name);
    }

    private void rename(ObjectNode definitions) {
        Set<String> taken = new HashSet<>();
        for (var definition : definitions.properties()) {
            if (Schema.ownName(definition.getKey()).equals(definition.getKey())) {
                taken.add(definition.getKey());
            }
        }
        for (var definition : definitions.properties()) {
            String own = Schema.ownName(definition.getKey());
            if (!own.equals(definition.getKey())) {
                String free = own;
                for (int i = 2; !taken.add(free); i++) {
                    free = own + "_" + i;
                }
                renamed.put(definition.getKey(), free);
            }
        }
    }

    private void schema(JsonNode node) {
        if (!(node instanceof ObjectNode schema)) {
            return;
        }
        for (String keyword : List.of("$anchor", "$dynamicAnchor")) {
            JsonNode anchor = schema.path(keyword);
            if (anchor.isTextual() && !anchors.add(anchor.textValue())) {
                schema.remove(keyword);
            }
        }
        String reference = schema.path("$ref").asText("");
        if (reference.startsWith(REFERENCE)) {
            schema.put("$ref", REFERENCE + of(reference.substring(REFERENCE.length())));
        }
        for (var member : schema.properties()) {
            switch (member.getKey()) {
                case DEFINITIONS, "const", "default", "enum", "examples" -> {}
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
