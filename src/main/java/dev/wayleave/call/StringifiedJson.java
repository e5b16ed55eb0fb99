package dev.wayleave.call;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
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
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Heals arguments in which a model wrote JSON as a string: an object, an array, a number or a boolean in quotes, where the
 * schema wants the thing itself and does not accept the string.
 */
final class StringifiedJson {
    /** A string within a healed string may need it too. */
    private static final int ROUNDS = 3;

    /** As deep as the arguments themselves may be. */
    private static final int DEEPEST = 64;

    /** Rules that say what kind of value it is. */
    private static final Set<String> KINDS = Set.of("type", "enum", "const");

    private static final ObjectMapper JSON = JsonMapper.builder(JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNestingDepth(DEEPEST)
                            .build())
                    .build())
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
            .build();
    private final Schema schema;

    StringifiedJson(Schema schema) {
        this.schema = schema;
    }

    /**
     * The arguments with all in place that can be healed; what cannot is as it was. All strings of a round are tried
     * together, so that what it costs does not grow with the square of their number.
     */
    ObjectNode heal(ObjectNode given, List<Error> errors) {
        ObjectNode healed = given.deepCopy();
        List<Error> left = errors;
        for (int round = 0; round < ROUNDS && !left.isEmpty(); round++) {
            Map<String, Integer> wrong = wrong(left);
            Map<String, JsonNode> tried = tried(healed, wrong.keySet());
            if (tried.isEmpty()) {
                return healed;
            }
            left = schema.validate(healed);
            Map<String, Integer> still = wrong(left);
            boolean reverted = false;
            for (Map.Entry<String, JsonNode> one : tried.entrySet()) {
                if (still.getOrDefault(one.getKey(), 0) >= wrong.getOrDefault(one.getKey(), 0)) {
                    put(healed, JsonPointer.compile(one.getKey()), one.getValue());
                    reverted = true;
                }
            }
            left = reverted ? schema.validate(healed) : left;
        }
        return healed;
    }

    /** How often a value is said to be of the wrong kind, by its place. */
    private static Map<String, Integer> wrong(List<Error> errors) {
        Map<String, Integer> wrong = new LinkedHashMap<>();
        for (Error error : errors) {
            String place = error.getInstanceLocation().toString();
            if (KINDS.contains(error.getKeyword()) && !place.isEmpty()) {
                wrong.merge(place, 1, Integer::sum);
            }
        }
        return wrong;
    }

    /** Puts what strings say in their places; the strings that stood there. */
    private static Map<String, JsonNode> tried(ObjectNode arguments, Set<String> places) {
        Map<String, JsonNode> strings = new LinkedHashMap<>();
        for (String place : places) {
            JsonPointer pointer = JsonPointer.compile(place);
            JsonNode string = arguments.at(pointer);
            JsonNode said = parsed(string.textValue());
            if (said != null && !said.isTextual()) {
                put(arguments, pointer, said);
                strings.put(place, string);
            }
        }
        return strings;
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
