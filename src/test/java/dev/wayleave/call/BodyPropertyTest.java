package dev.wayleave.call;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Nested bodies arrive as they were given, and arguments that break one rule of any kind are not sent. */
class BodyPropertyTest {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
    private static final String[] TEXTS = {
        "", "é", "e\u0301", "\u05d0\u202e", "😀", "a/../b", ".", "\"\\\n\u0000", "null", "5", "{}"
    };
    private Random random = new Random();

    static LongStream seeds() {
        return LongStream.of(2020, 12, Long.getLong("wayleave.seed", System.nanoTime()));
    }

    /** A schema and a value that fits it. */
    private record Generated(ObjectNode schema, JsonNode value) {}

    @ParameterizedTest
    @MethodSource("seeds")
    void aNestedBodyArrivesAsItWasGiven(long seed) throws JsonProcessingException {
        System.out.println("bodies: seed " + seed);
        random = new Random(seed);
        for (int n = 0; n < 40; n++) {
            Generated body = generate(3);
            try (Mounted api = Mounted.operation(
                    "3.1.0",
                    "post",
                    "/a",
                    "requestBody: {required: true, content: {application/json: {schema: {type: object, required: [v], "
                            + "properties: {v: " + body.schema() + "}}}}}\n")) {
                ObjectNode arguments = JSON.objectNode().set("v", body.value());
                assertThat(Mounted.JSON.readTree(api.sent(arguments.toString()).body()))
                        .as("seed %s: %s", seed, body)
                        .isEqualTo(arguments);
                assertThat(api.sent(arguments.toString()).target()).isEqualTo("/a");
                if (body.value().isObject()) {
                    api.refused("{\"v\":[" + body.value() + "]}");
                    api.refused(JSON.objectNode()
                            .set("v", ((ObjectNode) body.value().deepCopy()).put("unknown", 1))
                            .toString());
                }
            }
        }
    }

    private Generated generate(int depth) {
        return switch (random.nextInt(depth == 0 ? 5 : 8)) {
            case 0 -> new Generated(type("string"), JSON.textNode(TEXTS[random.nextInt(TEXTS.length)]));
            case 1 -> new Generated(type("integer"), JSON.numberNode(random.nextInt()));
            case 2 -> new Generated(type("number"), JSON.numberNode(new BigDecimal(random.nextInt()).movePointLeft(2)));
            case 3 -> new Generated(type("boolean"), JSON.booleanNode(random.nextBoolean()));
            case 4 -> {
                ObjectNode schema = JSON.objectNode();
                schema.putArray("type").add("string").add("null");
                yield new Generated(schema, JSON.nullNode());
            }
            case 5 -> {
                Generated item = generate(depth - 1);
                ArrayNode value = JSON.arrayNode();
                for (int i = random.nextInt(3); i > 0; i--) {
                    value.add(item.value());
                }
                yield new Generated(type("array").set("items", item.schema()), value);
            }
            default -> {
                ObjectNode schema = type("object").put("additionalProperties", false);
                ObjectNode value = JSON.objectNode();
                for (int i = random.nextInt(4); i > 0; i--) {
                    Generated member = generate(depth - 1);
                    schema.withObject("/properties").set("m" + i, member.schema());
                    if (random.nextInt(4) > 0) {
                        value.set("m" + i, member.value());
                    }
                }
                yield new Generated(schema, value);
            }
        };
    }

    private static ObjectNode type(String type) {
        return JSON.objectNode().put("type", type);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{type: integer} | \"x\"",
                "{type: integer} | 1.5",
                "{type: integer} | null",
                "{type: integer, minimum: 3} | 2",
                "{type: integer, maximum: 3} | 4",
                "{type: string, minLength: 2} | \"😀\"",
                "{type: string, maxLength: 2} | \"abc\"",
                "{type: string, enum: [a, b]} | \"A\"",
                "{type: string, pattern: '^[a-z]+$'} | \"a1\"",
                "{type: string, format: date} | \"2026-02-30\"",
                "{type: string, format: uuid} | \"x\"",
                "{type: string} | [\"a\"]",
                "{type: array, items: {type: string}} | [1]",
                "{type: array, items: {type: string}, maxItems: 1} | [\"a\",\"b\"]",
                "{type: object, required: [a], properties: {a: {type: string}}} | {}",
                "{type: object, additionalProperties: false, properties: {a: {type: string}}} | {\"b\":1}",
                "{type: object, properties: {a: {type: object, properties: {b: {type: integer}}}}} | {\"a\":{\"b\":\"x\"}}",
            })
    void whatBreaksARuleIsSentFromNoPlace(String schema, String value) {
        for (String in : new String[] {"path", "query", "header", "cookie"}) {
            String path = in.equals("path") ? "/a/{v}" : "/a";
            try (Mounted api = Mounted.operation(
                    "3.2.0",
                    "get",
                    path,
                    "parameters:\n  - {name: v, in: " + in + ", required: true, schema: " + schema + "}\n")) {
                assertThat(api.refused("{\"v\":" + value + "}")).contains("argument v");
                assertThat(api.refused("{}")).contains("argument v: is missing");
            }
        }
        for (String type :
                new String[] {"application/json", "application/x-www-form-urlencoded", "multipart/form-data"}) {
            try (Mounted api = Mounted.operation(
                    "3.2.0",
                    "post",
                    "/a",
                    "requestBody: {required: true, content: {" + type
                            + ": {schema: {type: object, required: [v], properties: {v: " + schema + "}}}}}\n")) {
                assertThat(api.refused("{\"v\":" + value + "}")).contains("argument v");
                assertThat(api.refused("{}")).contains("argument v: is missing");
            }
        }
    }
}
