package dev.wayleave.call;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.Error;
import com.networknt.schema.Schema;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Heals arguments in which a model wrote JSON as a string: an object, an array, a number or a boolean in quotes, where the
 * schema wants the thing itself and does not accept the string.
 */
final class StringifiedJson {
    /** A string within a healed string may need it too. */
    private static final int ROUNDS = 3;

    /** Rules that say what kind of value it is. */
    private static final Set<String> KINDS = Set.of("type", "enum", "const");

    private static final ObjectMapper JSON = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
            .build();
    private final Schema schema;

    StringifiedJson(Schema schema) {
        this.schema = schema;
    }

    /** The arguments with all in place that can be healed; what cannot is as it was. */
    ObjectNode heal(ObjectNode given, List<Error> errors) {
        ObjectNode healed = given.deepCopy();
        List<Error> left = errors;
        for (int round = 0; round < ROUNDS && !left.isEmpty(); round++) {
            boolean changed = false;
            for (String place : strings(healed, left)) {
                changed |= replaced(healed, JsonPointer.compile(place));
            }
            if (!changed) {
                return healed;
            }
            left = schema.validate(healed);
        }
        return healed;
    }

    /** Where a string stands that is of the wrong type, or none of the values that are allowed. */
    private static Set<String> strings(ObjectNode arguments, List<Error> errors) {
        Set<String> places = new LinkedHashSet<>();
        for (Error error : errors) {
            String place = error.getInstanceLocation().toString();
            if (KINDS.contains(error.getKeyword())
                    && !place.isEmpty()
                    && arguments.at(place).isTextual()) {
                places.add(place);
            }
        }
        return places;
    }

    /** Puts what a string says in its place, where that is more of what the schema wants, be it by one of its choices. */
    private boolean replaced(ObjectNode arguments, JsonPointer place) {
        JsonNode string = arguments.at(place);
        JsonNode said = parsed(string.textValue());
        if (said == null || said.isTextual()) {
            return false;
        }
        long wrong = wrong(arguments, place);
        put(arguments, place, said);
        boolean better = wrong(arguments, place) < wrong;
        if (!better) {
            put(arguments, place, string);
        }
        return better;
    }

    private long wrong(ObjectNode arguments, JsonPointer place) {
        return schema.validate(arguments).stream()
                .filter(error -> KINDS.contains(error.getKeyword())
                        && error.getInstanceLocation().toString().equals(place.toString()))
                .count();
    }

    private static void put(ObjectNode root, JsonPointer place, JsonNode value) {
        JsonNode parent = root.at(place.head());
        if (parent instanceof ObjectNode object) {
            object.set(place.last().getMatchingProperty(), value);
        } else if (parent instanceof ArrayNode array) {
            array.set(place.last().getMatchingIndex(), value);
        }
    }

    private static @Nullable JsonNode parsed(@Nullable String text) {
        try {
            return text == null ? null : JSON.readTree(text);
        } catch (JsonProcessingException e) {
            return null;
        }
    }
}
