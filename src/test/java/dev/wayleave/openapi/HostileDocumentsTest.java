package dev.wayleave.openapi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Documents made to exhaust a reader end as operations or as one clear exception, soon, on a small stack. */
class HostileDocumentsTest {
    private static final Duration SOON = Duration.ofSeconds(20);
    private static final long SMALL_STACK = 512 << 10;

    static Stream<Arguments> documents() {
        return Stream.of(
                of(
                        "lists 10,000 deep",
                        "{\"openapi\":\"3.1.0\",\"x\":" + "[".repeat(10_000) + "]".repeat(10_000) + "}"),
                of("YAML lists 10,000 deep", "openapi: 3.1.0\nx: " + "[".repeat(10_000) + "]".repeat(10_000)),
                of(
                        "YAML mappings 2,000 deep",
                        IntStream.range(0, 2_000)
                                .mapToObj(i -> " ".repeat(i) + "a:\n")
                                .collect(Collectors.joining("", "openapi: 3.1.0\n", ""))),
                of("schemas 240 deep", schema("{\"properties\":{\"a\":".repeat(120) + "{}" + "}}".repeat(120), "")),
                of("10^6 enum values", schema("{\"enum\":[" + each(1_000_000, i -> "\"v" + i + "\"") + "]}", "")),
                of(
                        "100,000 properties",
                        schema("{\"properties\":{" + each(100_000, i -> "\"p" + i + "\":{}") + "}}", "")),
                of("a chain of 10,000 references", chain(i -> "{\"$ref\":\"#/components/schemas/S" + (i + 1) + "\"}")),
                of(
                        "a chain of 10,000 properties",
                        chain(i -> "{\"properties\":{\"a\":{\"$ref\":\"#/components/schemas/S" + (i + 1) + "\"}}}")),
                of(
                        "a chain of 10,000 allOf",
                        chain(i -> "{\"allOf\":[{\"$ref\":\"#/components/schemas/S" + (i + 1) + "\"}]}")),
                of("2^60 by reference", chain(i -> {
                    String next = "{\"$ref\":\"#/components/schemas/S" + (i + 1) + "\"}";
                    return "{\"properties\":{\"a\":" + next + ",\"b\":" + next + "}}";
                })),
                of("2^60 by allOf around a loop", schema("{\"$ref\":\"#/components/schemas/L0\"}", each(200, i -> {
                    String next = "{\"$ref\":\"#/components/schemas/L" + (i + 1) % 200 + "\"}";
                    return "\"L" + i + "\":{\"allOf\":[" + next + ",{\"allOf\":[" + next + "]}]}";
                }))),
                of("a ring of 10,000 schemas, each used", ring(10_000)),
                of(
                        "400 schemas, each referring to all",
                        schema(
                                "{\"$ref\":\"#/components/schemas/M0\"}",
                                each(
                                        400,
                                        i -> "\"M" + i + "\":{\"properties\":{"
                                                + each(
                                                        400,
                                                        j -> "\"p" + j + "\":{\"$ref\":\"#/components/schemas/M" + j
                                                                + "\"}")
                                                + "}}"))),
                of(
                        "300 bases, each of all",
                        schema(
                                "{\"$ref\":\"#/components/schemas/M0\"}",
                                each(
                                        300,
                                        i -> "\"M" + i + "\":{\"properties\":{\"p" + i
                                                + "\":{\"readOnly\":true}},\"required\":[\"p\"],\"allOf\":["
                                                + each(300, j -> "{\"$ref\":\"#/components/schemas/M" + j + "\"}")
                                                + "]}"))),
                of(
                        "a schema that is itself",
                        schema("{\"$ref\":\"#/components/schemas/A\"}", "\"A\":{\"$ref\":\"#/components/schemas/A\"}")),
                of(
                        "two schemas that are each other",
                        schema(
                                "{\"$ref\":\"#/components/schemas/A\"}",
                                "\"A\":{\"$ref\":\"#/components/schemas/B\"},\"B\":{\"$ref\":\"#/components/schemas/A\"}")),
                of(
                        "an alias bomb",
                        "openapi: 3.1.0\nx0: &x0 [a,a,a,a,a,a,a,a,a]\n"
                                + IntStream.range(1, 30)
                                        .mapToObj(i ->
                                                "x" + i + ": &x" + i + " [" + ("*x" + (i - 1) + ",").repeat(9) + "]\n")
                                        .collect(Collectors.joining())),
                of(
                        "aliases nested 10,000 deep",
                        "openapi: 3.1.0\nx0: &x0 []\n"
                                + IntStream.range(1, 10_000)
                                        .mapToObj(i -> "x" + i + ": &x" + i + " [*x" + (i - 1) + "]\n")
                                        .collect(Collectors.joining())),
                of("an alias of itself", "openapi: 3.1.0\nx: &x [*x]\n"),
                of(
                        "a number of a billion digits",
                        schema("{\"multipleOf\":1e-1000000000,\"maxLength\":1e999999999}", "")),
                of("a number of a thousand digits", schema("{\"minimum\":1e" + "9".repeat(999) + "}", "")),
                of(
                        "NUL and RTL",
                        "{\"openapi\":\"3.1.0\",\"paths\":{\"/a\\u0000\\u202e\":{\"get\":{}}, \"/b\":{\"get\":{"
                                + "\"operationId\":\"\\u0000\\u202e\",\"parameters\":[{\"in\":\"query\",\"name\":\"\\u0000\"}]}}}}"),
                of(
                        "prototypes",
                        schema(
                                "{\"$ref\":\"#/components/schemas/__proto__\"}",
                                "\"__proto__\":{\"properties\":{\"__proto__\":{\"$ref\":\"#/components/schemas/__proto__\"},"
                                        + "\"constructor\":{\"$ref\":\"#/components/schemas/constructor\"}}},"
                                        + "\"constructor\":{\"items\":{\"$ref\":\"#/components/schemas/constructor\"}}")),
                of(
                        "100,000 wrong keywords",
                        schema(
                                "{\"properties\":{" + each(100_000, i -> "\"p" + i + "\":{\"type\":\"any\"}") + "}}",
                                "")),
                of(
                        "100,000 wrong operations",
                        "{\"openapi\":\"3.1.0\",\"paths\":{"
                                + each(100_000, i -> "\"/" + i + "\":{\"get\":{\"security\":[{\"none\":[]}]}}") + "}}"),
                of(
                        "a pattern of 100,000 groups",
                        schema("{\"pattern\":\"" + "(".repeat(100_000) + ")".repeat(100_000) + "\"}", "")));
    }

