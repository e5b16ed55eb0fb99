package dev.wayleave.openapi;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Keyword values as the 2020-12 meta-schema wants them, because one that it refuses would make the whole schema useless. */
final class KeywordValues {
    private static final Set<String> TYPES =
            Set.of("null", "boolean", "object", "array", "number", "string", "integer");

    /** JSON Schema 2020-12 §8.2.2. */
    private static final Pattern ANCHOR = Pattern.compile("[A-Za-z_][-A-Za-z0-9._]{0,200}");

    private final Findings findings;

    KeywordValues(Findings findings) {
        this.findings = findings;
    }

    /** Null where there is nothing to repair. */
    @Nullable
    JsonNode repaired(Place member, Keyword kind, Remarks remarks) {
        JsonNode value = member.node();
        JsonNode repaired = switch (kind) {
            case TYPE -> value.isArray() ? types(member) : type(member);
            case ENUM -> value.isArray() && !value.isEmpty() ? distinct(member) : null;
            case NAMES -> value.isArray() ? names(member) : null;
            case NAMES_MAP -> value.isObject() ? namesByName(member) : null;
            case COUNT -> count(value);
            case NUMBER -> number(member);
            case DIVISOR -> value.isNumber() && value.decimalValue().signum() > 0 ? value : null;
            case FLAG -> value.isBoolean() ? value : null;
            case TEXT -> value.isTextual() ? value : value.isNumber() ? TextNode.valueOf(value.asText()) : null;
            case PATTERN -> value.isTextual() ? pattern(member, remarks) : null;
            case LIST -> value.isArray() ? value : null;
            case ANCHOR ->
                value.isTextual() && ANCHOR.matcher(value.textValue()).matches() ? value : null;
            case ANY, SCHEMA, SCHEMA_LIST, SCHEMA_MAP, CONVERTED, DROPPED, UNKNOWN -> value;
        };
        if (repaired == null) {
            findings.warning(member, "`" + member.token() + "` cannot be " + shown(value) + "; left out");
            return null;
        }
        return repaired.isMissingNode() ? null : repaired;
    }

    private static String shown(JsonNode value) {
        if (value.isContainerNode()) {
            return value.isArray() ? "such a list" : "an object";
        }
        String text = value.asText();
        return text.isEmpty() ? "empty" : Texts.excerpt(text);
    }

    private @Nullable JsonNode type(Place member) {
        JsonNode value = member.node();
        String name = value.isNull() ? "null" : value.isTextual() ? value.textValue() : "";
        if (TYPES.contains(name) && value.isTextual()) {
            return value;
        }
        String lower = name.toLowerCase(Locale.ROOT);
        if (!TYPES.contains(lower)) {
            return lower.equals("file") ? TextNode.valueOf("string") : null;
        }
        findings.warning(member, "the type is written \"" + lower + "\"");
        return TextNode.valueOf(lower);
    }

    private @Nullable JsonNode types(Place member) {
        Set<JsonNode> types = new LinkedHashSet<>();
        for (Place element : member.elements()) {
            JsonNode type = type(element);
            if (type == null || !types.add(type)) {
                findings.warning(element, "the type " + shown(element.node()) + " is not one, or not new; left out");
            }
        }
        return types.isEmpty() ? null : JsonNodeFactory.instance.arrayNode().addAll(types);
    }

    private JsonNode distinct(Place member) {
        Set<JsonNode> values = new LinkedHashSet<>();
        member.node().forEach(values::add);
        if (values.size() == member.node().size()) {
            return member.node();
        }
        findings.warning(member, "some values stand in it more than once");
        return JsonNodeFactory.instance.arrayNode(values.size()).addAll(values);
    }

    private JsonNode names(Place member) {
        Set<String> names = new LinkedHashSet<>();
        for (JsonNode name : member.node()) {
            if (!name.isTextual() || !names.add(name.textValue())) {
                findings.warning(member, "\"" + shown(name) + "\" is no name, or stands in it twice");
            }
        }
        if (names.size() == member.node().size()) {
            return member.node();
        }
        List<JsonNode> nodes = new ArrayList<>();
        names.forEach(name -> nodes.add(TextNode.valueOf(name)));
        return JsonNodeFactory.instance.arrayNode(nodes.size()).addAll(nodes);
    }

    private JsonNode namesByName(Place member) {
        ObjectNode all = JsonNodeFactory.instance.objectNode();
        for (Place entry : member.members()) {
            if (entry.node().isArray()) {
                all.set(entry.token(), names(entry));
            } else {
                findings.warning(entry, "wants a list of names; left out");
            }
        }
        return all;
    }

    /** Lengths beyond an {@code int} are no limits, and validators that count in {@code int}s would wrap them round. */
    private static @Nullable JsonNode count(JsonNode value) {
        if (!value.isNumber()) {
            return null;
        }
        BigDecimal count = value.decimalValue();
        boolean whole = count.signum() >= 0 && count.remainder(BigDecimal.ONE).signum() == 0;
        if (!whole || value.isInt()) {
            return whole ? value : null;
        }
        return IntNode.valueOf(count.min(BigDecimal.valueOf(Integer.MAX_VALUE)).intValue());
    }

    /** 3.0 and draft 4 say by a flag whether {@code minimum} itself is excluded. */
    private static @Nullable JsonNode number(Place member) {
        JsonNode value = member.node();
        Place schema = member.parent();
        String name = member.token();
        boolean exclusive = name.startsWith("exclusive");
        JsonNode nothing = JsonNodeFactory.instance.missingNode();
        if (schema == null) {
            return value;
        }
        if (exclusive && value.isBoolean()) {
            JsonNode bound = schema.node().path(name.equals("exclusiveMinimum") ? "minimum" : "maximum");
            return value.booleanValue() && bound.isNumber() ? bound : nothing;
        }
        if (!exclusive && value.isNumber()) {
            JsonNode flag = schema.node().path(name.equals("minimum") ? "exclusiveMinimum" : "exclusiveMaximum");
            return flag.isBoolean() && flag.booleanValue() ? nothing : value;
        }
        return value.isNumber() ? value : null;
    }

    private JsonNode pattern(Place member, Remarks remarks) {
        String expression = member.node().textValue();
        if (EcmaPattern.isUsable(expression)) {
            return member.node();
        }
        findings.warning(
                member, "is not a regular expression of ECMA-262 that all understand; told in the description");
        remarks.pattern(expression);
        return JsonNodeFactory.instance.missingNode();
    }
}
