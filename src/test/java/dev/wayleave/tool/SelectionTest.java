package dev.wayleave.tool;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wayleave.openapi.ApiDescription;
import dev.wayleave.openapi.DocumentException;
import dev.wayleave.openapi.OpenApiReader;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which operations the configuration chooses. */
class SelectionTest {
    @ParameterizedTest
    @CsvSource(
            delimiterString = " | ",
            quoteCharacter = '`',
            value = {
                "operations=getA | get_a",
                "operations=GET /v1/b/{id} | get_b",
                "operations=getA, operations=get /v1/b/{id} | get_a get_b",
                "tags=red | get_a post_a",
                "tags=red, operations=getB | get_a post_a get_b",
                "tags=red, methods=get | get_a",
                "paths=/v1/** | get_a post_a get_b",
                "paths=/v1/* | get_a post_a",
                "paths=/v1/b/{id} | get_b",
                "methods=POST | post_a",
                "paths=**c | get_c",
                "tags=blue | ``",
            })
    void anAllowListChooses(String lists, String expected) throws DocumentException {
        ApiDescription api = OpenApiReader.read("api.yaml", """
                openapi: 3.1.0
                info: {title: T, version: "1"}
                paths:
                  /v1/a: {get: {operationId: getA, tags: [red]}, post: {operationId: postA, tags: [red]}}
                  /v1/b/{id}: {get: {operationId: getB, parameters: [{name: id, in: path, required: true, schema: {type: string}}]}}
                  /c: {get: {operationId: getC}}
                """.getBytes(StandardCharsets.UTF_8));
        Selection selection = new Selection(
                "expose", of("operations", lists), of("tags", lists), of("paths", lists), of("methods", lists));
        Catalog catalog = Catalog.of(api, selection, "Authorization");
        assertThat(String.join(" ", catalog.tools().stream().map(Tool::name).toList()))
                .isEqualTo(expected);
        assertThat(catalog.findings().toString().contains("names nothing")).isEqualTo(lists.contains("blue"));
    }

    private static List<String> of(String key, String lists) {
        return List.of(lists.split(", ", -1)).stream()
                .filter(part -> part.startsWith(key + "="))
                .map(part -> part.substring(key.length() + 1))
                .toList();
    }
}
