package dev.wayleave.call;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.Error;
import dev.wayleave.config.Nearest;
import dev.wayleave.tool.VisibleText;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Puts one broken rule of JSON Schema into words that tell what would fit. */
final class RuleWords {
    private static final int MOST_VALUES = 12;
    private static final int LONGEST_VALUE = 60;
    private static final Map<String, String> FORMATS = Map.ofEntries(
            Map.entry("date", "a date such as 2026-11-20"),
            Map.entry("date-time", "a time with its offset such as 2026-11-20T09:30:00Z"),
            Map.entry("time", "a time with its offset such as 09:30:00Z"),
            Map.entry("duration", "a duration such as P1DT12H"),
            Map.entry("email", "an e-mail address such as ada@example.com"),
            Map.entry("hostname", "a host name such as www.example.com"),
            Map.entry("ipv4", "an IPv4 address such as 192.0.2.1"),
            Map.entry("ipv6", "an IPv6 address such as 2001:db8::1"),
            Map.entry("uri", "an absolute URI such as https://example.com/a"),
            Map.entry("uri-reference", "a URI or a part of one such as /a?b"),
            Map.entry("uuid", "a UUID such as 0b8f4c1e-7d1a-4a53-9c0e-3f1f6f0f7a11"),
            Map.entry("base64url", "bytes in Base64 for URLs such as SGVsbG8_"),
            Map.entry("float", "a number of at most 3.4e38"),
            Map.entry("double", "a number of at most 1.8e308"),
            Map.entry("int8", "a whole number from -128 to 127"),
            Map.entry("int16", "a whole number from -32768 to 32767"),
            Map.entry("uint8", "a whole number from 0 to 255"),
            Map.entry("uint16", "a whole number from 0 to 65535"),
            Map.entry("uint32", "a whole number from 0 to 4294967295"),
            Map.entry("uint64", "a whole number from 0 to 18446744073709551615"),
            Map.entry("byte", "bytes in Base64 such as SGVsbG8="),
            Map.entry("int32", "a whole number from -2147483648 to 2147483647"),
            Map.entry("int64", "a whole number from -9223372036854775808 to 9223372036854775807"));
    private static final List<String> ORDINALS =
            List.of("first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth");
    private final ObjectNode inputSchema;

    RuleWords(ObjectNode inputSchema) {
        this.inputSchema = inputSchema;
    }

    /** The member that a rule of its object speaks of; empty for none. */
    static String member(Error error) {
        boolean ofMember = switch (error.getKeyword()) {
            case "required", "additionalProperties", "unevaluatedProperties" -> true;
            default -> false;
        };
        return ofMember && error.getProperty() != null ? error.getProperty() : "";
    }

    String of(Error error) {
        JsonNode rule = error.getSchemaNode();
        JsonNode value = error.getInstanceNode();
        return switch (error.getKeyword()) {
            case "required" -> "is missing, and it is required";
            case "additionalProperties", "unevaluatedProperties" -> unknown(error);
            case "type" -> "must be " + types(rule) + ", not " + shown(value);
            case "enum" -> "must be " + choice(rule, value);
            case "const" -> "must be " + shown(rule) + ", not " + shown(value);
            case "minimum" -> "must be at least " + rule.asText() + ", not " + shown(value);
            case "maximum" -> "must be at most " + rule.asText() + ", not " + shown(value);
            case "exclusiveMinimum" -> "must be more than " + rule.asText() + ", not " + shown(value);
            case "exclusiveMaximum" -> "must be less than " + rule.asText() + ", not " + shown(value);
            case "multipleOf" -> "must be a multiple of " + rule.asText() + ", not " + shown(value);
            case "minLength" -> "must have at least " + rule.asText() + " characters, not " + length(value);
            case "maxLength" -> "must have at most " + rule.asText() + " characters, not " + length(value);
            case "minItems" -> "must have at least " + rule.asText() + " items, not " + value.size();
            case "maxItems" -> "must have at most " + rule.asText() + " items, not " + value.size();
            case "uniqueItems" -> "must not have the same item twice";
            case "pattern" ->
                rule.asText().equals("^data:") && value.isTextual()
                        ? "must be a data URI such as data:text/plain;base64,SGVsbG8=, or an object with Base64 in `content`"
                        : "must match the pattern " + rule.asText() + ", which " + shown(value) + " does not";
            case "format" -> "must be " + format(rule.asText()) + hint(rule.asText(), value) + ", not " + shown(value);
            case "not" -> "has a value that is not allowed";
            case "false" -> "is not allowed here";
            case "items" -> "must not have so many items";
            case "oneOf" -> "must fit exactly one of the forms that it may have" + fitting(error);
            default -> VisibleText.of(String.valueOf(error.getMessage()), 200);
        };
    }

