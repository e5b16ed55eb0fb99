package dev.wayleave.call;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.wayleave.tool.Slot;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** An RFC 6570 template as the OpenAPI operation that says the same, where there is one. */
final class UriTemplateCase {
    private static final Pattern EXPRESSION = Pattern.compile("\\{([+#./;?&]?)([^}]*)}");
    private static final Pattern RESERVED_VALUE = Pattern.compile("([^{?]*)\\?(\\w+)=\\{\\+(\\w+)}");
    private final JsonNode variables;
    private final StringBuilder path = new StringBuilder();
    private final List<String> parameters = new ArrayList<>();
    private final Map<String, JsonNode> values = new HashMap<>();
    private String before = "";
    private int unnamed;

    /** Carries why a template has no equal among OpenAPI's styles. */
    static final class NoEqual extends Exception {
        private static final long serialVersionUID = 1L;

        NoEqual(String reason) {
            super(reason);
        }
    }

    private UriTemplateCase(JsonNode variables) {
        this.variables = variables;
    }

    static UriTemplateCase of(String template, JsonNode variables) throws NoEqual {
        UriTemplateCase made = new UriTemplateCase(variables);
        Matcher reserved = RESERVED_VALUE.matcher(template);
        Matcher alone = Pattern.compile("\\{\\+(\\w+)}").matcher(template);
        if (reserved.matches()) {
            made.path.append(reserved.group(1));
            made.query(reserved.group(2), variables.path(reserved.group(3)), false, true);
        } else if (alone.matches() && variables.path(alone.group(1)).asText("").contains("/")) {
            made.before = "?ref=";
            made.query("ref", variables.path(alone.group(1)), false, true);
        } else {
            made.read(template);
        }
        if (made.path.isEmpty() || made.path.charAt(0) != '/') {
            made.path.insert(0, '/');
            made.before = "/" + made.before;
        }
        return made;
    }

    private void read(String template) throws NoEqual {
        Matcher expression = EXPRESSION.matcher(template);
        int end = 0;
        while (expression.find()) {
            String text = template.substring(end, expression.start());
            if (text.equals("?fixed=yes")) {
                query("fixed", JsonNodeFactory.instance.textNode("yes"), false, false);
            } else if (text.contains("?")) {
                throw new NoEqual("a query has names, and this one is a bare value");
            } else {
                path.append(text);
            }
            String[] names = expression.group(2).split(",", -1);
            for (int i = 0; i < names.length; i++) {
                expand(expression.group(1), names[i], i, names.length);
            }
            end = expression.end();
        }
        path.append(template.substring(end));
    }

    private void expand(String operator, String told, int index, int of) throws NoEqual {
        if (told.contains(":")) {
            throw new NoEqual("a prefix of a value has no equal");
        }
        boolean explode = told.endsWith("*");
        String name = explode ? told.substring(0, told.length() - 1) : told;
        JsonNode value = variables.path(name);
        boolean undefined = value.isMissingNode() || value.isNull();
        switch (operator) {
            case "#" -> throw new NoEqual("a request has no fragment");
            case "?", "&" -> {
                if (operator.equals("&") && parameters.isEmpty()) {
                    before = "?fixed=yes";
                    query("fixed", JsonNodeFactory.instance.textNode("yes"), false, false);
                }
                query(name, undefined ? null : value, explode, false);
            }
            case "/" -> segment(value, undefined || explode);
            case "+" -> {
                separate(index, undefined, of);
                reserved(value, explode);
            }
            case ".", ";" -> {
                if (undefined) {
                    throw new NoEqual("a parameter of the path is always there, and its tables write it");
                }
                inPath(
                        operator.equals(".") ? "label" : "matrix",
                        operator.equals(".") ? unnamed() : name,
                        value,
                        explode,
                        false);
            }
            default -> {
                separate(index, undefined, of);
                inPath("simple", unnamed(), value, explode, false);
            }
        }
    }

    private void segment(JsonNode value, boolean notOne) throws NoEqual {
        if (notOne || (value.isContainerNode() && value.isEmpty())) {
            throw new NoEqual("a path has always the same number of segments");
        }
        if (value.asText("").isEmpty() && !value.isContainerNode()) {
            throw new NoEqual("no segment is empty");
        }
        path.append('/');
        inPath("simple", unnamed(), value, false, false);
    }

    private void reserved(JsonNode value, boolean explode) throws NoEqual {
        if (value.toString().contains("/")) {
            throw new NoEqual("a value in a path holds no slash");
        }
        if (value.valueStream().anyMatch(item -> item.asText().contains(","))) {
            throw new NoEqual("a comma of an item is encoded, because it would end the item");
        }
        inPath("simple", unnamed(), value, explode, true);
    }

    private void separate(int index, boolean undefined, int of) throws NoEqual {
        if (undefined && of > 1) {
            throw new NoEqual("a parameter of the path is always there");
        }
        path.append(index > 0 ? "," : "");
    }

    private String unnamed() {
        return "p" + unnamed++;
    }

    private void inPath(String style, String name, JsonNode value, boolean explode, boolean reserved) {
        path.append('{').append(name).append('}');
        parameters.add("{name: '" + name + "', in: path, required: true, style: " + style + ", explode: " + explode
                + ", allowReserved: " + reserved + ", schema: {}}");
        values.put(name, value.isMissingNode() ? JsonNodeFactory.instance.nullNode() : value);
    }

    private void query(String told, @Nullable JsonNode value, boolean explode, boolean reserved) {
        String name = URLDecoder.decode(told, StandardCharsets.UTF_8);
        parameters.add("{name: '" + name + "', in: query, style: form, explode: " + explode + ", allowReserved: "
                + reserved + ", schema: {}}");
        if (value != null) {
            values.put(name, value);
        }
    }

    /** What the platform gets for its target. */
    String sent() {
        try (Mounted api = Mounted.operation(
                "3.2.0",
                "get",
                "'" + path.toString().replace("'", "''") + "'",
                "parameters:\n"
                        + String.join(
                                "",
                                parameters.stream().map(p -> "  - " + p + "\n").toList()))) {
            ObjectNode arguments = JsonNodeFactory.instance.objectNode();
            for (Slot slot : api.tool().slots()) {
                if (slot instanceof Slot.InParameter in
                        && values.containsKey(in.parameter().name())) {
                    arguments.set(slot.argument(), values.get(in.parameter().name()));
                }
            }
            return api.sent(arguments.toString()).target();
        }
    }

    /** The whole target for an expansion that the RFC tells. */
    String target(String expansion) {
        return before + expansion;
    }
}
