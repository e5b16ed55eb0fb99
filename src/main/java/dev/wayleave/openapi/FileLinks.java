package dev.wayleave.openapi;

import com.fasterxml.jackson.databind.JsonNode;
import dev.wayleave.jsonpath.Selected;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Collections;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Where references lead from one file of a description to another. An overlay's targets go through them, so that an
 * author need not know how a description is divided; references within a file stay what they are.
 */
final class FileLinks {
    /** A reference to a reference to a reference. */
    private static final int LONGEST_WAY = 16;

    private final IdentityHashMap<JsonNode, JsonNode> links = new IdentityHashMap<>();
    private final IdentityHashMap<JsonNode, Document> entries = new IdentityHashMap<>();
    private final Set<Document> documents = Collections.newSetFromMap(new IdentityHashMap<>());
    private final References references;

    private FileLinks(References references) {
        this.references = references;
    }

    /** Reads every file that the first one leads to; one that cannot be read is told by who reads the description. */
    static FileLinks of(Document first, References references) {
        FileLinks links = new FileLinks(references);
        Deque<Document> waiting = new ArrayDeque<>();
        waiting.add(first);
        while (!waiting.isEmpty()) {
            Document document = waiting.remove();
            if (links.documents.add(document) && leadsOut(document.root())) {
                links.find(Place.rootOf(document), waiting);
            }
        }
        return links;
    }

    /** What it leads to in another file; null where it is no such reference. */
    @Nullable
    JsonNode follow(JsonNode node) {
        JsonNode found = links.get(node);
        for (int i = 0; found != null && links.containsKey(found); i++) {
            found = i < LONGEST_WAY ? links.get(found) : null;
        }
        return found;
    }

    /** The file that a node stands in; {@code otherwise} where no reference led there. */
    Document documentOf(Selected node, Document otherwise) {
        for (Selected at = node; at != null; at = at.parent()) {
            Document document = entries.get(at.node());
            if (document != null) {
                return document;
            }
        }
        return otherwise;
    }

    Collection<Document> documents() {
        return documents;
    }

    static boolean refers(JsonNode node) {
        if (References.isReference(node)) {
            return true;
        }
        for (JsonNode child : node) {
            if (refers(child)) {
                return true;
            }
        }
        return false;
    }

    private static boolean leadsOut(JsonNode node) {
        if (outward(node)) {
            return true;
        }
        for (JsonNode child : node) {
            if (leadsOut(child)) {
                return true;
            }
        }
        return false;
    }

    private static boolean outward(JsonNode node) {
        return References.isReference(node) && !node.path("$ref").textValue().startsWith("#");
    }

    private void find(Place place, Deque<Document> waiting) {
        if (outward(place.node())) {
            try {
                Place found =
                        references.resolve(place, place.node().path("$ref").textValue());
                if (!found.document().is(place.document())) {
                    links.put(place.node(), found.node());
                    entries.put(found.node(), found.document());
                    waiting.add(found.document());
                }
            } catch (Unreadable nowhere) {
                return;
            }
        }
        for (Place child : place.node().isArray() ? place.elements() : place.members()) {
            if (child.node().isContainerNode()) {
                find(child, waiting);
            }
        }
    }
}
