package dev.wayleave.client;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Iterator;
import java.util.Set;

/** What a schema may have that not every client takes. */
final class SchemaFeature {
    static final Set<String> COMPOSITION = Set.of("oneOf", "anyOf", "allOf");

    private SchemaFeature() {}

    static boolean listOfTypes(JsonNode schema) {
        return schema.path("type").isArray();
    }

    static boolean composition(JsonNode schema) {
        return COMPOSITION.stream().anyMatch(schema::has);
    }

    static boolean enumOfOtherThanText(JsonNode schema) {
        for (JsonNode value : schema.path("enum")) {
            if (!value.isTextual()) {
                return true;
            }
        }
        return false;
    }

    static boolean arrayWithoutItems(JsonNode schema) {
        return schema.path("type").asText().equals("array") && !schema.has("items");
    }

    /** {@code $schema}, {@code $ref}, {@code $defs} and extensions, by their first letters. */
    static boolean referenceOrExtension(JsonNode schema) {
        for (Iterator<String> names = schema.fieldNames(); names.hasNext(); ) {
            String name = names.next();
            if (name.startsWith("$") || name.startsWith("x-")) {
                return true;
            }
        }
        return false;
    }

    static int properties(JsonNode schema) {
        return schema.path("properties").size();
    }

    static int enumValues(JsonNode schema) {
        return schema.path("enum").size();
    }

    /** Of property names and enum values together. */
    static int characters(JsonNode schema) {
        int[] total = {0};
        schema.path("properties").fieldNames().forEachRemaining(name -> total[0] += name.length());
        schema.path("enum").forEach(value -> total[0] += value.asText().length());
        return total[0];
    }

    static int optional(JsonNode schema) {
        return Math.max(0, properties(schema) - schema.path("required").size());
    }

    static int unions(JsonNode schema) {
        return listOfTypes(schema) || schema.has("anyOf") || schema.has("oneOf") ? 1 : 0;
    }

    static boolean anyOf(JsonNode schema, Set<String> keywords) {
        return keywords.stream().anyMatch(schema::has);
    }
}
