package dev.wayleave.mcp;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.wayleave.RunningWayleave;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Named arguments that hide from their rule: in other spellings, other media types, patches, and texts that nobody parses alike. */
class ArgumentRulesWireTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String API = """
            openapi: 3.2.0
            info: {title: Rules, version: "1"}
            security: [{o: []}]
            paths:
              /find:
                get:
                  operationId: find
                  parameters:
                    - {name: "filter[group]", in: query, schema: {type: string}}
                    - {name: open, in: query, allowReserved: true, schema: {type: string}}
                  responses: {"200": {description: ok}}
              /raw:
                get:
                  operationId: rawQuery
                  parameters: [{name: q, in: querystring, content: {text/plain: {schema: {type: string}}}}]
                  responses: {"200": {description: ok}}
              /free:
                post:
                  operationId: free
                  requestBody: {content: {application/json: {schema: {type: object, additionalProperties: true}}}}
                  responses: {"200": {description: ok}}
              /clash/{project}:
                post:
                  operationId: clash
                  parameters: [{name: project, in: path, required: true, schema: {type: string}}]
                  requestBody:
                    content:
                      application/json: {schema: {type: object, properties: {project: {type: object, additionalProperties: true}}}}
                  responses: {"200": {description: ok}}
              /patch:
                patch:
                  operationId: patch
                  requestBody: {content: {application/json-patch+json: {schema: {type: array, items: {type: object}}}}}
                  responses: {"200": {description: ok}}
              /text:
                post:
                  operationId: text
                  requestBody: {content: {text/plain: {schema: {type: string}}}}
                  responses: {"200": {description: ok}}
              /xml:
                post:
                  operationId: xml
                  requestBody: {content: {application/xml: {schema: {type: object}}}}
                  responses: {"200": {description: ok}}
              /bytes:
                post:
                  operationId: bytes
                  requestBody: {content: {"image/*": {}}}
                  responses: {"200": {description: ok}}
            components: {securitySchemes: {o: {type: http, scheme: bearer}}}
            """;

    @TempDir
    static Path folder;

    private static RunningWayleave wayleave;

    @BeforeAll
    static void start() {
        wayleave = RunningWayleave.with(
                folder,
                API,
                Map.of(
                        "wayleave.platforms.test.access",
                        Map.of(
                                "arguments",
                                Map.of(
                                        "group", Map.of("claim", "group"),
                                        "task", Map.of("claim", "group"),
                                        "project.id", Map.of("claim", "group")))));
    }

    @AfterAll
    static void stop() {
        wayleave.close();
    }

    private static JsonNode call(String tool, String arguments) throws IOException {
        String token = wayleave.issuer.token(wayleave.url.toString(), "", claims -> claims.claim("group", "g1"));
        return JSON.readTree(wayleave.post(
                                "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"tools/call\",\"params\":{\"name\":\"" + tool
                                        + "\",\"arguments\":" + arguments + "}}",
                                "Authorization",
                                "Bearer " + token)
                        .body())
                .path("result");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    find      | {"filter_group_": "g2"}
                    find      | {"open": "x;group=g2"}
                    find      | {"open": "x;%67roup=g2"}
                    raw_query | {"q": "group=g2"}
                    raw_query | {"q": "a=1&%67roup[]=g2"}
                    free      | {"body": {"group.name": "g2"}}
                    free      | {"body": {"group": {"name": "g1"}}}
                    free      | {"body": {"ｇｒｏｕｐ": "g2"}}
                    free      | {"body": {"tas\\u212a": "g2"}}
                    free      | {"body": {"ta\\u017fk": "g2"}}
                    free      | {"body": {"gro\\u200bup": "g2"}}
                    free      | {"body": {"group\\u0000": "g2"}}
                    free      | {"body": {"x": "{\\"group\\":\\"g2\\",\\"group\\":\\"g1\\"}"}}
                    free      | {"body": {"x": "{group:'g2'}"}}
                    free      | {"body": {"x": "{\\"group\\":\\"g2\\"} x"}}
                    free      | {"body": {"x": "\\ufeff{\\"group\\":\\"g2\\"}"}}
                    free      | {"body": {"x": "{\\"\\\\u0067roup\\":\\"g2\\",}"}}
                    free      | {"body": {"x": "data:application/json;base64,eyJncm91cCI6ImcyIn0="}}
                    free      | {"body": {"x": [{"op": "add", "path": "/group", "value": "g2"}]}}
                    clash     | {"project": "p", "project_body": {"id": "g2"}}
                    patch     | {"body": [{"op": "replace", "path": "/items/0/group", "value": "g2"}]}
                    patch     | {"body": [{"op": "copy", "path": "/group", "from": "/other"}]}
                    patch     | {"body": [{"op": "remove", "path": "/group"}]}
                    text      | {"body": "group=g2&name=x"}
                    text      | {"body": "name=x&%67roup=g2"}
                    text      | {"body": "name: x\\ngroup: g2"}
                    text      | {"body": "{\\"Group\\": \\"g2\\"}"}
                    xml       | {"body": "<item><group>g2</group></item>"}
                    xml       | {"body": "<item group='g2'/>"}
                    xml       | {"body": "<n:group xmlns:n='x'>g2</n:group>"}
                    bytes     | {"body": "data:image/svg+xml;base64,PHN2Zz48Z3JvdXA+ZzI8L2dyb3VwPjwvc3ZnPg=="}
                    """)
    void aNameThatHidesIsFoundOrNothingIsSent(String tool, String arguments) throws IOException {
        int before = wayleave.platform.received().size();

        JsonNode result = call(tool, arguments);

        assertThat(result.path("isError").booleanValue()).as(result.toString()).isTrue();
        assertThat(result.toString()).contains("must be 'g1', as in your token");
        assertThat(wayleave.platform.received()).hasSize(before);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    find      | {"filter_group_": "g1", "open": "groups;x=1"}
                    raw_query | {"q": "grouping=g2&a=group"}
                    free      | {"body": {"group": "g1", "text": "my group: g2", "x": "[draft] groups of 3"}}
                    free      | {"body": {"group.name": "g1", "x": "{\\"group\\":\\"g1\\"}"}}
                    clash     | {"project": "p", "project_body": {"id": "g1", "name": "x"}}
                    patch     | {"body": [{"op": "replace", "path": "/group", "value": "g1"}, {"op": "remove", "path": "/x"}]}
                    text      | {"body": "select a from b group by c"}
                    xml       | {"body": "<groups><n>1</n></groups>"}
                    bytes     | {"body": "data:image/png;base64,iVBORw0KGgo="}
                    """)
    void whatDoesNotNameItOrFitsIsSent(String tool, String arguments) throws IOException {
        int before = wayleave.platform.received().size();

        JsonNode result = call(tool, arguments);

        assertThat(result.path("isError").booleanValue()).as(result.toString()).isFalse();
        assertThat(wayleave.platform.received()).hasSize(before + 1);
    }
}
