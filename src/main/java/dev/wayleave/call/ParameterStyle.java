package dev.wayleave.call;

import com.fasterxml.jackson.databind.JsonNode;
import dev.wayleave.openapi.Parameter;
import dev.wayleave.openapi.Parameter.Style;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Writes a value in one of the styles of OpenAPI (3.1 §4.8.12.4, RFC 6570). Null items and members are left out, as RFC
 * 6570 leaves out undefined ones; what is nested deeper than a style reaches is written as JSON. A value that holds the
 * delimiter of a style that cannot escape it is refused, because the platform would read another value.
 */
final class ParameterStyle {
    private final String name;
    private final Style style;
    private final boolean explode;
    private final Encoder encoder;

    ParameterStyle(Parameter parameter) {
        this(parameter.name(), parameter.style(), parameter.explode(), Encoder.of(parameter));
    }

    ParameterStyle(String name, Style style, boolean explode, Encoder encoder) {
        this.name = encoder.name(name);
        this.style = style;
        this.explode = explode;
        this.encoder = encoder;
    }

    /** For a path or a header: the value with the prefix of its style. */
    String expand(JsonNode value) throws UnfitArgument {
        return switch (style) {
            case MATRIX -> matrix(value);
            case LABEL -> isUndefined(value) ? "" : "." + joined(value, explode ? "." : ",");
            case SIMPLE -> joined(value, ",");
            case FORM, COOKIE, SPACE_DELIMITED, PIPE_DELIMITED, DEEP_OBJECT ->
                throw new IllegalStateException(style.name());
        };
    }

    /** For a query, a cookie or a form. */
    List<Pair> pairs(JsonNode value) throws UnfitArgument {
        return switch (style) {
            case DEEP_OBJECT -> deep(name, value);
            case SPACE_DELIMITED -> form(value, encoder.raw() ? " " : "%20");
            case PIPE_DELIMITED -> form(value, encoder.raw() ? "|" : "%7C");
            case FORM, COOKIE -> form(value, ",");
            case SIMPLE, LABEL, MATRIX -> throw new IllegalStateException(style.name());
        };
    }

    private List<Pair> form(JsonNode value, String delimiter) throws UnfitArgument {
        List<Pair> pairs = new ArrayList<>();
        if (explode && value.isArray()) {
            for (String item : items(value, null)) {
                pairs.add(new Pair(name, item));
            }
        } else if (explode && value.isObject()) {
            for (Map.Entry<String, String> member : members(value, null)) {
                pairs.add(new Pair(member.getKey(), member.getValue()));
            }
        } else if (!isUndefined(value)) {
            pairs.add(new Pair(name, joined(value, delimiter)));
        }
        return pairs;
    }

    /**
     * {@code color[R]=100}, with its brackets encoded; no name holds one. What the specification leaves open: an array repeats
     * its name.
     */
    private List<Pair> deep(String path, JsonNode value) throws UnfitArgument {
        List<Pair> pairs = new ArrayList<>();
        if (value.isObject()) {
            for (Map.Entry<String, JsonNode> member : value.properties()) {
                String plain = without("[", without("]", member.getKey()));
                String key = encoder.raw() ? "[" + plain + "]" : "%5B" + encoder.name(plain) + "%5D";
                pairs.addAll(deep(path + key, member.getValue()));
            }
        } else if (value.isArray()) {
            for (JsonNode item : value) {
                pairs.addAll(item.isArray() ? List.of(new Pair(path, text(item))) : deep(path, item));
            }
        } else if (!value.isNull()) {
            pairs.add(new Pair(path, text(value)));
        }
        return pairs;
    }

    private String matrix(JsonNode value) throws UnfitArgument {
        StringBuilder out = new StringBuilder();
        if (explode && value.isArray()) {
            for (String item : items(value, null)) {
                out.append(';').append(name).append(equal(item));
            }
        } else if (explode && value.isObject()) {
            for (Map.Entry<String, String> member : members(value, null)) {
                out.append(';').append(member.getKey()).append(equal(member.getValue()));
            }
        } else if (!isUndefined(value)) {
            out.append(';').append(name).append(equal(joined(value, ",")));
        }
        return out.toString();
    }

    private static String equal(String value) {
        return value.isEmpty() ? "" : "=" + value;
    }

    private String joined(JsonNode value, String delimiter) throws UnfitArgument {
        if (value.isArray()) {
            return String.join(delimiter, items(value, delimiter));
        }
        if (!value.isObject()) {
            return encoder.value(PlainText.of(value), style == Style.MATRIX ? ";" : "");
        }
        List<String> parts = new ArrayList<>();
        for (Map.Entry<String, String> member : members(value, delimiter)) {
            if (explode) {
                parts.add(member.getKey() + "=" + member.getValue());
            } else {
                parts.add(member.getKey());
                parts.add(member.getValue());
            }
        }
        return String.join(delimiter, parts);
    }

    /** RFC 6570 §2.3: a list or a map of nothing is as good as not there. */
    private static boolean isUndefined(JsonNode value) {
        return value.isContainerNode() && value.valueStream().allMatch(JsonNode::isNull);
    }

    private List<String> items(JsonNode array, @Nullable String delimiter) throws UnfitArgument {
        List<String> items = new ArrayList<>();
        for (JsonNode item : array) {
            if (!item.isNull()) {
                items.add(without(delimiter, text(item)));
            }
        }
        return items;
    }

    private List<Map.Entry<String, String>> members(JsonNode object, @Nullable String delimiter) throws UnfitArgument {
        List<Map.Entry<String, String>> members = new ArrayList<>();
        for (Map.Entry<String, JsonNode> member : object.properties()) {
            if (!member.getValue().isNull()) {
                String key = without(explode ? "=" : delimiter, without(delimiter, encoder.name(member.getKey())));
                members.add(Map.entry(key, without(delimiter, text(member.getValue()))));
            }
        }
        return members;
    }

    /** A value among others; what divides them never stays as it is, even where reserved characters may. */
    private String text(JsonNode item) {
        String delimiters = switch (style) {
            case SIMPLE -> ",";
            case MATRIX -> explode ? ";" : ",;";
            case LABEL, FORM, COOKIE -> explode ? "" : ",";
            case SPACE_DELIMITED, PIPE_DELIMITED, DEEP_OBJECT -> "";
        };
        return encoder.value(PlainText.of(item), delimiters);
    }

    /** The dot is let through: it is unreserved, so that a value which holds one adds a label (RFC 6570 §3.2.5). */
    private static String without(@Nullable String delimiter, String text) throws UnfitArgument {
        if (delimiter != null && !delimiter.equals(".") && text.contains(delimiter)) {
            String shown = switch (delimiter) {
                case "%20", " " -> "a space";
                case "%7C" -> "\"|\"";
                default -> "\"" + delimiter + "\"";
            };
            throw new UnfitArgument(
                    "its parts must not hold " + shown + ", because the platform reads that as their end");
        }
        return text;
    }
}
