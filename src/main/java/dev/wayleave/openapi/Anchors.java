package dev.wayleave.openapi;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The names that schemas of one document give themselves with {@code $id} and {@code $anchor} (JSON Schema 2020-12 §8.2). */
final class Anchors {
    private static final String NO_BASE = "";

    private final Map<String, Place> byId = new HashMap<>();
    private final Map<String, Place> byAnchor = new HashMap<>();
    private final Map<String, Integer> dynamic = new HashMap<>();
    private final IdentityHashMap<JsonNode, String> bases = new IdentityHashMap<>();

    Anchors(Document document) {
        if (mentionsAny(document.root())) {
            collect(Place.rootOf(document), NO_BASE);
        }
    }

    /** Most documents have none, and need no second look. */
    private static boolean mentionsAny(JsonNode node) {
        if (node.isObject() && (node.has("$id") || node.has("$anchor") || node.has("$dynamicAnchor"))) {
            return true;
        }
        for (JsonNode child : node) {
            if (child.isContainerNode() && mentionsAny(child)) {
                return true;
            }
        }
        return false;
    }

    /** The schema resource whose absolute URI that is. */
    @Nullable
    Place resource(String uri) {
        return byId.get(uri);
    }

    /** The anchor of that name in the resource around a place. */
    @Nullable
    Place anchor(Place from, String name) {
        Place inResource = byAnchor.get(baseOf(from) + "#" + name);
        return inResource != null ? inResource : byAnchor.get("#" + name);
    }

    /** Whether more than one schema answers to that dynamic anchor, so that it takes an instance to know which is meant. */
    boolean isAmbiguous(String name) {
        return dynamic.getOrDefault(name, 0) > 1;
    }

    /** The nearest place around, or at, this one that has an {@code $id}. */
    @Nullable
    Place resourceAround(Place place) {
        for (Place at = place; at != null; at = at.parent()) {
            if (bases.containsKey(at.node())) {
                return at;
            }
        }
        return null;
    }

    String baseOf(Place place) {
        Place resource = resourceAround(place);
        return resource == null ? NO_BASE : bases.getOrDefault(resource.node(), NO_BASE);
    }

    private void collect(Place place, String base) {
        JsonNode node = place.node();
        String inner = node.isObject() ? named(place, base) : base;
        for (Place child : node.isObject() ? place.members() : place.elements()) {
            if (child.node().isContainerNode()) {
                collect(child, inner);
            }
        }
    }

    private String named(Place place, String base) {
        JsonNode node = place.node();
        String inner = base;
        if (node.path("$id").isTextual()) {
            inner = resolved(base, node.path("$id").textValue());
            byId.putIfAbsent(inner, place);
            bases.put(node, inner);
        }
        if (node.path("$anchor").isTextual()) {
            byAnchor.putIfAbsent(inner + "#" + node.path("$anchor").textValue(), place);
        }
        if (node.path("$dynamicAnchor").isTextual()) {
            String name = node.path("$dynamicAnchor").textValue();
            byAnchor.putIfAbsent(inner + "#" + name, place);
            dynamic.merge(name, 1, Integer::sum);
        }
        return inner;
    }

    /** A reference against a base, without its fragment; as it stands where either is no URI. */
    static String resolved(String base, String reference) {
        int hash = reference.indexOf('#');
        String withoutFragment = hash < 0 ? reference : reference.substring(0, hash);
        try {
            return base.isEmpty()
                    ? withoutFragment
                    : URI.create(base).resolve(withoutFragment).toString();
        } catch (IllegalArgumentException notAUri) {
            return withoutFragment;
        }
    }
}
