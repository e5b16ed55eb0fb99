package dev.wayleave.caller;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** JSON that everyone reads alike: UTF-8, one object, no duplicate members, shallow, with numbers of bounded length. */
public final class StrictJson {
    private static final JsonMapper MAPPER = JsonMapper.builder(JsonFactory.builder()
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNestingDepth(32)
                            .maxNumberLength(64)
                            .build())
                    .build())
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
            .build();

    private StrictJson() {}

    /** One object; the exception's text may quote the input. */
    public static ObjectNode object(byte[] utf8) throws IOException {
        // Jackson would guess UTF-16 and UTF-32, and forgive bad UTF-8.
        String text = StandardCharsets.UTF_8
                .newDecoder()
                .decode(ByteBuffer.wrap(utf8))
                .toString();
        try {
            if (MAPPER.readTree(text) instanceof ObjectNode object) {
                return object;
            }
        } catch (ArithmeticException | NumberFormatException e) {
            throw new IOException("a number beyond all bounds", e);
        }
        throw new IOException("not an object");
    }

    /** The members as plain unmodifiable values, without those that are null. */
    static Map<String, Object> values(ObjectNode object) {
        Map<String, Object> values = new LinkedHashMap<>();
        object.properties().forEach(member -> {
            if (!member.getValue().isNull()) {
                values.put(member.getKey(), value(member.getValue()));
            }
        });
        return Map.copyOf(values);
    }

    private static Object value(JsonNode node) {
        if (node instanceof ObjectNode object) {
            return values(object);
        }
        if (node.isArray()) {
            List<Object> values = new ArrayList<>();
            node.forEach(element -> {
                if (!element.isNull()) {
                    values.add(value(element));
                }
            });
            return List.copyOf(values);
        }
        if (node.isNumber()) {
            return node.numberValue();
        }
        return node.isBoolean() ? (Object) node.booleanValue() : node.textValue();
    }
}
