package dev.wayleave.call;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wayleave.openapi.Finding;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Arguments that agents know by another name than the platform does. */
class NamedArgumentsTest {
    private static final String DOCUMENT = """
            openapi: 3.1.0
            info: {title: T, version: '1'}
            paths:
              /dbs/{databaseName}:
                put:
                  operationId: set
                  parameters:
                    - {name: databaseName, in: path, required: true, schema: {type: string}, x-mcp: {name: database}}
                    - {name: q, in: query, schema: {type: integer, maximum: 9, x-mcp: {name: limit, clamp: true}}}
                    - {name: limit, in: header, schema: {type: string}}
                  requestBody: {content: {application/json: {schema: {type: object, properties: {s: {type: string, x-mcp: {name: size}}}}}}}
                  responses: {'200': {description: ok}}
              /rows:
                post:
                  operationId: row
                  requestBody: {required: true, content: {application/json: {schema: {type: object, additionalProperties: true, x-mcp: {name: values}}}}}
                  responses: {'200': {description: ok}}
            """;

    @Test
    void theyGoWhereTheDescriptionSays() {
        try (Mounted api = Mounted.document(DOCUMENT)) {
            var sent = api.sent("{\"database\":\"d\",\"limit\":12,\"limit_header\":\"h\",\"size\":\"1mb\"}");

            assertThat(sent.target()).isEqualTo("/dbs/d?q=9");
            assertThat(sent.header("limit")).containsExactly("h");
            assertThat(sent.body()).isEqualTo("{\"s\":\"1mb\"}");
            assertThat(api.refused("{\"databaseName\":\"d\"}")).contains("database");
            assertThat(api.tool().inputSchema().at("/required").toString()).isEqualTo("[\"database\"]");
        }
    }

    @Test
    void aWholeBodyHasAnotherNameToo() throws Exception {
        try (Mounted api = Mounted.document(DOCUMENT)) {
            assertThat(api.catalog
                            .tools()
                            .getLast()
                            .inputSchema()
                            .path("properties")
                            .has("values"))
                    .isTrue();
            api.call("row", (com.fasterxml.jackson.databind.node.ObjectNode)
                    Mounted.JSON.readTree("{\"values\":{\"a\":[1]}}"));

            assertThat(api.platform.received().getLast().body()).isEqualTo("{\"a\":[1]}");
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{name: a, in: query, schema: {type: string}, x-mcp: {name: c}}, {name: b, in: query, schema: {type: string}, x-mcp: {name: C}} | two of its arguments are named C",
                "{name: a, in: query, schema: {type: object, properties: {b: {type: string, x-mcp: {name: c}}}}} | names a/b, which is a part of an argument",
                "{name: a, in: query, schema: {type: string}, x-mcp: {name: 'a b'}} | 1 to 64 of A-Z",
            })
    void aNameThatCannotBeKeptLeavesTheOperationOut(String parameters, String why) {
        try (Mounted api = Mounted.operation(
                "3.1.0", "get", "/a", "parameters: [" + parameters.replace("'a b'", "\"a b\"") + "]\n")) {
            assertThat(api.catalog.tools()).isEmpty();
            assertThat(api.catalog.findings())
                    .extracting(Finding::message)
                    .singleElement()
                    .asString()
                    .contains(why);
        }
    }
}
