package dev.wayleave.workflow;

import com.fasterxml.jackson.databind.JsonNode;
import dev.wayleave.openapi.Place;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** One object of a document, read key by key; {@link #end} then refuses the keys that nobody asked for. */
final class Fields {
    private final Place place;
    private final Set<String> asked = new TreeSet<>();

    Fields(Place place, String what) throws InvalidWorkflow {
        this.place = place;
        if (!place.node().isObject()) {
            throw new InvalidWorkflow(place, what + " is an object");
        }
    }

    Place place() {
        return place;
    }

    Place member(String key) {
        asked.add(key);
        return place.member(key);
    }

    boolean has(String key) {
        return member(key).exists();
    }

    @Nullable
    String text(String key) throws InvalidWorkflow {
        Place member = member(key);
        if (member.exists() && !member.node().isTextual()) {
            throw new InvalidWorkflow(member, "`" + key + "` is text");
        }
        return member.exists() ? member.node().textValue() : null;
    }

    String required(String key) throws InvalidWorkflow {
        String text = text(key);
        if (text == null || text.isBlank()) {
            throw new InvalidWorkflow(member(key), "`" + key + "` is missing");
        }
        return text;
    }

    /** One that can be part of an expression. */
    String id(String key) throws InvalidWorkflow {
        String id = required(key);
        if (!id.matches("[A-Za-z0-9_-]{1,64}")) {
            throw new InvalidWorkflow(member(key), "`" + key + "` is 1 to 64 of A-Z, a-z, 0-9, _ and -");
        }
        return id;
    }

    /** A number that is not negative; the other where there is none. */
    long number(String key, long otherwise, long most) throws InvalidWorkflow {
        Place member = member(key);
        JsonNode number = member.node();
        if (!member.exists()) {
            return otherwise;
        }
        if (!number.isIntegralNumber() || number.decimalValue().signum() < 0 || number.longValue() > most) {
            throw new InvalidWorkflow(member, "`" + key + "` is a whole number from 0 to " + most);
        }
        return number.longValue();
    }

    /** The elements; none where there is no such list. */
    List<Place> list(String key, int most) throws InvalidWorkflow {
        Place member = member(key);
        if (!member.exists()) {
            return List.of();
        }
        if (!member.node().isArray() || member.node().size() > most) {
            throw new InvalidWorkflow(member, "`" + key + "` is a list of at most " + most);
        }
        return member.elements();
    }

    /** The members of an object, whose names can be part of an expression; none where there is no such object. */
    List<Place> named(String key) throws InvalidWorkflow {
        Place member = member(key);
        if (!member.exists()) {
            return List.of();
        }
        new Fields(member, "`" + key + "`");
        for (Place one : member.members()) {
            if (!one.token().matches("[A-Za-z0-9._-]{1,100}")) {
                throw new InvalidWorkflow(one, "is a name of A-Z, a-z, 0-9, ., _ and -");
            }
        }
        return member.members();
    }

    Map<String, JsonNode> extensions() {
        Map<String, JsonNode> extensions = new LinkedHashMap<>();
        for (Place member : place.members()) {
            if (member.token().startsWith("x-")) {
                extensions.put(member.token(), member.located());
            }
        }
        return extensions;
    }

    void end() throws InvalidWorkflow {
        for (Place member : place.members()) {
            if (!asked.contains(member.token()) && !member.token().startsWith("x-")) {
                throw new InvalidWorkflow(
                        member, "`" + member.token() + "` is not known here; the keys are " + String.join(", ", asked));
            }
        }
    }
}
