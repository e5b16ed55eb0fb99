package dev.wayleave.tool;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.wayleave.openapi.DocumentException;
import dev.wayleave.openapi.OpenApiReader;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What {@code x-mcp} and the description make of a tool together. */
class CuratedToolTest {
    private static Catalog catalog(String document) throws DocumentException {
        return Catalog.of(OpenApiReader.read("api.yaml", document.getBytes(StandardCharsets.UTF_8)));
    }

    private static Catalog one(String method, String id, String extension, String more) throws DocumentException {
        return catalog("""
                openapi: 3.1.0
                info: {title: T, version: "1"}
                paths:
                  /a:
                    %s:
                      operationId: %s
                      x-mcp: %s
                      %s
                """.formatted(method, id, extension, more));
    }

    @ParameterizedTest
    @CsvSource(
            delimiterString = " | ",
            quoteCharacter = '`',
            value = {
                // reads, destroys, the finding
                "post | removeAll | {} | false | true | ``",
                "post | removeAll | {annotations: {destructiveHint: false}} | false | false | ``",
                "post | cancelOrder | {annotations: {destructiveHint: false}} | false | false | ``",
                "post | cancelOrder | {idempotent: true} | false | true | ``",
                "post | removeAll | {safe: true} | false | true | says that it removes",
                "post | removeAll | {safe: true, annotations: {destructiveHint: false}} | false | false | says that it removes",
                "get | deletePet | {} | false | true | ``",
                "get | deletePet | {annotations: {readOnlyHint: true, destructiveHint: false}} | false | true | says that it removes",
                "put | setPet | {annotations: {destructiveHint: false}} | false | false | ``",
                "put | wipePet | {annotations: {destructiveHint: false}} | false | true | ``",
            })
    void whatTakesAwayIsNotHarmless(
            String method, String id, String extension, boolean reads, boolean destroys, String finding)
            throws DocumentException {
        Catalog catalog = one(method, id, extension, "responses: {'200': {description: ok}}");
        Annotations hints = catalog.tools().getFirst().annotations();

        assertThat(hints.readOnly()).isEqualTo(reads);
        assertThat(hints.destructive()).isEqualTo(destroys);
        assertThat(catalog.findings().toString()).contains(finding);
        assertThat(catalog.findings().isEmpty()).isEqualTo(finding.isEmpty());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {"{} | true", "{safe: false} | false", "{result: {pointer: /pets}} | false"})
    void anAnswerIsPromisedOnlyWhereItIsPassedOnWholeAndNothingChanged(String extension, boolean promised)
            throws DocumentException {
        Tool tool = one(
                        "get",
                        "a",
                        extension,
                        "responses: {'200': {description: ok, content: {application/json: {schema:"
                                + " {type: object, properties: {b: {type: string, x-mcp: {hidden: true}}}}}}}}")
                .tools()
                .getFirst();

        assertThat(tool.outputSchema() != null).isEqualTo(promised);
        assertThat(ToolJson.of(tool).toString()).doesNotContain("x-mcp");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {"flat | id, id_body, name", "body | id, body"})
    void aBodyInOneTakesNoNameFromOthers(String style, String expected) throws DocumentException {
        Catalog catalog = catalog("""
                openapi: 3.1.0
                info: {title: T, version: "1"}
                x-mcp: {arguments: %s}
                paths:
                  /a/{id}:
                    post:
                      operationId: a
                      parameters: [{name: id, in: path, required: true, schema: {type: string}}]
                      requestBody:
                        required: true
                        content:
                          application/x-www-form-urlencoded:
                            schema: {type: object, properties: {id: {type: string}, name: {type: string, x-mcp: {default: n}}}}
                      responses: {"200": {description: ok}}
                """.formatted(style));
        JsonNode properties = catalog.tools().getFirst().inputSchema().path("properties");

        assertThat(properties.fieldNames()).toIterable().containsExactly(expected.split(", ", -1));
        assertThat(properties.toString()).contains("\"default\":\"n\"").doesNotContain("x-mcp");
    }

    @Test
    void wordsOfItsOwnerHideNothingAndWhatIsNotExposedIsNotTold() throws DocumentException {
        Catalog shown = one(
                "get",
                "a",
                "{title: \"A\\u202e\", description: \"B\\u200b\"}",
                "responses: {'200': {description: ok}}");
        Catalog none = one("get", "a", "{expose: false}", "summary: \"a\\u202e\"");

        assertThat(shown.tools().getFirst().title()).isEqualTo("A");
        assertThat(shown.tools().getFirst().description()).isEqualTo("B");
        assertThat(none.tools()).isEmpty();
        assertThat(none.findings().toString()).doesNotContain("hidden characters");
    }

    @Test
    void whatCannotBeKeptYetIsNotPromised() throws DocumentException {
        Catalog catalog = catalog("""
                openapi: 3.1.0
                info: {title: t, version: "1"}
                paths:
                  /a:
                    get: {operationId: cached, x-mcp: {cache: {ttl: 60s}}, responses: {"200": {description: ok}}}
                    delete: {operationId: agreed, x-mcp: {confirm: true}, responses: {"204": {description: ok}}}
                """);

        assertThat(catalog.tools()).extracting(Tool::name).containsExactly("cached");
        assertThat(catalog.findings().toString())
                .contains("x-mcp.cache is not kept yet", "x-mcp.confirm wants a person's agreement");
    }
}
