package dev.wayleave.openapi;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Set;

/** The schema that a parameter of 2.0 is in itself. */
final class Swagger2Schema {
    private static final Set<String> OF_THE_PARAMETER =
            Set.of("name", "in", "required", "description", "collectionFormat", "allowEmptyValue");

    private Swagger2Schema() {}

    static Place of(Place parameter) {
        return parameter.holding(without(parameter.node(), true));
    }

    /** As a property of a form, which has no other place for a description. */
    static JsonNode field(Place parameter) {
        return without(parameter.node(), false);
    }

    private static JsonNode without(JsonNode given, boolean describedElsewhere) {
        ObjectNode schema = JsonNodeFactory.instance.objectNode();
        for (var member : given.properties()) {
            boolean description = member.getKey().equals("description") && !describedElsewhere;
            if (member.getKey().equals("items")) {
                schema.set("items", without(member.getValue(), false));
            } else if (description || !OF_THE_PARAMETER.contains(member.getKey())) {
                schema.set(member.getKey(), member.getValue());
            }
        }
        return schema;
    }
}
