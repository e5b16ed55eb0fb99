package dev.wayleave.tool;

import com.fasterxml.jackson.databind.JsonNode;
import dev.wayleave.openapi.Schema;
import java.util.Iterator;
import java.util.Set;

/** Tells whether a body's properties can stand beside the parameters without changing what fits. */
final class BodyShape {
    /** Keywords that say nothing beyond what arguments say themselves. */
    private static final Set<String> HARMLESS = Set.of(
            "$schema",
            "$anchor",
            "$dynamicAnchor",
            "$comment",
            "type",
            "properties",
            "required",
            "additionalProperties",
            "title",
            "description",
            "examples",
            "deprecated");

    private BodyShape() {}

    /**
     * True for an object of named properties and nothing else. An optional body with required members is not flat: that
     * they go together could not be said of flat arguments.
     */
    static boolean isFlat(Schema schema, boolean bodyRequired) {
        JsonNode json = schema.json();
        if (!json.path("properties").isObject() || json.path("properties").isEmpty()) {
            return false;
        }
        for (Iterator<String> names = json.fieldNames(); names.hasNext(); ) {
            String name = names.next();
            if (!HARMLESS.contains(name) && !name.startsWith("x-")) {
                return false;
            }
        }
        JsonNode type = json.path("type");
        JsonNode additional = json.path("additionalProperties");
        return (type.isMissingNode() || type.asText().equals("object"))
                && (additional.isMissingNode() || (additional.isBoolean() && !additional.asBoolean()))
                && (bodyRequired || json.path("required").isEmpty());
    }
}
