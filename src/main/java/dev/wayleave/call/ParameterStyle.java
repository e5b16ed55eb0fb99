package dev.wayleave.call;

import com.fasterxml.jackson.databind.JsonNode;
import dev.wayleave.openapi.Parameter;
import dev.wayleave.openapi.Parameter.Style;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/**
 * Writes a value in the style of its parameter (OpenAPI 3.1 §4.8.12.4, RFC 6570). Null members are left out, as RFC 6570
 * leaves out undefined ones; what is nested deeper than the styles reach is written as JSON.
 */
final class ParameterStyle {
    private final Parameter parameter;
    private final UnaryOperator<String> encode;

    ParameterStyle(Parameter parameter) {
        this.parameter = parameter;
        boolean verbatim = parameter.in() == Parameter.In.HEADER || parameter.style() == Style.COOKIE;
        this.encode = verbatim
                ? UnaryOperator.identity()
                : parameter.allowReserved() ? PercentEncoding::encodeReserved : PercentEncoding::encode;
    }

    /** For a path, a header or a label: the expansion with its prefix. */
    String expand(JsonNode value) {
        if (parameter.contentType() != null) {
            return encode.apply(value.toString());
        }
        return switch (parameter.style()) {
            case MATRIX -> matrix(value);
            case LABEL -> label(value);
            case SIMPLE -> join(value, ",", ",");
            case FORM, COOKIE, SPACE_DELIMITED, PIPE_DELIMITED, DEEP_OBJECT -> String.join("&", pairs(value));
        };
    }

    /** For a query or a cookie: the {@code name=value} pairs, encoded. */
    List<String> pairs(JsonNode value) {
        String name = encode.apply(parameter.name());
        if (parameter.contentType() != null) {
            String text = value.isTextual() && !parameter.contentType().contains("json")
                    ? value.textValue()
                    : value.toString();
            return List.of(name + "=" + encode.apply(text));
        }
        return switch (parameter.style()) {
            case DEEP_OBJECT -> deep(name, value);
            case SPACE_DELIMITED -> delimited(name, value, "%20");
            case PIPE_DELIMITED -> delimited(name, value, "%7C");
            case FORM, COOKIE, SIMPLE, LABEL, MATRIX -> form(name, value);
        };
    }

    private List<String> form(String name, JsonNode value) {
        List<String> pairs = new ArrayList<>();
        if (parameter.explode() && value.isArray()) {
            items(value).forEach(item -> pairs.add(name + "=" + item));
        } else if (parameter.explode() && value.isObject()) {
            members(value).forEach(member -> pairs.add(member.getKey() + "=" + member.getValue()));
        } else if (!value.isContainerNode() || !items(value).isEmpty()) {
            pairs.add(name + "=" + join(value, ",", ","));
        }
        return pairs;
    }

    private List<String> delimited(String name, JsonNode value, String delimiter) {
        if (parameter.explode() || !value.isContainerNode()) {
            return form(name, value);
        }
        return items(value).isEmpty() ? List.of() : List.of(name + "=" + join(value, delimiter, delimiter));
    }

    /** {@code color[R]=100}, with its brackets encoded; arrays inside repeat their name. */
    private List<String> deep(String name, JsonNode value) {
        List<String> pairs = new ArrayList<>();
        if (value.isObject()) {
            value.properties()
                    .forEach(member -> pairs.addAll(
                            deep(name + "%5B" + encode.apply(member.getKey()) + "%5D", member.getValue())));
        } else if (value.isArray()) {
            value.forEach(item -> pairs.addAll(item.isArray() ? List.of(name + "=" + text(item)) : deep(name, item)));
        } else if (!value.isNull()) {
            pairs.add(name + "=" + text(value));
        }
        return pairs;
    }

    private String matrix(JsonNode value) {
        String name = ";" + encode.apply(parameter.name());
        if (parameter.explode() && value.isArray()) {
            return String.join(
                    "", items(value).stream().map(item -> name + equal(item)).toList());
        }
        if (parameter.explode() && value.isObject()) {
            return String.join(
                    "",
                    members(value).stream()
                            .map(member -> ";" + member.getKey() + equal(member.getValue()))
                            .toList());
        }
        return value.isContainerNode() && items(value).isEmpty() ? "" : name + equal(join(value, ",", ","));
    }

    private String label(JsonNode value) {
        if (value.isContainerNode() && items(value).isEmpty()) {
            return "";
        }
        return "." + (parameter.explode() ? join(value, ".", ".") : join(value, ",", ","));
    }

    private static String equal(String value) {
        return value.isEmpty() ? "" : "=" + value;
    }

    private String join(JsonNode value, String between, String betweenMembers) {
        if (value.isObject() && parameter.explode() && parameter.style() != Style.SPACE_DELIMITED) {
            return String.join(
                    betweenMembers,
                    members(value).stream()
                            .map(member -> member.getKey() + "=" + member.getValue())
                            .toList());
        }
        return value.isContainerNode() ? String.join(between, items(value)) : text(value);
    }

    /** The encoded items of an array, or names and values of an object in turn. */
    private List<String> items(JsonNode value) {
        List<String> items = new ArrayList<>();
        if (value.isObject()) {
            members(value).forEach(member -> {
                items.add(member.getKey());
                items.add(member.getValue());
            });
        } else {
            value.forEach(item -> {
                if (!item.isNull()) {
                    items.add(text(item));
                }
            });
        }
        return items;
    }

    private List<Map.Entry<String, String>> members(JsonNode object) {
        return object.properties().stream()
                .filter(member -> !member.getValue().isNull())
                .map(member -> Map.entry(encode.apply(member.getKey()), text(member.getValue())))
                .toList();
    }

    private String text(JsonNode value) {
        return encode.apply(value.isContainerNode() ? value.toString() : value.asText());
    }
}
