package dev.wayleave.mcp;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.wayleave.RunningWayleave;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Gate, conditions, named arguments and undeclared security, as clients and the platform see them on their sockets. */
class RulesWireTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String API = """
            openapi: 3.1.0
            info: {title: Rules, version: "1"}
            paths:
              /projects/{projectId}/items:
                parameters: [{name: projectId, in: path, required: true, schema: {type: string}}]
                get:
                  operationId: listItems
                  security: [{o: []}]
                  parameters:
                    - {name: group, in: query, schema: {type: string}}
                    - {name: groups, in: query, schema: {type: array, items: {type: string}}}
                    - {name: filter, in: query, style: deepObject, schema: {type: object, additionalProperties: true}}
                    - {name: group, in: header, schema: {type: string}}
                  responses: {"200": {description: ok}}
                post:
                  operationId: addItem
                  security: [{o: []}]
                  requestBody:
                    required: true
                    content:
                      application/json:
                        schema:
                          type: object
                          properties:
                            name: {type: string}
                            group: {type: string}
                            parts: {type: array, items: {type: object, properties: {group: {type: string}}}}
                            free: {}
                            amount: {type: integer}
                  responses: {"200": {description: ok}}
              /undeclared:
                get: {operationId: getUndeclared, responses: {"200": {description: ok}}}
              /beta:
                get: {operationId: getBeta, security: [{o: []}], responses: {"200": {description: ok}}}
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
                                "unscoped", "deny",
                                "gate",
                                        Map.of(
                                                "claim", "features",
                                                "contains", "mcp",
                                                "message", "The server is not enabled for you"),
                                "arguments",
                                        Map.of(
                                                "group",
                                                Map.of("claim", "group"),
                                                "projectId",
                                                Map.of("claim", "project.id"),
                                                "owner",
                                                Map.of(
                                                        "claim",
                                                        "group",
                                                        "at",
                                                        List.of("owner", "free.owner", "parts.meta.owner"))),
                                "rules",
                                        List.of(
                                                Map.of(
                                                        "tools",
                                                        List.of("get_beta"),
                                                        "require",
                                                        "'beta' in claims.features"),
                                                Map.of(
                                                        "tools", List.of("add_item"),
                                                        "require", "!has(args.amount) || args.amount <= claims.limit",
                                                        "message", "The amount is above your limit.")))));
    }

    @AfterAll
    static void stop() {
        wayleave.close();
    }

    private static HttpResponse<String> rpc(List<String> features, String method, String params) {
        String token = wayleave.issuer.token(
                wayleave.url.toString(),
                "",
                claims -> claims.claim("features", features)
                        .claim("group", "g1")
                        .claim("limit", 10)
                        .claim("project", Map.of("id", 7)));
        return wayleave.post(
                "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"" + method + "\",\"params\":" + params + "}",
                "MCP-Protocol-Version",
                "2025-11-25",
                "Authorization",
                "Bearer " + token);
    }

    private static JsonNode call(String tool, String arguments) throws IOException {
        return JSON.readTree(
                        rpc(List.of("mcp"), "tools/call", "{\"name\":\"" + tool + "\",\"arguments\":" + arguments + "}")
                                .body())
                .path("result");
    }

    @Test
    void whomTheGateKeepsOutGets403InThePlatformsWordsForEverything() throws IOException {
        for (String method : List.of("initialize", "tools/list", "tools/call", "ping")) {
            for (List<String> features : List.of(List.<String>of(), List.of("MCP"), List.of("mcp2", "other"))) {
                HttpResponse<String> response =
                        rpc(features, method, "{\"name\":\"add_item\",\"protocolVersion\":\"2025-11-25\"}");
                assertThat(response.statusCode()).isEqualTo(403);
                assertThat(JSON.readTree(response.body()).at("/error/message").asText())
                        .isEqualTo("The server is not enabled for you");
            }
        }
        assertThat(Files.readString(wayleave.audit)).contains("gate_closed").contains("access.gate.message");
    }

    @Test
    void theListHasWhatRulesLeave() throws IOException {
        assertThat(names(List.of("mcp"))).containsExactly("add_item", "list_items");
        assertThat(names(List.of("mcp", "beta"))).containsExactly("add_item", "get_beta", "list_items");
    }

    private static Set<String> names(List<String> features) throws IOException {
        Set<String> names = new TreeSet<>();
        JSON.readTree(rpc(features, "tools/list", "{}").body())
                .at("/result/tools")
                .forEach(tool -> names.add(tool.path("name").asText()));
        return names;
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"projectId\": \"8\"}",
                "{\"projectId\": \"7\", \"name\": \"x\", \"group\": \"g2\"}",
                "{\"projectId\": \"7\", \"group\": \"G1\"}",
                "{\"projectId\": \"7\", \"group\": \"\"}",
                "{\"projectId\": \"7\", \"parts\": [{\"group\": \"g1\"}, {\"group\": \"g2\"}]}",
                "{\"projectId\": \"7\", \"parts\": \"[{\\\"group\\\": \\\"g2\\\"}]\"}",
                "{\"projectId\": \"7\", \"free\": {\"a\": {\"group\": \"g2\"}}}",
                "{\"projectId\": \"7\", \"free\": {\"a.group\": \"g2\"}}",
                "{\"projectId\": \"7\", \"free\": {\"Group\": \"g2\"}}",
                "{\"projectId\": \"7\", \"free\": {\"group\": [\"g1\", \"g2\"]}}",
                "{\"projectId\": \"7\", \"free\": {\"group\": {\"$in\": [\"g1\"]}}}",
                "{\"projectId\": \"7\", \"free\": {\"group\": null}}",
                "{\"projectId\": \"7\", \"free\": {\"projectId\": 8}}",
                "{\"projectId\": \"7\", \"free\": \"{\\\"group\\\": \\\"g2\\\"}\"}",
                "{\"projectId\": \"7\", \"amount\": 11}",
            })
    void nothingIsSentWhereAnArgumentIsNotWhatTheTokenSays(String arguments) throws IOException {
        int before = wayleave.platform.received().size();

        JsonNode result = call("add_item", arguments);

        assertThat(result.path("isError").booleanValue()).as(arguments).isTrue();
        assertThat(result.toString()).contains("Nothing was sent");
        assertThat(wayleave.platform.received()).hasSize(before);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"projectId\": \"7\", \"group_query\": \"g2\"}",
                "{\"projectId\": \"7\", \"group_header\": \"g2\"}",
                "{\"projectId\": \"7\", \"filter\": {\"group\": \"g2\"}}",
                "{\"projectId\": \"7\", \"group_query\": \"g1\", \"group_header\": \"g2\"}",
            })
    void aParameterIsKnownByItsOwnNameToo(String arguments) throws IOException {
        int before = wayleave.platform.received().size();

        JsonNode result = call("list_items", arguments);

        assertThat(result.path("isError").booleanValue()).as(result.toString()).isTrue();
        assertThat(wayleave.platform.received()).hasSize(before);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"projectId\": \"7\"}",
                "{\"projectId\": \"7\", \"group\": \"g1\", \"amount\": 10}",
                "{\"projectId\": \"7\", \"parts\": [{\"group\": \"g1\"}], \"free\": {\"groups\": \"g2\"}}",
            })
    void whatFitsTheTokenIsSent(String arguments) throws IOException {
        int before = wayleave.platform.received().size();

        assertThat(call("add_item", arguments).path("isError").booleanValue()).isFalse();

        assertThat(wayleave.platform.received()).hasSize(before + 1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"free\": {\"owner\": \"g2\"}}",
                "{\"free\": {\"Owner\": \"g2\"}}",
                "{\"free\": [{\"owner\": \"g1\"}, {\"owner\": \"g2\"}]}",
                "{\"free.owner\": \"g2\"}",
                "{\"free\": {\"owner.id\": \"g2\"}}",
                "{\"free\": {\"owner\": {\"id\": \"g1\"}}}",
                "{\"free\": \"{\\\"owner\\\": \\\"g2\\\"}\"}",
                "{\"free\": \"{owner: g2\"}",
                "{\"free\": [{\"op\": \"add\", \"path\": \"/owner\", \"value\": \"g2\"}]}",
                "{\"parts\": [{\"meta\": {\"owner\": \"g2\"}}]}",
            })
    void ofANameWithPlacesThosePlacesAreTheCallersOwn(String arguments) throws IOException {
        int before = wayleave.platform.received().size();
        String all = "{\"projectId\": \"7\", " + arguments.substring(1);

        assertThat(call("add_item", all).path("isError").booleanValue())
                .as(arguments)
                .isTrue();

        assertThat(wayleave.platform.received()).hasSize(before);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"free\": {\"owner\": \"g1\"}}",
                "{\"free\": {\"schema\": {\"owner\": {\"type\": \"string\"}}}}",
                "{\"free\": {\"fields\": {\"owner\": 1}}, \"parts\": [{\"owner\": \"g2\"}]}",
            })
    void elsewhereTheNameMeansSomethingElse(String arguments) throws IOException {
        String all = "{\"projectId\": \"7\", " + arguments.substring(1);

        JsonNode result = call("add_item", all);

        assertThat(result.path("isError").booleanValue()).as(result.toString()).isFalse();
    }

    @Test
    void theAuditNamesTheRuleAndWhereItStands() throws IOException {
        call("add_item", "{\"projectId\": \"7\", \"group\": \"g2\"}");

        String last = wayleave.audited().getLast();
        assertThat(last).contains("\"decision\":\"deny\"").contains("access.arguments.group.claim");
    }
}
