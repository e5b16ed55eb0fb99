package dev.wayleave.openapi;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which properties of an object do not travel in a direction: {@code readOnly} ones in requests, {@code writeOnly} ones in
 * responses (OpenAPI 3.0 §4.7.24.2), wherever its {@code allOf} declares them.
 */
final class AbsentProperties {
    private static final int MOST_PARTS = 200;
    private static final int LONGEST_WAY = 8;

    private final References references;
    private final Direction direction;
    private final IdentityHashMap<JsonNode, Boolean> seen = new IdentityHashMap<>();
    private boolean inEitherDirection;
    private int partsSeen;

    AbsentProperties(References references, Direction direction) {
        this.references = references;
        this.direction = direction;
    }

    Set<String> of(Place schema, Set<String> known) {
        JsonNode node = schema.node();
        if (!node.has("properties") && !node.has("allOf") && !(node.has("$ref") && node.has("required"))) {
            return known;
        }
        Set<String> names = new HashSet<>(known);
        collect(schema, names);
        return names;
    }

    boolean anyInEitherDirection() {
        return inEitherDirection;
    }

    /** A schema that somebody refers to who says that these do not travel; the same where it speaks of none of them. */
    static JsonNode without(Set<String> gone, JsonNode schema) {
        return gone.isEmpty() ? schema : without(gone, schema, LONGEST_WAY);
    }

    private static JsonNode without(Set<String> gone, JsonNode schema, int patience) {
        if (!(schema instanceof ObjectNode object) || patience == 0) {
            return schema;
        }
        ObjectNode copy = JsonNodeFactory.instance.objectNode();
        boolean changed = false;
        for (var member : object.properties()) {
            JsonNode value = member.getValue();
            JsonNode left = switch (member.getKey()) {
                case "properties" -> properties(gone, value);
                case "required" -> required(gone, value);
                case "allOf", "anyOf", "oneOf" -> parts(gone, value, patience);
                default -> value;
            };
            changed |= !left.equals(value);
            if (!member.getKey().equals("required") || !left.isEmpty()) {
                copy.set(member.getKey(), left);
            }
        }
        return changed ? copy : schema;
    }

    private static JsonNode properties(Set<String> gone, JsonNode properties) {
        if (gone.stream().noneMatch(properties::has)) {
            return properties;
        }
        ObjectNode left = JsonNodeFactory.instance.objectNode();
        properties.properties().forEach(property -> {
            if (!gone.contains(property.getKey())) {
                left.set(property.getKey(), property.getValue());
            }
        });
        return left;
    }

    private static JsonNode required(Set<String> gone, JsonNode names) {
        ArrayNode left = JsonNodeFactory.instance.arrayNode();
        for (JsonNode name : names) {
            if (!gone.contains(name.asText())) {
                left.add(name);
            }
        }
        return left.size() == names.size() ? names : left;
    }

    private static JsonNode parts(Set<String> gone, JsonNode parts, int patience) {
        ArrayNode left = JsonNodeFactory.instance.arrayNode();
        boolean changed = false;
        for (JsonNode part : parts) {
            JsonNode without = without(gone, part, patience - 1);
            changed |= !without.equals(part);
            left.add(without);
        }
        return changed ? left : parts;
    }

    private void collect(Place schema, Set<String> names) {
        if (seen.put(schema.node(), true) != null) {
            return;
        }
        for (Place property : schema.member("properties").members()) {
            if (is(property, direction, LONGEST_WAY)) {
                names.add(property.token());
                inEitherDirection = true;
            } else if (is(property, direction.other(), LONGEST_WAY)) {
                inEitherDirection = true;
            }
        }
        Place beside = References.isReference(schema.node()) && partsSeen++ < MOST_PARTS ? referred(schema) : null;
        if (beside != null) {
            collect(beside, names);
        }
        Place parts = schema.member("allOf");
        for (int i = 0; parts.node().isArray() && i < parts.node().size() && partsSeen < MOST_PARTS; i++) {
            partsSeen++;
            Place target = target(parts.element(i));
            if (target != null) {
                collect(target, names);
            }
        }
    }

    /** Null where the part leads nowhere, which is told where the part itself is read. */
    private @Nullable Place target(Place part) {
        try {
            return references.followSchema(part);
        } catch (Unreadable nowhere) {
            return null;
        }
    }

    private @Nullable Place referred(Place property) {
        try {
            Place next =
                    references.resolve(property, property.node().path("$ref").textValue());
            return references.followSchema(next);
        } catch (Unreadable nowhere) {
            return null;
        }
    }

    private boolean is(Place property, Direction way, int patience) {
        JsonNode node = property.node();
        if (!node.isObject() || patience == 0) {
            return false;
        }
        if (node.path(way.absentKeyword()).isBoolean()
                && node.path(way.absentKeyword()).booleanValue()) {
            return true;
        }
        if (References.isReference(node)) {
            Place target = referred(property);
            return target != null && is(target, way, patience - 1);
        }
        Place parts = property.member("allOf");
        return parts.node().isArray() && parts.node().size() == 1 && is(parts.element(0), way, patience - 1);
    }
}
