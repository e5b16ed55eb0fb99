package dev.wayleave.openapi;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A schema that is used or referred to, seen from one direction: a node in the graph of a description's schemas. */
final class SchemaNode {
    /** How a schema leads to another. */
    enum Link {
        /** For a part of the value, so that going around ends with the value. */
        PART,
        /** For the same value, which must fit it too: {@code $ref}, {@code allOf}. */
        CONJUNCT,
        /** For the same value, which may fit it: {@code oneOf}, {@code if}. */
        BRANCH
    }

    /**
     * One reference.
     *
     * @param gone the properties that who refers says do not travel, whatever the target says of them
     */
    record Edge(SchemaNode target, Link link, Set<String> gone) {}

    /**
     * The finished schema.
     *
     * @param size nodes of its JSON
     * @param depth of schemas within schemas
     * @param named what its {@code $defs} references mean
     * @param anchored whether an {@code $anchor} stands in its JSON, so that it must not stand in another's as well
     * @param curated whether an {@code x-mcp} does, which is kept to only where the schema is used
     */
    record Linked(JsonNode json, long size, int depth, Set<SchemaNode> named, boolean anchored, boolean curated) {}

    private final Place place;
    private final Direction direction;
    final List<Edge> edges = new ArrayList<>();
    /** Whether the other direction would see something else. */
    boolean directional;
    /** Why it cannot be used. */
    @Nullable
    Unreadable broken;
    /** Whether it leads back to itself. */
    boolean recursive;
    /** All that lead to it and that it leads to, itself among them, the same list in each; empty until known. */
    List<SchemaNode> component = List.of();
    /** The schemas that it leads to and that lead back without reaching into the value. */
    int loop;
    /** Those of them that do so by branches alone. */
    int branchLoop;

    private @Nullable JsonNode body;
    private @Nullable Linked linked;

    @Nullable
    String name;

    SchemaNode(Place place, Direction direction) {
        this.place = place;
        this.direction = direction;
    }

    Place place() {
        return place;
    }

    /** Whether its document keeps it as a definition. */
    boolean isDefinition() {
        return place.parent() != null && place.parent().token().equals("$defs");
    }

    /** Whether it stands for itself; the anchors of a part of another schema stand there. */
    boolean keepsAnchors() {
        Place parent = place.parent();
        if (parent == null || isDefinition()) {
            return true;
        }
        Keyword around = Keyword.of(parent.token());
        boolean named = parent.token().equals("schemas") || parent.token().equals("definitions");
        return around != Keyword.SCHEMA_MAP
                && around != Keyword.SCHEMA_LIST
                && (named || Keyword.of(place.token()) != Keyword.SCHEMA);
    }

    Direction direction() {
        return direction;
    }

    boolean isConverted() {
        return body != null;
    }

    /** The schema in 2020-12, in which each reference stands as a {@code POJONode} of its target. */
    JsonNode body() {
        if (body == null) {
            throw new IllegalStateException("not converted: " + place);
        }
        return body;
    }

    void converted(JsonNode body) {
        this.body = body;
    }

    boolean isLinked() {
        return linked != null;
    }

    Linked linked() {
        if (linked == null) {
            throw new IllegalStateException("not linked: " + place);
        }
        return linked;
    }

    void linked(Linked linked) {
        this.linked = linked;
    }
}
