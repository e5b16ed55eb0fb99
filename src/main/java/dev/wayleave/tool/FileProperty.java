package dev.wayleave.tool;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.wayleave.openapi.Schema;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The properties of a multipart body that are files, and how an agent gives one. */
public final class FileProperty {
    static final String HOW = "A file: its data URI, or its content in Base64.";

    private FileProperty() {}

    /**
     * Whether a part is a file: bytes without an encoding of their own, or of a media type that is neither text nor JSON
     * (OpenAPI 3.1 §4.8.15.1).
     *
     * @param schema of the property, or of the items where it is an array
     * @param encoding its encoding object, where it has one
     */
    public static boolean isFile(JsonNode schema, @Nullable JsonNode encoding) {
        String type = schema.path("type").asText();
        String told =
                encoding == null ? "" : encoding.path("contentType").asText("").toLowerCase(Locale.ROOT);
        boolean untyped = schema.isObject()
                && !schema.has("type")
                && !schema.has("properties")
                && !schema.has("enum")
                && !schema.has("const")
                && !schema.has("$ref")
                && !schema.has("anyOf")
                && !schema.has("oneOf")
                && !schema.has("allOf");
        if (!told.isEmpty()) {
            boolean readable = told.startsWith("text/") || told.contains("json") || told.contains("xml");
            return !readable && (untyped || type.equals("string"));
        }
        boolean bytes =
                schema.has("contentMediaType") || schema.path("format").asText().equals("binary");
        return untyped || (type.equals("string") && bytes && !schema.has("contentEncoding"));
    }

    /** A body's schema with its files, and its arrays of files, as agents give them. */
    static Schema inside(Schema body, Map<String, JsonNode> encoding) {
        ObjectNode json = body.json().deepCopy();
        if (json.path("properties") instanceof ObjectNode properties) {
            for (Map.Entry<String, JsonNode> property :
                    body.json().path("properties").properties()) {
                JsonNode schema = property.getValue();
                JsonNode told = encoding.get(property.getKey());
                if (schema.path("type").asText().equals("array")) {
                    if (isFile(schema.path("items"), told)) {
                        ((ObjectNode) properties.get(property.getKey())).set("items", asked(schema.path("items")));
                    }
                } else if (isFile(schema, told)) {
                    properties.set(property.getKey(), asked(schema));
                }
            }
        }
        return new Schema(json, body.definitions());
    }

    private static ObjectNode asked(JsonNode described) {
        ObjectNode file = InputSchema.JSON.objectNode();
        String about = described.path("description").asText("").strip();
        file.put("description", (about.isEmpty() ? "" : about + "\n") + HOW);
        var ways = file.putArray("anyOf");
        ways.addObject().put("type", "string").put("pattern", "^data:");
        ObjectNode object = ways.addObject().put("type", "object");
        ObjectNode members = object.putObject("properties");
        members.putObject("content").put("type", "string").put("contentEncoding", "base64");
        members.putObject("name").put("type", "string").put("description", "The file's name, such as report.pdf.");
        members.putObject("type").put("type", "string").put("description", "Its media type, such as image/png.");
        object.putArray("required").add("content");
        object.put("additionalProperties", false);
        if (described.has(Extension.NAME)) {
            file.set(Extension.NAME, described.get(Extension.NAME));
        }
        return file;
    }
}
