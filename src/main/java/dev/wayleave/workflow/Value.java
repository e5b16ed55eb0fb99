package dev.wayleave.workflow;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.wayleave.jsonpath.CostlyJsonPathException;
import dev.wayleave.jsonpath.JsonPath;
import dev.wayleave.jsonpath.Selected;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** What a parameter, a body or an output is to be. */
public sealed interface Value {
    /** It with the facts put in; missing where an expression that is the whole of it has no value. */
    JsonNode in(Facts facts);

    /** What it asks, wherever that stands in it. */
    Stream<Expression> expressions();

    /** Always the same. */
    record Constant(JsonNode value) implements Value {
        @Override
        public JsonNode in(Facts facts) {
            return value;
        }

        @Override
        public Stream<Expression> expressions() {
            return Stream.of();
        }
    }

    /** What an expression gives, of its own type. */
    record Asked(Expression expression) implements Value {
        @Override
        public JsonNode in(Facts facts) {
            return expression.in(facts);
        }

        @Override
        public Stream<Expression> expressions() {
            return Stream.of(expression);
        }
    }

    /** Text with expressions in it. */
    record Text(Template template) implements Value {
        @Override
        public JsonNode in(Facts facts) {
            return template.in(facts).<JsonNode>map(TextNode::valueOf).orElseGet(MissingNode::getInstance);
        }

        @Override
        public Stream<Expression> expressions() {
            return template.expressions().stream();
        }
    }

    /** A part of a value that a JSONPath query selects (Arazzo 1.1, "Selector Object"). */
    record Queried(Expression context, JsonPath query, boolean several) implements Value {
        @Override
        public JsonNode in(Facts facts) {
            try {
                List<Selected> found = query.select(context.in(facts));
                if (several) {
                    ArrayNode all = JsonNodeFactory.instance.arrayNode();
                    found.forEach(one -> all.add(one.node()));
                    return all;
                }
                return found.isEmpty()
                        ? MissingNode.getInstance()
                        : found.getFirst().node();
            } catch (CostlyJsonPathException e) {
                return MissingNode.getInstance();
            }
        }

        @Override
        public Stream<Expression> expressions() {
            return Stream.of(context);
        }
    }

    /** A part of a value at a JSON pointer. */
    record Pointed(Expression context, JsonPointer pointer) implements Value {
        @Override
        public JsonNode in(Facts facts) {
            return context.in(facts).at(pointer);
        }

        @Override
        public Stream<Expression> expressions() {
            return Stream.of(context);
        }
    }

    /** An object; a member without a value is left out. */
    record Members(Map<String, Value> members) implements Value {
        public Members {
            members = Collections.unmodifiableMap(new LinkedHashMap<>(members));
        }

        @Override
        public JsonNode in(Facts facts) {
            ObjectNode object = JsonNodeFactory.instance.objectNode();
            members.forEach((name, value) -> {
                JsonNode found = value.in(facts);
                if (!found.isMissingNode()) {
                    object.set(name, found);
                }
            });
            return object;
        }

        @Override
        public Stream<Expression> expressions() {
            return members.values().stream().flatMap(Value::expressions);
        }
    }

    /** A list; an element without a value is left out. */
    record Elements(List<Value> elements) implements Value {
        public Elements {
            elements = List.copyOf(elements);
        }

        @Override
        public JsonNode in(Facts facts) {
            ArrayNode array = JsonNodeFactory.instance.arrayNode();
            for (Value element : elements) {
                JsonNode found = element.in(facts);
                if (!found.isMissingNode()) {
                    array.add(found);
                }
            }
            return array;
        }

        @Override
        public Stream<Expression> expressions() {
            return elements.stream().flatMap(Value::expressions);
        }
    }
}
