package dev.wayleave.tool;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.wayleave.openapi.DocumentException;
import dev.wayleave.openapi.Finding;
import dev.wayleave.openapi.OpenApiReader;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

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

    record Said(String key, String text, String shown, String lost) {}

    static List<Said> said() {
        return List.of(
                new Said("title", "Get **it**", "Get it", ""),
                new Said("title", "A\u202e", "A", "without hidden characters"),
                new Said("title", "First\nSecond", "First", "beyond 100 characters"),
                new Said("title", "<!-- a -->", "A", "nothing is left"),
                new Said("description", "Gets *it*.\n\n- one", "Gets it.\n\n- one", ""),
                new Said("description", "B\u200b", "B", "without hidden characters"),
                new Said("description", "See [this](https://x.test).", "See this.", "without links"),
                new Said("description", "\u200b", "Calls GET /a.", "nothing is left"),
                new Said("description", "Some words. ".repeat(100), "Some words. ".repeat(85) + "…", "beyond 1024"));
    }

    @ParameterizedTest
    @MethodSource("said")
    void wordsOfItsOwnerKeepToTheRulesAndWhatIsLostIsTold(Said said) throws DocumentException {
        String json = JsonNodeFactory.instance
                .objectNode()
                .put(said.key(), said.text())
                .toString();
        Catalog catalog = one("get", "a", json, "responses: {'200': {description: ok}}");
        JsonNode shown = ToolJson.of(catalog.tools().getFirst());

        assertThat(shown.path(said.key()).asText()).isEqualTo(said.shown());
        assertThat(catalog.findings().isEmpty()).isEqualTo(said.lost().isEmpty());
        assertThat(catalog.findings())
                .extracting(Finding::toString)
                .allMatch(f ->
                        f.startsWith("api.yaml:7 at /paths/~1a/get/x-mcp/" + said.key()) && f.contains(said.lost()));
    }

    @Test
    void whatIsDeprecatedSaysSoWhoeverDescribesIt() throws DocumentException {
        String more = "deprecated: true";
        Tool marked = one("get", "a", "{description: '" + "Some words. ".repeat(90) + "'}", more)
                .tools()
                .getFirst();
        Tool itself = one("get", "a", "{description: '[Deprecated] Use b.'}", more)
                .tools()
                .getFirst();

        assertThat(marked.description()).startsWith("[deprecated] Some words.").hasSizeLessThanOrEqualTo(1024);
        assertThat(itself.description()).isEqualTo("[Deprecated] Use b.");
    }

    @Test
    void wordsForTheWholeServerKeepToTheRulesToo() throws DocumentException {
        Catalog catalog = catalog("""
                openapi: 3.1.0
                info: {title: T, version: "1"}
                x-mcp:
                  title: "**Pets**\\u202e"
                  instructions: "%s"
                paths: {}
                """.formatted("Search first. ".repeat(400)));

        assertThat(catalog.title()).isEqualTo("Pets");
        assertThat(catalog.instructions()).endsWith("first. …").hasSizeLessThanOrEqualTo(4096);
        assertThat(catalog.findings())
                .extracting(Finding::toString)
                .containsExactly(
                        "api.yaml:4 at /x-mcp/title: is shown without hidden characters",
                        "api.yaml:5 at /x-mcp/instructions: is shown without what goes beyond 4096 characters");
    }

    @Test
    void whatStandsBesideAReferenceIsAddedToItsParameterForThatUse() throws DocumentException {
        Catalog catalog = catalog("""
                openapi: 3.1.0
                info: {title: T, version: "1"}
                paths:
                  /a:
                    get:
                      operationId: a
                      parameters:
                        - $ref: '#/components/parameters/limit'
                          x-mcp: {default: 20}
                  /b: {get: {operationId: b, parameters: [{$ref: '#/components/parameters/limit'}]}}
                  /c:
                    get:
                      operationId: c
                      parameters:
                        - $ref: '#/components/parameters/limit'
                          x-mcp: {clamp: {maximum: 9}, defaults: 1}
                components:
                  parameters:
                    limit: {name: limit, in: query, schema: {type: integer}, x-mcp: {clamp: {maximum: 100}}}
                """);

        assertThat(catalog.tools())
                .extracting(tool -> tool.inputSchema().at("/properties/limit").toString())
                .containsExactly(
                        "{\"type\":\"integer\",\"default\":20,\"maximum\":100}",
                        "{\"type\":\"integer\",\"maximum\":100}");
        assertThat(catalog.findings())
                .extracting(Finding::toString)
                .singleElement()
                .asString()
                .startsWith("api.yaml:16 at /paths/~1c/get/parameters/0/x-mcp/defaults");
    }

    @Test
    void whatIsNotExposedIsNotTold() throws DocumentException {
        Catalog none = one("get", "a", "{expose: false}", "summary: \"a\\u202e\"");

        assertThat(none.tools()).isEmpty();
        assertThat(none.findings().toString()).doesNotContain("hidden characters");
    }

    @Test
    void whatCannotBeKeptIsNotPromised() throws DocumentException {
        Catalog catalog = catalog("""
                openapi: 3.1.0
                info: {title: t, version: "1"}
                paths:
                  /a:
                    get: {operationId: cached, x-mcp: {cache: {ttl: 60s}}, responses: {"200": {description: ok}}}
                    put: {operationId: changed, x-mcp: {cache: {ttl: 60s}}, responses: {"200": {description: ok}}}
                """);

        assertThat(catalog.tools()).extracting(Tool::name).containsExactly("cached", "changed");
        assertThat(catalog.hasCachedReads()).isTrue();
        assertThat(catalog.findings().toString()).containsOnlyOnce("x-mcp.cache is of no use");
    }

    @Test
    void scopesOfACurationAreAlternativesOfWholeSetsAndTellWhereTheyStand() throws DocumentException {
        Tool tool = one("get", "getA", "{scopes: [[a, b], [c]]}", "responses: {}")
                .tools()
                .getFirst();
        Tool plain =
                one("get", "getA", "{scopes: [a, b]}", "responses: {}").tools().getFirst();

        assertThat(tool.scopes().alternatives()).containsExactly(Set.of("a", "b"), Set.of("c"));
        assertThat(plain.scopes().alternatives()).containsExactly(Set.of("a", "b"));
        assertThat(tool.scopes().origin()).isEqualTo("x-mcp.scopes of api.yaml:7 at /paths/~1a/get/x-mcp/scopes");
    }
}
