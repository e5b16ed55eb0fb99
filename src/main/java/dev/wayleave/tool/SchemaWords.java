package dev.wayleave.tool;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.wayleave.openapi.Remarks;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The words inside a schema that goes to clients: descriptions trimmed, titles that only repeat a property's name and
 * remarks between authors gone, few examples, nothing hidden. What a schema accepts stays as it is, and so do the values
 * that it names.
 */
final class SchemaWords {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
    private static final int DESCRIPTION_LENGTH = 512;
    /** Of a description that is followed by sentences of ours. */
    private static final int LEAST_ROOM = 64;

    private static final int TITLE_LENGTH = 100;
    /** Of one schema, as JSON. */
    private static final int EXAMPLES_LENGTH = 256;

    private SchemaWords() {}

    /** A copy with better words. */
    static ObjectNode of(ObjectNode schema) {
        return object(schema, "");
    }

    private static JsonNode schema(JsonNode schema, String name) {
        return schema instanceof ObjectNode object ? object(object, name) : schema;
    }

    private static ObjectNode object(ObjectNode schema, String name) {
        ObjectNode copy = JSON.objectNode();
        for (var member : schema.properties()) {
            JsonNode value = member(member.getKey(), member.getValue(), name);
            if (value != null) {
                copy.set(member.getKey(), value);
            }
        }
        return copy;
    }

    private static @Nullable JsonNode member(String keyword, JsonNode value, String name) {
        return switch (keyword) {
            case "$comment", "x-mcp" -> null;
            case "title" -> title(value.asText(), name);
            case "description" -> text(description(value.asText()));
            case "examples" -> examples(value);
            case "const", "default", "enum", "required", "dependentRequired", "type", "pattern", "$ref" -> value;
            case "properties", "patternProperties", "dependentSchemas", "$defs" -> named(value);
            default -> other(value, name);
        };
    }

    /** What we have to add is told whole, and what the description says as far as there is room. */
    private static String description(String text) {
        List<String> ours = new ArrayList<>();
        List<String> theirs = new ArrayList<>();
        int length = 0;
        for (String line : text.split("\n", -1)) {
            boolean added = Remarks.isOne(line) || line.equals(FileProperty.HOW);
            boolean room = length + line.length() + 1 < DESCRIPTION_LENGTH - LEAST_ROOM;
            if (added && room && !ours.contains(line)) {
                ours.add(line);
                length += line.length() + 1;
            } else if (!added) {
                theirs.add(line);
            }
        }
        String own = Words.trimmed(String.join("\n", theirs), DESCRIPTION_LENGTH - length - (length > 0 ? 1 : 0));
        String sentences = VisibleText.whole(String.join("\n", ours));
        return own.isEmpty() || ours.isEmpty() ? own + sentences : own + "\n\n" + sentences;
    }

    private static @Nullable JsonNode title(String title, String name) {
        String plain = VisibleText.of(title, TITLE_LENGTH);
        return letters(plain).equals(letters(name)) ? null : text(plain);
    }

    private static @Nullable JsonNode text(String text) {
        return text.isEmpty() ? null : TextNode.valueOf(text);
    }

    private static JsonNode named(JsonNode schemas) {
        ObjectNode copy = JSON.objectNode();
        schemas.properties().forEach(member -> copy.set(member.getKey(), schema(member.getValue(), member.getKey())));
        return copy;
    }

    /** A schema, a list of them, or a value that says something that we do not know. */
    private static JsonNode other(JsonNode value, String name) {
        if (value.isArray()) {
            ArrayNode copy = JSON.arrayNode(value.size());
            value.forEach(element -> copy.add(schema(element, name)));
            return copy;
        }
        return value.isTextual() ? TextNode.valueOf(VisibleText.whole(value.textValue())) : schema(value, name);
    }

    private static @Nullable JsonNode examples(JsonNode examples) {
        ArrayNode few = JSON.arrayNode();
        int length = 0;
        for (JsonNode example : examples) {
            JsonNode visible = visible(example);
            length += visible.toString().length();
            if (length <= EXAMPLES_LENGTH) {
                few.add(visible);
            }
        }
        return few.isEmpty() ? null : few;
    }

    private static JsonNode visible(JsonNode value) {
        if (value instanceof ObjectNode object) {
            ObjectNode copy = JSON.objectNode();
            object.properties()
                    .forEach(member -> copy.set(VisibleText.whole(member.getKey()), visible(member.getValue())));
            return copy;
        }
        if (value.isArray()) {
            ArrayNode copy = JSON.arrayNode(value.size());
            value.forEach(element -> copy.add(visible(element)));
            return copy;
        }
        return value.isTextual() ? TextNode.valueOf(VisibleText.whole(value.textValue())) : value;
    }

    private static String letters(String text) {
        return text.toLowerCase(Locale.ROOT).replaceAll("[^\\p{L}\\p{N}]+", "");
    }
}
