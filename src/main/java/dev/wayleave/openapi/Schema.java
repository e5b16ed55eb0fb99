package dev.wayleave.openapi;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;

/**
 * A JSON Schema in dialect 2020-12 that stands for itself.
 *
 * <p>Its references, where recursion keeps any, are {@code #/$defs/NAME}; a name means the same definition everywhere in
 * one document, so that schemas can be put together by joining their definitions.
 *
 * @param json the schema: an object or a boolean
 * @param definitions what its references name, transitively, and what it defines itself; in an order that is the same in every run
 */
public record Schema(JsonNode json, Map<String, JsonNode> definitions) {
    public Schema {
        definitions = Definitions.of(definitions);
    }

    /** With these instead of its own, which they override (OpenAPI 3.1 §4.8.12.1). */
    Schema withExamples(List<JsonNode> examples) {
        boolean anything = json.isBoolean() && json.booleanValue();
        if (examples.isEmpty() || !(json.isObject() || anything)) {
            return this;
        }
        ObjectNode copy = JsonNodeFactory.instance.objectNode();
        json.properties().forEach(member -> copy.set(member.getKey(), member.getValue()));
        copy.putArray("examples").addAll(examples);
        return new Schema(copy, definitions);
    }

    /** What a definition is called where it was found, which another of the document may be called too. */
    public static String ownName(String definition) {
        return DefinitionNames.own(definition);
    }
}
