package dev.wayleave.tool;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wayleave.openapi.DocumentException;
import dev.wayleave.openapi.OpenApiReader;
import java.nio.charset.StandardCharsets;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Schemas that all refer to one another would fill the memory once each tool had its own copy of them. */
class SchemaBudgetTest {
    /** As many operations as schemas, each of which leads to all. */
    private static Catalog clique(int schemas, int members) throws DocumentException {
        String paths = each(
                schemas,
                i -> "\"/p" + i + "\":{\"post\":{\"requestBody\":{\"content\":{\"application/json\":{\"schema\":"
                        + "{\"$ref\":\"#/components/schemas/S" + i
                        + "\"}}}},\"responses\":{\"200\":{\"description\":\"ok\"}}}}");
        String all = each(
                schemas,
                i -> "\"S" + i + "\":{\"type\":\"object\",\"properties\":{"
                        + each(
                                members,
                                j -> "\"p" + j + "\":{\"$ref\":\"#/components/schemas/S" + (j % schemas) + "\"}")
                        + "}}");
        String document = "{\"openapi\":\"3.1.0\",\"info\":{\"title\":\"T\",\"version\":\"1\"},\"paths\":{" + paths
                + ",\"/ok\":{\"get\":{\"responses\":{\"200\":{\"description\":\"ok\"}}}}},\"components\":{\"schemas\":{"
                + all + "}}}";
        return Catalog.of(OpenApiReader.read("test.json", document.getBytes(StandardCharsets.UTF_8)));
    }

    private static String each(int count, IntFunction<String> one) {
        return IntStream.range(0, count).mapToObj(one).collect(Collectors.joining(","));
    }

    @ParameterizedTest
    @CsvSource({"60, 1000, no client takes, 1", "50, 800, the tools before it take all the room, 20"})
    void schemasThatAllReferToOneAnotherDoNotFillTheMemory(int schemas, int members, String told, int most)
            throws DocumentException {
        Catalog catalog = clique(schemas, members);

        assertThat(catalog.tools())
                .hasSizeBetween(1, most)
                .anyMatch(tool -> tool.name().equals("get_ok"));
        assertThat(catalog.findings().toString()).contains(told);
    }

    @Test
    void whatIsLargeAndNotVastIsATool() throws DocumentException {
        assertThat(clique(2, 10_000).tools()).hasSize(3);
    }
}
