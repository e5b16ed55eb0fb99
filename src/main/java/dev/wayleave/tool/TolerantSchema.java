package dev.wayleave.tool;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;

/**
 * Loosens a schema to what a real platform keeps to: the shape of an answer. What it may lack, hold beyond its
 * description, or leave null, is no rule any more.
 */
final class TolerantSchema {
    private static final int DESCRIPTION_LENGTH = 200;

    private TolerantSchema() {}

    /** The loosened schema; one that allows anything for what forbids everything. */
    static ObjectNode of(JsonNode schema) {
        ObjectNode loose = InputSchema.JSON.objectNode();
        for (Map.Entry<String, JsonNode> keyword : schema.properties()) {
            JsonNode value = keyword.getValue();
            switch (keyword.getKey()) {
                case "type" -> loose.set("type", orNull(value));
                case "$ref", "title" -> loose.set(keyword.getKey(), value);
                case "description" -> loose.put("description", VisibleText.of(value.asText(), DESCRIPTION_LENGTH));
                case "properties", "$defs" -> loose.set(keyword.getKey(), each(value));
                case "items" -> loose.set("items", of(value));
                case "additionalProperties" -> {
                    if (value.isObject()) {
                        loose.set("additionalProperties", of(value));
                    }
                }
                case "prefixItems", "allOf" -> loose.set(keyword.getKey(), all(value));
                case "anyOf" -> loose.set("anyOf", all(value));
                case "oneOf" -> {
                    // loosened, more than one may fit
                    if (!schema.has("anyOf")) {
                        loose.set("anyOf", all(value));
                    }
                }
                default -> {}
            }
        }
        return loose;
    }

    private static JsonNode orNull(JsonNode types) {
        ArrayNode all = InputSchema.JSON.arrayNode();
        boolean nullable = false;
        for (JsonNode type : types.isArray() ? types : List.of(types)) {
            all.add(type);
            nullable |= type.asText().equals("null");
        }
        return nullable ? all : all.add("null");
    }

    private static ObjectNode each(JsonNode schemas) {
        ObjectNode loose = InputSchema.JSON.objectNode();
        schemas.properties().forEach(schema -> loose.set(schema.getKey(), of(schema.getValue())));
        return loose;
    }

    private static ArrayNode all(JsonNode schemas) {
        ArrayNode loose = InputSchema.JSON.arrayNode();
        schemas.forEach(schema -> loose.add(of(schema)));
        return loose;
    }
}
