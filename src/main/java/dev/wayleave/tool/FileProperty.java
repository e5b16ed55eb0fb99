package dev.wayleave.tool;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.wayleave.openapi.MediaType;
import dev.wayleave.openapi.Schema;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Asks for the parts of a multipart body as agents can give them: files above all. */
final class FileProperty {
    private static final List<String> COMPOSED = List.of("allOf", "anyOf", "oneOf");
    private static final int DEEPEST = 16;
    /** What is added to the description of a file. */
    static final String HOW = "A file: its data URI, or an object with its content in Base64.";

    private final MediaType type;
    private final Map<String, JsonNode> definitions;

    private FileProperty(MediaType type, Schema body) {
        this.type = type;
        this.definitions = body.definitions();
    }

    /** A body's schema with its files, and its arrays of files, as agents give them. */
    static Schema inside(Schema body, MediaType type, boolean byPosition) {
        FileProperty files = new FileProperty(type, body);
        return new Schema(
                byPosition ? files.positions(body.json()) : files.properties(body.json(), 0), body.definitions());
    }

    private JsonNode properties(JsonNode told, int depth) {
        JsonNode followed = PartShape.followed(told, definitions);
        if (depth > DEEPEST || !followed.isObject()) {
            return told;
        }
        ObjectNode json = followed.deepCopy();
        if (json.path("properties") instanceof ObjectNode properties) {
            for (Map.Entry<String, JsonNode> property :
                    followed.path("properties").properties()) {
                properties.set(
                        property.getKey(),
                        part(property.getValue(), type.encoding().get(property.getKey()), 0));
            }
        }
        JsonNode more = json.path("additionalProperties");
        if (more.has("type")) {
            json.set("additionalProperties", part(more, null, 0));
        }
        for (String keyword : COMPOSED) {
            if (json.path(keyword) instanceof ArrayNode parts) {
                for (int i = 0; i < parts.size(); i++) {
                    parts.set(i, properties(parts.get(i), depth + 1));
                }
            }
        }
        return json;
    }

    private JsonNode positions(JsonNode told) {
        ObjectNode json = PartShape.followed(told, definitions).deepCopy();
        json.put("type", "array");
        ArrayNode first = json.path("prefixItems") instanceof ArrayNode given ? given : json.arrayNode();
        for (int i = 0; i < type.prefixEncoding().size() || i < first.size(); i++) {
            JsonNode item = i < first.size() ? first.get(i) : json.path("items");
            JsonNode encoding =
                    i < type.prefixEncoding().size() ? type.prefixEncoding().get(i) : type.itemEncoding();
            JsonNode asked = position(item.isMissingNode() ? json.objectNode() : item, encoding);
            if (i < first.size()) {
                first.set(i, asked);
            } else {
                first.add(asked);
            }
        }
        if (!first.isEmpty()) {
            json.set("prefixItems", first);
        }
        boolean more = json.has("items") || type.itemEncoding() != null;
        if (more && !json.path("items").isBoolean()) {
            JsonNode items = json.has("items") ? json.path("items") : json.objectNode();
            json.set("items", position(items, type.itemEncoding()));
        }
        return json;
    }

    /** An array in a place of its own is one part. */
    private JsonNode position(JsonNode told, @Nullable JsonNode encoding) {
        BodyChoice nested =
                BodyChoice.nested(encoding, new Schema(told, definitions)).orElse(null);
        if (nested != null) {
            return nested.asked().json();
        }
        return PartShape.of(told, encoding, definitions).many() ? told : part(told, encoding, 0);
    }

    private JsonNode part(JsonNode told, @Nullable JsonNode encoding, int depth) {
        JsonNode schema = PartShape.followed(told, definitions);
        PartShape shape = PartShape.of(told, encoding, definitions);
        String types = PartShape.told(encoding);
        boolean composed = List.of("object", "array").contains(PartShape.type(schema));
        if (!shape.file()) {
            return types.contains("xml") && composed && !shape.many() ? text(schema, "XML") : told;
        }
        if (depth <= DEEPEST && schema instanceof ObjectNode whole) {
            ObjectNode copy = whole.deepCopy();
            for (String keyword : List.of("anyOf", "oneOf")) {
                if (copy.path(keyword) instanceof ArrayNode ways) {
                    for (int i = 0; i < ways.size(); i++) {
                        ways.set(i, part(ways.get(i), encoding, depth + 1));
                    }
                    return copy;
                }
            }
            if (shape.many()) {
                copy.set("items", part(schema.path("items"), encoding, depth + 1));
                return copy;
            }
        }
        return schema.path("type").asText().equals("null") ? told : file(schema);
    }

    private static ObjectNode text(JsonNode described, String what) {
        String about = described.path("description").asText("").strip();
        return InputSchema.JSON
                .objectNode()
                .put("description", (about.isEmpty() ? "" : about + "\n") + "As " + what + ".")
                .put("type", "string");
    }

    private static ObjectNode file(JsonNode described) {
        ObjectNode file = InputSchema.JSON.objectNode();
        String about = described.path("description").asText("").strip();
        file.put("description", (about.isEmpty() ? "" : about + "\n") + HOW);
        ArrayNode ways = file.putArray("anyOf");
        ways.addObject().put("type", "string").put("pattern", "^data:");
        ObjectNode object = ways.addObject().put("type", "object");
        ObjectNode members = object.putObject("properties");
        members.putObject("content").put("type", "string").put("contentEncoding", "base64");
        members.putObject("name").put("type", "string").put("description", "The file's name, such as report.pdf.");
        members.putObject("type").put("type", "string").put("description", "Its media type, such as image/png.");
        object.putArray("required").add("content");
        object.put("additionalProperties", false);
        if (described.path("type").isArray()) {
            ways.addObject().put("type", "null");
        }
        if (described.has(Extension.NAME)) {
            file.set(Extension.NAME, described.get(Extension.NAME));
        }
        return file;
    }
}
