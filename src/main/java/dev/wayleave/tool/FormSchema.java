package dev.wayleave.tool;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Which schemas clients can make a form of: one level of texts, numbers, choices and switches, and nothing that is a secret
 * (MCP 2026-07-28, client/elicitation).
 */
final class FormSchema {
    private static final Pattern SECRET = Pattern.compile(
            "(?i).*(passw|passphrase|secret|credential|api[_-]?key|private[_-]?key|access[_-]?token|cvv|cvc).*");
    private static final Set<String> ROOT = Set.of("$schema", "type", "properties", "required");
    private static final Set<String> WORDS = Set.of("type", "title", "description", "default");
    private static final Set<String> TEXT = Set.of("minLength", "maxLength", "format", "enum", "enumNames", "oneOf");
    private static final Set<String> FORMATS = Set.of("email", "uri", "date", "date-time");
    private static final Set<String> NUMBER = Set.of("minimum", "maximum");
    private static final Set<String> CHOICES = Set.of("items", "minItems", "maxItems");

    private FormSchema() {}

    /** Null for one of them. */
    static @Nullable String whyNot(ObjectNode schema) {
        JsonNode properties = schema.path("properties");
        if (!schema.path("type").asText().equals("object") || !properties.isObject() || properties.isEmpty()) {
            return "is a schema of an object with properties";
        }
        String other = beyond(schema, ROOT, Set.of());
        if (other != null) {
            return "has " + other + ", which no form can keep";
        }
        for (var property : properties.properties()) {
            if (SECRET.matcher(property.getKey()).matches()) {
                return "asks for " + VisibleText.of(property.getKey(), 64) + ": secrets are for pages, with `url`";
            }
            if (!isField(property.getValue())) {
                return "has " + VisibleText.of(property.getKey(), 64)
                        + ", which is no text, number, boolean or choice that a form can ask for";
            }
        }
        for (JsonNode required : schema.path("required")) {
            if (!properties.has(required.asText())) {
                return "requires " + VisibleText.of(required.asText(), 64) + ", which it does not have";
            }
        }
        return null;
    }

    private static boolean isField(JsonNode field) {
        return switch (field.path("type").asText()) {
            case "string" -> beyond(field, WORDS, TEXT) == null && isFormat(field) && isChoice(field);
            case "number", "integer" -> beyond(field, WORDS, NUMBER) == null;
            case "boolean" -> beyond(field, WORDS, Set.of()) == null;
            case "array" -> beyond(field, WORDS, CHOICES) == null && isItems(field.path("items"));
            default -> false;
        };
    }

    private static boolean isFormat(JsonNode field) {
        return !field.has("format") || FORMATS.contains(field.path("format").asText());
    }

    /** A list of texts, or of texts with titles, where it says that it is one. */
    private static boolean isChoice(JsonNode field) {
        boolean texts = !field.has("enum") || isTexts(field.path("enum"));
        return texts && (!field.has("oneOf") || isTitled(field.path("oneOf")));
    }

    private static boolean isItems(JsonNode items) {
        return items.has("anyOf")
                ? isTitled(items.path("anyOf"))
                : items.path("type").asText().equals("string") && isTexts(items.path("enum"));
    }

    private static boolean isTexts(JsonNode list) {
        for (JsonNode one : list) {
            if (!one.isTextual()) {
                return false;
            }
        }
        return list.isArray() && !list.isEmpty();
    }

    private static boolean isTitled(JsonNode list) {
        for (JsonNode one : list) {
            if (!one.path("const").isTextual() || !one.path("title").isTextual()) {
                return false;
            }
        }
        return list.isArray() && !list.isEmpty();
    }

    private static @Nullable String beyond(JsonNode schema, Set<String> known, Set<String> more) {
        for (var member : schema.properties()) {
            if (!known.contains(member.getKey()) && !more.contains(member.getKey())) {
                return VisibleText.of(member.getKey(), 64);
            }
        }
        return null;
    }
}