    /** Which forms an overfitting value has: one is too many. */
    private static String fitting(Error error) {
        String indexes = severalForms(error);
        if (indexes.isEmpty()) {
            return "";
        }
        List<String> forms = new ArrayList<>();
        for (String index : indexes.split(", ", -1)) {
            int at = Integer.parseInt(index);
            String title = error.getSchemaNode().path(at).path("title").asText("");
            forms.add("the " + (at < ORDINALS.size() ? ORDINALS.get(at) : at + 1 + "th")
                    + (title.isEmpty() ? "" : " (" + VisibleText.of(title, LONGEST_VALUE) + ")"));
        }
        return ", and " + shown(error.getInstanceNode()) + " fits " + String.join(" and ", forms);
    }

    /** Whether a value has more than one of the forms of which it may have one. */
    static boolean fitsSeveral(Error error) {
        return error.getKeyword().equals("oneOf") && !severalForms(error).isEmpty();
    }

    private static String severalForms(Error error) {
        Object[] told = error.getArguments();
        return told != null && told.length > 1 && told[1] instanceof String indexes ? indexes.strip() : "";
    }

    private static String hint(String format, JsonNode value) {
        String text = value.asText();
        boolean blank = format.equals("date-time") && text.length() > 10 && text.charAt(10) == ' ';
        return blank ? ", with a T between date and time" : "";
    }

    private String unknown(Error error) {
        String pointer = String.valueOf(error.getSchemaLocation().getFragment());
        int end = pointer.lastIndexOf('/');
        JsonNode known = ArgumentProblems.at(inputSchema, end < 0 ? "" : pointer.substring(0, end))
                .path("properties");
        List<String> names = new ArrayList<>();
        known.fieldNames().forEachRemaining(names::add);
        if (names.isEmpty()) {
            return "is not known here, and nothing is";
        }
        return "is not known here; "
                + Nearest.to(String.valueOf(error.getProperty()), names)
                        .map(near -> "did you mean " + near + "?")
                        .orElseGet(() -> "known are " + listed(names));
    }

    private static String choice(JsonNode values, JsonNode value) {
        List<String> shown = new ArrayList<>();
        List<String> texts = new ArrayList<>();
        values.forEach(one -> {
            shown.add(shown(one));
            texts.add(one.asText());
        });
        String near = Nearest.to(value.asText(), texts)
                .map(text -> "; the nearest is " + shown.get(texts.indexOf(text)))
                .orElse("");
        return "one of " + listed(shown) + ", not " + shown(value) + near;
    }

    private static String listed(List<String> all) {
        String some = String.join(", ", all.subList(0, Math.min(all.size(), MOST_VALUES)));
        return all.size() <= MOST_VALUES ? some : some + " and " + (all.size() - MOST_VALUES) + " more";
    }

    private static String types(JsonNode rule) {
        List<String> types = new ArrayList<>();
        for (JsonNode type : rule.isArray() ? rule : List.of(rule)) {
            types.add(article(type.asText()));
        }
        return String.join(" or ", types);
    }

    private static String article(String type) {
        return switch (type) {
            case "null" -> "null";
            case "integer", "array", "object" -> "an " + type;
            default -> "a " + type;
        };
    }

    private static String shown(JsonNode value) {
        String kind = switch (value.getNodeType()) {
            case STRING -> "the string ";
            case NUMBER -> "the number ";
            case OBJECT -> "the object ";
            case ARRAY -> "the array ";
            default -> "";
        };
        return kind + VisibleText.of(value.toString(), LONGEST_VALUE);
    }

    private static int length(JsonNode value) {
        String text = value.asText();
        return text.codePointCount(0, text.length());
    }

    private static String format(String format) {
        return FORMATS.getOrDefault(format, "of the format " + format)
                + (FORMATS.containsKey(format) ? " (" + format + ")" : "");
    }
}
