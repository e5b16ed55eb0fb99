package dev.wayleave.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Base64;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The typed values of the pipeline: integers travel as strings, blobs in base64. */
final class SqlValues {
    private SqlValues() {}

    /** What the driver binds for a value; refuses with 400 what is none. */
    static @Nullable Object read(JsonNode node) {
        if (!(node instanceof ObjectNode object)) {
            throw Refused.badRequest("a value must be an object with a type");
        }
        JsonFields fields = JsonFields.of(object, "value.", Set.of("type", "value", "base64"));
        String type = fields.text("type");
        return switch (type) {
            case "null" -> null;
            case "integer" -> integer(fields.text("value"));
            case "text" -> fields.text("value");
            case "float" -> number(object.get("value"));
            case "blob" -> blob(fields.text("base64"));
            default -> throw Refused.badRequest("unknown type of value: " + type);
        };
    }

    private static Long integer(String text) {
        try {
            return Long.valueOf(text);
        } catch (NumberFormatException e) {
            throw Refused.badRequest("an integer must be a string of digits within 64 bits");
        }
    }

    private static Double number(@Nullable JsonNode value) {
        if (value == null || !value.isNumber()) {
            throw Refused.badRequest("a float must be a number");
        }
        return value.doubleValue();
    }

    private static byte[] blob(String base64) {
        try {
            return Base64.getDecoder().decode(base64);
        } catch (IllegalArgumentException e) {
            throw Refused.badRequest("a blob must be in base64");
        }
    }

    static ObjectNode write(@Nullable Object value) {
        ObjectNode json = StrictJson.object();
        return switch (value) {
            case null -> json.put("type", "null");
            case Integer number -> json.put("type", "integer").put("value", number.toString());
            case Long number -> json.put("type", "integer").put("value", number.toString());
            case Double number -> json.put("type", "float").put("value", number);
            case byte[] bytes ->
                json.put("type", "blob").put("base64", Base64.getEncoder().encodeToString(bytes));
            default -> json.put("type", "text").put("value", value.toString());
        };
    }
}
