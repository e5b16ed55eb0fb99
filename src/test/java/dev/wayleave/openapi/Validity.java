package dev.wayleave.openapi;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.dialect.Dialects;
import java.util.ArrayList;
import java.util.List;

/** Judges emitted schemas with a validator that is not ours. */
public final class Validity {
    private static final SchemaRegistry REGISTRY = SchemaRegistry.withDialect(Dialects.getDraft202012());
    private static final com.networknt.schema.Schema META =
            REGISTRY.getSchema(SchemaLocation.of(Dialects.getDraft202012().getId()));

    private Validity() {}

    /** Every schema of an operation, each as it would be sent. */
    static List<JsonNode> schemasOf(ApiDescription description) {
        return schemas(description).stream().map(Validity::whole).distinct().toList();
    }

    static List<Schema> schemas(ApiDescription description) {
        List<Schema> schemas = new ArrayList<>();
        for (Operation operation : description.operations()) {
            operation.parameters().forEach(parameter -> schemas.add(parameter.schema()));
            List<MediaType> types = new ArrayList<>();
            if (operation.requestBody() != null) {
                types.addAll(operation.requestBody().content());
            }
            operation.responses().values().forEach(response -> types.addAll(response.content()));
            for (MediaType type : types) {
                if (type.schema() != null) {
                    schemas.add(type.schema());
                }
            }
        }
        return schemas;
    }

    static JsonNode whole(Schema schema) {
        if (schema.definitions().isEmpty()) {
            return schema.json();
        }
        ObjectNode whole = JsonNodeFactory.instance.objectNode();
        schema.json().properties().forEach(member -> whole.set(member.getKey(), member.getValue()));
        schema.definitions().forEach(whole.putObject("$defs")::set);
        return whole;
    }

    /** Fits the meta-schema, refers only to its own definitions, and compiles. */
    public static void assertUsable(JsonNode schema) {
        assertThat(META.validate(schema)).as(() -> schema.toString()).isEmpty();
        for (JsonNode reference : referencesIn(schema, new ArrayList<>())) {
            assertThat(reference.textValue()).startsWith("#/$defs/");
            String name = reference.textValue().substring("#/$defs/".length());
            assertThat(name).matches("[A-Za-z0-9._-]+");
            assertThat(schema.path("$defs").has(name)).as(name).isTrue();
        }
        REGISTRY.getSchema(schema).validate(JsonNodeFactory.instance.objectNode());
    }

    private static List<JsonNode> referencesIn(JsonNode schema, List<JsonNode> found) {
        for (var member : schema.properties()) {
            switch (member.getKey()) {
                case "$ref" -> found.add(member.getValue());
                case "properties",
                        "patternProperties",
                        "dependentSchemas",
                        "$defs",
                        "allOf",
                        "anyOf",
                        "oneOf",
                        "prefixItems" -> member.getValue().forEach(inner -> referencesIn(inner, found));
                case "const", "enum", "default", "examples", "x-mcp" -> {}
                default -> referencesIn(member.getValue(), found);
            }
        }
        return found;
    }
}
