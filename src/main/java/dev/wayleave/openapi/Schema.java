package dev.wayleave.openapi;

import com.fasterxml.jackson.databind.JsonNode;
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

    /** What a definition is called where it was found, which another of the document may be called too. */
    public static String ownName(String definition) {
        return DefinitionNames.own(definition);
    }
}
