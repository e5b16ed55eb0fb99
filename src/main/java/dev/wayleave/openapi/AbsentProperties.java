package dev.wayleave.openapi;

import com.fasterxml.jackson.databind.JsonNode;
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
        if (!schema.node().has("properties") && !schema.node().has("allOf")) {
            return known;
        }
        Set<String> names = new HashSet<>(known);
        collect(schema, names);
        return names;
    }

    boolean anyInEitherDirection() {
        return inEitherDirection;
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
