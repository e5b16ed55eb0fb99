package dev.wayleave.call;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Makes a JSON value fit by leaving out the end of its largest array, then of the next; where arrays do not suffice, the
 * end of long texts and of objects. What remains is valid JSON of the same shape.
 */
final class Shortening {
    private static final int ROUNDS = 200;
    private static final int SHORTEST_TEXT = 100;
    private final ObjectNode holder = JsonNodeFactory.instance.objectNode();
    private final int most;
    private final Map<String, String> notes = new LinkedHashMap<>();
    private final Map<String, Integer> lengths = new LinkedHashMap<>();

    /** A value that can be made smaller, and its place. */
    private record Place(JsonNode parent, String name, JsonNode value, String pointer, int bytes) {}

    private Shortening(JsonNode whole, int most) {
        holder.set("", whole.deepCopy());
        this.most = most;
    }

    /** The value that fits, and what was left out. */
    record Shortened(JsonNode value, String note) {}

    static Shortened of(JsonNode whole, int mostBytes) {
        return new Shortening(whole, mostBytes).run();
    }

    private Shortened run() {
        for (int round = 0; round < ROUNDS; round++) {
            int excess = bytes(holder.path("")) - most;
            if (excess <= 0) {
                break;
            }
            Place place = largest();
            if (place == null) {
                break;
            }
            switch (place.value()) {
                case ArrayNode array -> cut(array, place, excess);
                case ObjectNode object -> cut(object, place, excess);
                default -> cut(place, excess);
            }
        }
        return new Shortened(holder.path(""), String.join("; ", notes.values()));
    }

    private @Nullable Place largest() {
        List<Place> places = new ArrayList<>();
        collect(holder, "", holder.path(""), "", places);
        Place best = null;
        for (Place place : places) {
            if (best == null
                    || rank(place) < rank(best)
                    || (rank(place) == rank(best) && place.bytes() > best.bytes())) {
                best = place;
            }
        }
        return best;
    }

    private static int rank(Place place) {
        return place.value().isArray() ? 0 : place.value().isTextual() ? 1 : 2;
    }

    /** Gathers what can be cut; answers with the bytes of the value. */
    private static int collect(JsonNode parent, String name, JsonNode value, String pointer, List<Place> places) {
        if (!value.isContainerNode()) {
            int bytes = bytes(value);
            if (value.isTextual() && bytes > SHORTEST_TEXT * 2) {
                places.add(new Place(parent, name, value, pointer, bytes));
            }
            return bytes;
        }
        int bytes = 2;
        if (value.isArray()) {
            for (int i = 0; i < value.size(); i++) {
                bytes += 1 + collect(value, Integer.toString(i), value.get(i), pointer + "/" + i, places);
            }
        } else {
            for (Map.Entry<String, JsonNode> member : value.properties()) {
                String escaped = member.getKey().replace("~", "~0").replace("/", "~1");
                bytes += 4
                        + member.getKey().length()
                        + collect(value, member.getKey(), member.getValue(), pointer + "/" + escaped, places);
            }
        }
        if (value.size() > 1) {
            places.add(new Place(parent, name, value, pointer, bytes));
        }
        return bytes;
    }

    private void cut(ArrayNode array, Place place, int excess) {
        int all = lengths.computeIfAbsent(place.pointer(), pointer -> array.size());
        int left = excess;
        while (left > 0 && array.size() > 1) {
            left -= bytes(array.get(array.size() - 1)) + 1;
            array.remove(array.size() - 1);
        }
        notes.put(place.pointer(), array.size() + " of " + all + " items" + at(place) + " shown");
    }

    private void cut(ObjectNode object, Place place, int excess) {
        int all = lengths.computeIfAbsent(place.pointer(), pointer -> object.size());
        int left = excess;
        List<String> names = new ArrayList<>();
        object.fieldNames().forEachRemaining(names::add);
        while (left > 0 && names.size() > 1) {
            String last = names.removeLast();
            left -= bytes(object.get(last)) + last.length() + 4;
            object.remove(last);
        }
        notes.put(place.pointer(), object.size() + " of " + all + " members" + at(place) + " shown");
    }

    private void cut(Place place, int excess) {
        String text = place.value().asText();
        int all = lengths.computeIfAbsent(place.pointer(), pointer -> text.length());
        int end = Math.max(SHORTEST_TEXT, text.length() - excess - 3);
        int cut = Character.isHighSurrogate(text.charAt(end - 1)) ? end - 1 : end;
        JsonNode shorter = TextNode.valueOf(text.substring(0, cut) + "…");
        if (place.parent() instanceof ArrayNode array) {
            array.set(Integer.parseInt(place.name()), shorter);
        } else if (place.parent() instanceof ObjectNode object) {
            object.set(place.name(), shorter);
        }
        notes.put(place.pointer(), cut + " of " + all + " characters" + at(place) + " shown");
    }

    private static String at(Place place) {
        return place.pointer().isEmpty() ? "" : " of " + place.pointer();
    }

    static int bytes(JsonNode value) {
        return value.toString().getBytes(StandardCharsets.UTF_8).length;
    }
}
