package dev.wayleave.openapi;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The names that schemas of one document give themselves with {@code $id} and {@code $anchor} (JSON Schema 2020-12 §8.2). */
final class Anchors {
    private static final String NO_BASE = "";
    private static final int MOST_OF_A_NAME = 100;

    private final Map<String, Place> byId = new HashMap<>();
    private final Map<String, List<Place>> byAnchor = new HashMap<>();
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

    /**
     * The anchor of that name in a resource; where several schemas of a description call themselves so, the nearest.
     *
     * @param from where it is referred to
     */
    @Nullable
    Place anchor(Place resource, Place from, String name) {
        List<Place> inResource = byAnchor.get(baseOf(resource) + "#" + name);
        List<Place> found = inResource != null ? inResource : byAnchor.getOrDefault("#" + name, List.of());
        return found.size() < 2 ? found.stream().findFirst().orElse(null) : nearest(found, from);
    }

    private static Place nearest(List<Place> places, Place from) {
        IdentityHashMap<JsonNode, Boolean> around = new IdentityHashMap<>();
        for (Place at = from; at != null; at = at.parent()) {
            around.put(at.node(), true);
        }
        Place nearest = places.getFirst();
        int most = -1;
        for (Place place : places) {
            int shared = 0;
            for (Place at = place; at != null; at = at.parent()) {
                shared += around.containsKey(at.node()) ? 1 : 0;
            }
            if (shared > most) {
                nearest = place;
                most = shared;
            }
        }
        return nearest;
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
            add(inner + "#" + node.path("$anchor").textValue(), place);
        }
        if (node.path("$dynamicAnchor").isTextual()) {
            String name = node.path("$dynamicAnchor").textValue();
            add(inner + "#" + name, place);
            dynamic.merge(name, 1, Integer::sum);
        }
        return inner;
    }

    private void add(String name, Place place) {
        List<Place> places = byAnchor.computeIfAbsent(name, first -> new ArrayList<>(1));
        if (places.size() < MOST_OF_A_NAME) {
            places.add(place);
        }
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