    @ParameterizedTest
    @MethodSource("documents")
    void endSoonInOneOfTwoWays(String text) throws InterruptedException {
        AtomicReference<Throwable> bug = new AtomicReference<>();
        Thread reader = new Thread(
                null,
                () -> {
                    try {
                        ApiDescription read = OpenApiReader.read("hostile", text.getBytes(StandardCharsets.UTF_8));
                        long nodes = 0;
                        for (Schema schema :
                                Validity.schemas(read).stream().limit(20).toList()) {
                            nodes += size(Validity.whole(schema));
                        }
                        assertThat(nodes).isLessThan(20_000_000);
                    } catch (DocumentException clear) {
                        assertThat(clear).hasMessageStartingWith("hostile").hasMessageMatching("(?s).{10,500}");
                    }
                },
                "reader",
                SMALL_STACK);
        reader.setUncaughtExceptionHandler((thread, failure) -> bug.set(failure));
        reader.start();
        reader.join(SOON);
        assertThat(reader.isAlive()).as("still reading").isFalse();
        assertThat(bug.get()).isNull();
    }

    @Test
    void anOperationOfManyDefinitionsSharesThemWithTheNext() throws DocumentException {
        ApiDescription read = OpenApiReader.read("ring", ring(2_000).getBytes(StandardCharsets.UTF_8));
        assertThat(read.operations()).hasSize(2_000);
        assertThat(read.operations().get(7).parameters().getFirst().schema().definitions())
                .hasSize(2_000)
                .isSameAs(read.operations()
                        .get(8)
                        .parameters()
                        .getFirst()
                        .schema()
                        .definitions());
    }

    private static int size(JsonNode node) {
        int size = 1;
        for (JsonNode child : node) {
            size += size(child);
        }
        return size;
    }

    private static Arguments of(String name, String text) {
        return arguments(Named.of(name, text));
    }

    private static String each(int count, IntFunction<String> item) {
        return IntStream.range(0, count).mapToObj(item).collect(Collectors.joining(","));
    }

    private static String schema(String schema, String components) {
        return "{\"openapi\":\"3.1.0\",\"paths\":{\"/a\":{\"get\":{\"parameters\":[{\"in\":\"query\",\"name\":\"q\",\"schema\":"
                + schema + "}]}}},\"components\":{\"schemas\":{" + components + "}}}";
    }

    private static String chain(IntFunction<String> link) {
        return schema(
                "{\"$ref\":\"#/components/schemas/S0\"}",
                each(10_000, i -> "\"S" + i + "\":" + link.apply(i)) + ",\"S10000\":{\"type\":\"string\"}");
    }

    private static String ring(int schemas) {
        return "{\"openapi\":\"3.0.0\",\"paths\":{"
                + each(
                        schemas,
                        i -> "\"/" + i + "\":{\"get\":{\"parameters\":[{\"in\":\"query\",\"name\":\"q\",\"schema\":"
                                + "{\"type\":\"array\",\"items\":{\"$ref\":\"#/components/schemas/R" + i + "\"}}}]}}")
                + "},\"components\":{\"schemas\":{"
                + each(
                        schemas,
                        i -> "\"R" + i + "\":{\"properties\":{\"next\":{\"$ref\":\"#/components/schemas/R"
                                + (i + 1) % schemas + "\"}}}")
                + "}}}";
    }
}
