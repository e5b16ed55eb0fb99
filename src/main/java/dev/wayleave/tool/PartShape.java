package dev.wayleave.tool;

import com.fasterxml.jackson.databind.JsonNode;
import dev.wayleave.openapi.Schema;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How a property of a multipart body becomes parts.
 *
 * @param file whether each of them is a file
 * @param many whether an array is a part for each of its items
 */
public record PartShape(boolean file, boolean many) {
    private static final int DEEPEST = 16;
    private static final List<String> CHOICES = List.of("anyOf", "oneOf");

    /** Of a property, wherever the body's schema describes it; a file only where all that describe it agree. */
    public static PartShape of(@Nullable Schema body, String property, @Nullable JsonNode encoding) {
        List<JsonNode> described = new ArrayList<>();
        if (body != null) {
            collect(body.json(), property, body.definitions(), 0, described);
        }
        if (described.isEmpty()) {
            return new PartShape(false, true);
        }
        boolean file = true;
        boolean many = false;
        for (JsonNode schema : described) {
            PartShape shape = of(schema, encoding, body == null ? Map.of() : body.definitions());
            file &= shape.file;
            many |= shape.many;
        }
        return new PartShape(file, many);
    }

    /** Of one schema. */
    public static PartShape of(JsonNode schema, @Nullable JsonNode encoding, Map<String, JsonNode> definitions) {
        return of(schema, encoding, definitions, 0);
    }

    private static PartShape of(
            JsonNode told, @Nullable JsonNode encoding, Map<String, JsonNode> definitions, int depth) {
        JsonNode schema = followed(told, definitions);
        if (depth > DEEPEST) {
            return new PartShape(false, false);
        }
        for (String keyword : CHOICES) {
            if (schema.path(keyword).isArray() && !schema.has("type")) {
                boolean file = true;
                boolean many = false;
                int ways = 0;
                for (JsonNode way : schema.path(keyword)) {
                    if (!way.path("type").asText().equals("null")) {
                        PartShape shape = of(way, encoding, definitions, depth + 1);
                        file &= shape.file;
                        many |= shape.many;
                        ways++;
                    }
                }
                return new PartShape(file && ways > 0, many);
            }
        }
        if (type(schema).equals("array")) {
            return new PartShape(of(schema.path("items"), encoding, definitions, depth + 1).file, true);
        }
        if (schema.path("allOf").isArray()) {
            boolean bytes = isBytes(schema);
            for (JsonNode part : schema.path("allOf")) {
                bytes |= isBytes(followed(part, definitions));
            }
            return new PartShape(bytes, false);
        }
        return new PartShape(isFile(schema, encoding), false);
    }

    /** What a reference within the schema leads to. */
    static JsonNode followed(JsonNode schema, Map<String, JsonNode> definitions) {
        JsonNode at = schema;
        for (int step = 0; step < DEEPEST && at.path("$ref").isTextual(); step++) {
            String name = at.path("$ref").textValue();
            JsonNode next = definitions.get(name.substring(name.lastIndexOf('/') + 1));
            if (next == null) {
                break;
            }
            at = next;
        }
        return at;
    }

    /** Its one type beside null; empty for none and for several. */
    static String type(JsonNode schema) {
        JsonNode type = schema.path("type");
        if (!type.isArray()) {
            return type.asText("");
        }
        List<String> types = new ArrayList<>();
        type.forEach(one -> types.add(one.asText()));
        types.remove("null");
        return types.size() == 1 ? types.getFirst() : "";
    }

    private static boolean isBytes(JsonNode schema) {
        return type(schema).equals("string")
                && !schema.has("contentEncoding")
                && (schema.has("contentMediaType")
                        || schema.path("format").asText().equals("binary"));
    }

    /**
     * Bytes without an encoding of their own, or of a media type that is neither text nor JSON (OpenAPI 3.1 §4.8.15.1).
     */
    private static boolean isFile(JsonNode schema, @Nullable JsonNode encoding) {
        boolean untyped = schema.isObject()
                && List.of("type", "properties", "prefixItems", "enum", "const", "$ref").stream()
                        .noneMatch(schema::has);
        String told = told(encoding);
        if (!told.isEmpty()) {
            return !isReadable(told) && (untyped || type(schema).equals("string"));
        }
        return untyped || isBytes(schema);
    }

    /** The media types that an encoding object tells. */
    static String told(@Nullable JsonNode encoding) {
        return encoding == null
                ? ""
                : encoding.path("contentType").asText("").strip().toLowerCase(Locale.ROOT);
    }

    private static boolean isReadable(String types) {
        for (String type : types.split(",", -1)) {
            if (!type.strip().startsWith("text/") && !type.contains("json") && !type.contains("xml")) {
                return false;
            }
        }
        return true;
    }

    private static void collect(
            JsonNode told, String property, Map<String, JsonNode> definitions, int depth, List<JsonNode> found) {
        JsonNode schema = followed(told, definitions);
        if (depth > DEEPEST) {
            return;
        }
        if (schema.path("properties").has(property)) {
            found.add(schema.path("properties").path(property));
        } else if (isBytes(schema.path("additionalProperties"))) {
            found.add(schema.path("additionalProperties"));
        }
        for (String keyword : List.of("allOf", "anyOf", "oneOf")) {
            schema.path(keyword).forEach(part -> collect(part, property, definitions, depth + 1, found));
        }
    }
}
