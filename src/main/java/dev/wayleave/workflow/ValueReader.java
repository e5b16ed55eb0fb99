package dev.wayleave.workflow;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.wayleave.jsonpath.InvalidJsonPathException;
import dev.wayleave.jsonpath.JsonPath;
import dev.wayleave.openapi.Place;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Reads values: constants, expressions, templates, selectors, and objects and lists of them. */
final class ValueReader {
    private static final ObjectMapper JSON = new ObjectMapper(new JsonFactory());
    private static final Set<String> SELECTOR = Set.of("context", "selector", "type");
    private final boolean selectors;

    /** @param selectors whether the version has Selector Objects */
    ValueReader(boolean selectors) {
        this.selectors = selectors;
    }

    Value value(Place place) throws InvalidWorkflow {
        if (!place.exists()) {
            throw new InvalidWorkflow(place, "`" + place.token() + "` is missing");
        }
        JsonNode node = place.node();
        if (node.isTextual()) {
            return text(place, node.textValue());
        }
        if (node.isArray()) {
            List<Value> elements = new ArrayList<>();
            for (Place element : place.elements()) {
                elements.add(value(element));
            }
            return new Value.Elements(elements);
        }
        if (!node.isObject()) {
            return new Value.Constant(node);
        }
        if (isSelector(node)) {
            return selector(new Fields(place, "a selector"));
        }
        Map<String, Value> members = new LinkedHashMap<>();
        for (Place member : place.members()) {
            members.put(member.token(), value(member));
        }
        return new Value.Members(members);
    }

    /** An output: nothing but an expression, or what selects from one. */
    Value output(Place place) throws InvalidWorkflow {
        Value value = value(place);
        if (!(value instanceof Value.Asked || value instanceof Value.Queried || value instanceof Value.Pointed)) {
            throw new InvalidWorkflow(place, "is a runtime expression");
        }
        return value;
    }

    /**
     * A body. Text that is JSON with expressions in its strings is taken apart before anything is put in, so that no
     * value can end the string that it is put into.
     */
    Value payload(Place place, boolean json) throws InvalidWorkflow {
        JsonNode node = place.node();
        boolean template = json && node.isTextual() && !Expression.isMeant(node.textValue());
        if (!template) {
            return value(place);
        }
        try {
            return value(place.holding(JSON.readTree(node.textValue())));
        } catch (JsonProcessingException e) {
            throw new InvalidWorkflow(
                    place, "is no JSON before its expressions are put in; put quotes around them, or write an object");
        }
    }

    Expression expression(Fields fields, String key) throws InvalidWorkflow {
        try {
            return Expression.parse(fields.required(key));
        } catch (InvalidExpression e) {
            throw new InvalidWorkflow(fields.member(key), String.valueOf(e.getMessage()));
        }
    }

    private static Value text(Place place, String text) throws InvalidWorkflow {
        try {
            if (Expression.isMeant(text)) {
                return new Value.Asked(Expression.parse(text));
            }
            return Template.isOne(text)
                    ? new Value.Text(Template.parse(text))
                    : new Value.Constant(TextNode.valueOf(text));
        } catch (InvalidExpression e) {
            throw new InvalidWorkflow(place, String.valueOf(e.getMessage()));
        }
    }

    private boolean isSelector(JsonNode node) {
        return selectors
                && node.size() == SELECTOR.size()
                && SELECTOR.stream().allMatch(node::has)
                && Expression.isMeant(node.path("context").asText());
    }

    private Value selector(Fields fields) throws InvalidWorkflow {
        Expression context = expression(fields, "context");
        String selector = fields.required("selector");
        String type = type(fields.member("type"));
        fields.end();
        try {
            return switch (type) {
                case "jsonpath" ->
                    new Value.Queried(context, JsonPath.compile(selector), selector.matches("(?s).*([*?:,]|\\.\\.).*"));
                case "jsonpointer" -> new Value.Pointed(context, JsonPointer.compile(selector));
                default -> throw new InvalidWorkflow(fields.member("type"), "is jsonpath or jsonpointer here");
            };
        } catch (InvalidJsonPathException | IllegalArgumentException e) {
            throw new InvalidWorkflow(fields.member("selector"), "is no " + type);
        }
    }

    /** Its name, where it is one of the versions that are read. */
    static String type(Place type) throws InvalidWorkflow {
        if (!type.node().isObject()) {
            return type.node().asText();
        }
        Fields fields = new Fields(type, "an expression type");
        String name = fields.required("type");
        String version = fields.required("version");
        fields.end();
        boolean known = name.equals("jsonpath")
                ? Set.of("rfc9535", "draft-goessner-dispatch-jsonpath-00").contains(version)
                : !name.equals("jsonpointer") || version.equals("rfc6901");
        if (!known) {
            throw new InvalidWorkflow(type, "is of a version that is not known here");
        }
        return name;
    }
}
