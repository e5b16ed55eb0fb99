package dev.wayleave.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The members of a JSON object, each read with its type; whatever else it holds is refused with 400.
 *
 * @param at where the object stands, such as {@code seed.}; empty for the body itself
 */
record JsonFields(ObjectNode object, String at) {
    /** Refuses members other than these. */
    static JsonFields of(ObjectNode object, String at, Set<String> known) {
        for (Map.Entry<String, JsonNode> member : object.properties()) {
            if (!known.contains(member.getKey())) {
                throw Refused.badRequest("unknown field " + at + member.getKey());
            }
        }
        return new JsonFields(object, at);
    }

    boolean has(String name) {
        return object.has(name);
    }

    String text(String name) {
        String text = optionalText(name);
        if (text == null) {
            throw Refused.badRequest(at + name + " is required");
        }
        return text;
    }

    @Nullable
    String optionalText(String name) {
        JsonNode value = object.get(name);
        if (value == null || value.isNull()) {
            return null;
        }
        if (!value.isTextual()) {
            throw Refused.badRequest(at + name + " must be a string");
        }
        return value.textValue();
    }

    @Nullable
    Boolean optionalFlag(String name) {
        JsonNode value = object.get(name);
        if (value == null || value.isNull()) {
            return null;
        }
        if (!value.isBoolean()) {
            throw Refused.badRequest(at + name + " must be true or false");
        }
        return value.booleanValue();
    }

    /** Null where there is none, which differs from an empty list. */
    @Nullable
    List<String> optionalTexts(String name, int most) {
        JsonNode value = object.get(name);
        if (value == null || value.isNull()) {
            return null;
        }
        if (!value.isArray() || value.size() > most) {
            throw Refused.badRequest(at + name + " must be an array of at most " + most + " strings");
        }
        List<String> texts = new ArrayList<>();
        for (JsonNode element : value) {
            if (!element.isTextual()) {
                throw Refused.badRequest(at + name + " must hold strings only");
            }
            texts.add(element.textValue());
        }
        return texts;
    }

    /** Null where there is none. */
    @Nullable
    JsonFields optionalObject(String name, Set<String> known) {
        JsonNode value = object.get(name);
        if (value == null || value.isNull()) {
            return null;
        }
        if (value instanceof ObjectNode inner) {
            return of(inner, at + name + ".", known);
        }
        throw Refused.badRequest(at + name + " must be an object");
    }
}
