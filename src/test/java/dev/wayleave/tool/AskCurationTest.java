package dev.wayleave.tool;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wayleave.openapi.DocumentException;
import dev.wayleave.openapi.OpenApiReader;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AskCurationTest {
    private static Catalog catalog(String curation) throws DocumentException {
        String yaml = """
                openapi: 3.1.0
                info: {title: t, version: "1"}
                x-mcp: {resources: [{uri: "pets://b", operation: read}]}
                paths:
                  /a:
                    get: {operationId: read, x-mcp: {confirm: true}, responses: {"200": {description: ok}}}
                    post:
                      operationId: op
                      parameters:
                        - {name: q, in: query, required: true, schema: {type: string}}
                        - {name: Key, in: header, schema: {type: string}}
                        - {name: h, in: query, schema: {type: string}, x-mcp: {hidden: true}}
                      x-mcp: %s
                      responses: {"200": {description: ok}}
                """.formatted(curation);
        return Catalog.of(OpenApiReader.read("api.yaml", yaml.getBytes(StandardCharsets.UTF_8)));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {name: a}                                                                         | is needed, and only one of them
            {name: a, roots: true, sampling: {}, message: m}                                  | only one of them
            {name: a, roots: true, message: m}                                                | needs no message
            {name: a, sampling: {}}                                                           | `message` is missing
            {name: a, sampling: {maxTokens: 0}, message: m}                                   | a whole number from 1
            {name: a, sampling: {model: x}, message: m}                                       | is no key
            {name: confirmation, roots: true}                                                 | and not confirmation
            {roots: true}                                                                     | `name` is missing
            {name: a, round: 21, roots: true}                                                 | from 1 to 20
            {name: a, url: 'http://example.com', message: m}                                  | absolute https URL
            {name: a, url: 'https://u:p@example.com', message: m}                             | absolute https URL
            {name: a, roots: true, fill: {nope: /uris}}                                       | which is no argument that agents see
            {name: a, roots: true, fill: {h: /uris}}                                          | which is no argument that agents see
            {name: a, roots: true, fill: {q: uris}}                                           | JSON pointers
            {name: a, message: '{{claims.x}}', sampling: {}}                                  | neither of arguments nor of answers
            {name: a, message: '{{answers.a.text}}', sampling: {}}                            | neither of arguments nor of answers
            {name: a, message: m, form: x}                                                    | is a JSON Schema
            {name: a, message: m, form: {type: object}}                                       | an object with properties
            {name: a, message: m, form: {type: object, properties: {x: {type: object}}}}      | has x, which is no text
            {name: a, message: m, form: {type: object, properties: {x: {type: string, pattern: x}}}} | has x, which is no text
            {name: a, message: m, form: {type: object, properties: {x: {type: string, format: uuid}}}} | has x, which is no text
            {name: a, message: m, form: {type: object, properties: {x: {type: array, items: {type: string}}}}} | has x, which is no text
            {name: a, message: m, form: {type: object, properties: {userPassword: {type: string}}}} | secrets are for pages
            {name: a, message: m, form: {type: object, properties: {api_key: {type: string}}}} | secrets are for pages
            {name: a, message: m, form: {type: object, allOf: [], properties: {x: {type: string}}}} | has allOf
            {name: a, message: m, form: {type: object, properties: {x: {type: string}}, required: [y]}} | requires y
            """)
    void anAskThatNobodyCouldAnswerLeavesItsOperationOut(String ask, String told) throws DocumentException {
        Catalog catalog = catalog("{asks: [" + ask + "]}");
        assertThat(catalog.find("op")).isNull();
        assertThat(catalog.findings().toString()).contains("left out: ").contains(told);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {type: string, minLength: 1, maxLength: 9, format: email, title: T, description: D, default: x}
            {type: string, enum: [a, b], enumNames: [A, B]}
            {type: string, oneOf: [{const: a, title: A}]}
            {type: integer, minimum: 1, maximum: 9, default: 3}
            {type: number}
            {type: boolean, default: true}
            {type: array, minItems: 1, maxItems: 2, items: {type: string, enum: [a, b]}}
            {type: array, items: {anyOf: [{const: a, title: A}]}}
            """)
    void aFormMayAskForTextsNumbersSwitchesAndChoices(String field) throws DocumentException {
        Catalog catalog =
                catalog("{asks: [{name: a, message: m, form: {type: object, properties: {x: " + field + "}}}]}");
        assertThat(catalog.findings()).noneMatch(finding -> finding.toString().contains("~1a/post"));
        assertThat(catalog.find("op")).isNotNull();
    }

    @Test
    void whatAnAnswerFillsAgentsMayLeaveOut() throws DocumentException {
        Tool tool = catalog("{asks: [{name: a, message: m, sampling: {}, fill: {q: /text}}]}")
                .tools()
                .getLast();
        assertThat(tool.inputSchema().has("required")).isFalse();
        assertThat(tool.handling().asks().needed()).containsExactly("q");
    }

    @Test
    void theHeaderOfTheKeyIsNobodysArgument() throws DocumentException {
        Tool tool = catalog("{idempotency-key: key}").tools().getLast();
        assertThat(tool.inputSchema().path("properties").has("Key")).isFalse();
        assertThat(catalog("{idempotency-key: Authorization}").find("op")).isNull();
    }

    @Test
    void twoAsksOfOneNameAreNone() throws DocumentException {
        assertThat(catalog("{asks: [{name: a, roots: true}, {name: a, roots: true}]}")
                        .findings()
                        .toString())
                .contains("has a twice");
    }

    @Test
    void aResourceCannotAsk() throws DocumentException {
        Catalog catalog = catalog("{}");
        assertThat(catalog.resources()).isEmpty();
        assertThat(catalog.findings().toString()).contains("nobody is asked when a resource is read");
    }
}
