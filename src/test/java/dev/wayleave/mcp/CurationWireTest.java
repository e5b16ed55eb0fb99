package dev.wayleave.mcp;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.wayleave.FakePlatform;
import dev.wayleave.RunningWayleave;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What {@code x-mcp} does to a call, as the platform sees it on its socket. */
class CurationWireTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String API = """
            openapi: 3.1.0
            info: {title: Vendor, version: "1"}
            paths:
              /orgs/{org}/items:
                parameters:
                  - {name: org, in: path, required: true, schema: {type: string}}
                get:
                  operationId: list
                  parameters:
                    - {name: tenant, in: query, required: true, schema: {type: string}}
                    - {name: limit, in: query, schema: {type: integer, minimum: 1, maximum: 100}}
                    - {name: page, in: query, schema: {type: integer}}
                    - {name: filter, in: query, style: form, explode: true, schema: {type: object, additionalProperties: true}}
                    - {name: raw, in: query, allowReserved: true, schema: {type: string}}
                  responses: {"200": {description: ok}}
                post:
                  operationId: make
                  requestBody:
                    required: true
                    content:
                      application/json:
                        schema:
                          type: object
                          required: [name, owner]
                          properties:
                            name: {type: string}
                            owner: {type: object, required: [id], properties: {id: {type: string}, note: {type: string}}}
                            options: {type: object}
                  responses: {"200": {description: ok}}
              /search: {post: {operationId: search, responses: {"200": {description: ok}}}}
              /secret: {get: {operationId: secret, responses: {"200": {description: ok}}}}
              /claimed: {get: {operationId: claimed, parameters: [{name: c, in: query, schema: {type: string}}], responses: {"200": {description: ok}}}}
            """;
    private static final String OVERLAY = """
            overlay: 1.1.0
            info: {title: For agents, version: "1"}
            actions:
              - target: $
                update: {x-mcp: {title: Shop, instructions: List before you make., prefix: shop_}}
              - target: $.paths["/orgs/{org}/items"].parameters[?@.name == 'org']
                update: {x-mcp: {bind: {claim: sub}}}
              - target: $.paths[*].get.parameters[?@.name == 'tenant']
                update: {x-mcp: {bind: {const: t/1}}}
              - target: $.paths[*].get.parameters[?@.name == 'limit']
                update: {x-mcp: {clamp: true, default: 20}}
              - target: $.paths[*].get.parameters[?@.name == 'page']
                update: {x-mcp: {reject: {minimum: 1, maximum: 9}}}
              - target: $.paths[*].post.requestBody.content['application/json'].schema.properties
                update:
                  owner: {properties: {id: {x-mcp: {hidden: true, bind: {claim: client_id}}}}}
                  options: {x-mcp: {forbid: [admin, quota.max]}}
              - target: $.paths["/search"].post
                update: {x-mcp: {name: find, title: Find, description: Finds., safe: true, scopes: ["shop:read"]}}
              - target: $.paths["/secret"].get
                update: {x-mcp: {expose: false}}
              - target: $.paths["/claimed"].get.parameters[0]
                update: {x-mcp: {bind: {claim: realm.name}}}
            """;

    @TempDir
    static Path folder;

    private static RunningWayleave wayleave;

    @BeforeAll
    static void start() throws IOException {
        Path overlay = Files.writeString(folder.resolve("o.yaml"), OVERLAY);
        wayleave = RunningWayleave.with(folder, API, Map.of("wayleave.platforms.test.overlays", overlay.toString()));
    }

    @AfterAll
    static void stop() {
        wayleave.close();
    }

    private static JsonNode rpc(String method, String params) throws IOException {
        String body = "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"" + method + "\",\"params\":" + params + "}";
        return JSON.readTree(wayleave.post(
                        body,
                        "MCP-Protocol-Version",
                        "2025-11-25",
                        "Authorization",
                        "Bearer " + wayleave.token("shop:read"))
                .body());
    }

    private static JsonNode call(String tool, String arguments) throws IOException {
        return rpc("tools/call", "{\"name\":\"" + tool + "\",\"arguments\":" + arguments + "}")
                .path("result");
    }

    private static JsonNode tool(String name) throws IOException {
        for (JsonNode tool : rpc("tools/list", "{}").at("/result/tools")) {
            if (tool.path("name").asText().equals(name)) {
                return tool;
            }
        }
        throw new AssertionError(name + " is not listed");
    }

    private static FakePlatform.Received last() {
        return wayleave.platform.received().getLast();
    }

    @Test
    void theListShowsWhatIsLeft() throws IOException {
        JsonNode tools = rpc("tools/list", "{}").at("/result/tools");
        assertThat(tools.findValuesAsText("name")).contains("shop_list", "shop_make", "shop_find");
        assertThat(tools.toString()).doesNotContain("x-mcp", "tenant", "\"org\"", "secret", "claimed");
        assertThat(tool("shop_list").at("/inputSchema/required").isMissingNode())
                .isTrue();
        assertThat(tool("shop_list").at("/inputSchema/properties/limit/default").asInt())
                .isEqualTo(20);
        assertThat(tool("shop_list").at("/inputSchema/properties/page/maximum").asInt())
                .isEqualTo(9);
        assertThat(tool("shop_make")
                        .at("/inputSchema/properties/owner/properties")
                        .has("id"))
                .isFalse();
        assertThat(tool("shop_make").at("/inputSchema/properties/owner").has("required"))
                .isFalse();
        assertThat(tool("shop_find").toString())
                .contains("\"title\":\"Find\"", "\"description\":\"Finds.\"", "\"readOnlyHint\":true");
    }

    @Test
    void theServerIntroducesItself() throws IOException {
        JsonNode hello = rpc(
                        "initialize",
                        "{\"protocolVersion\":\"2025-11-25\",\"capabilities\":{},\"clientInfo\":{\"name\":\"t\",\"version\":\"1\"}}")
                .path("result");
        assertThat(hello.path("instructions").asText()).isEqualTo("List before you make.");
        assertThat(hello.at("/serverInfo/title").asText()).isEqualTo("Shop");
    }

    @ParameterizedTest
    @CsvSource(
            delimiterString = " | ",
            quoteCharacter = '`',
            value = {
                "{} | tenant=t%2F1&limit=20",
                "{\"limit\": 5000} | tenant=t%2F1&limit=100",
                "{\"limit\": 0} | tenant=t%2F1&limit=1",
                "{\"limit\": 7, \"page\": 9} | tenant=t%2F1&limit=7&page=9",
                "{\"filter\": {\"color\": \"red\"}} | tenant=t%2F1&limit=20&color=red",
                "{\"raw\": \"a&tenant=other\"} | tenant=t%2F1&limit=20&raw=a%26tenant=other",
                "{\"limit\": \"5000\"} | tenant=t%2F1&limit=100",
                "{\"filter\": \"{\\\"color\\\":\\\"red\\\"}\"} | tenant=t%2F1&limit=20&color=red",
            })
    void whatIsBoundIsAlwaysSent(String arguments, String query) throws IOException {
        JsonNode result = call("shop_list", arguments);
        assertThat(result.path("isError").asBoolean()).as(result.toString()).isFalse();
        assertThat(last().target()).isEqualTo("/orgs/" + SUBJECT + "/items?" + query);
    }

    private static final String SUBJECT = "user-1";

    @Test
    void aNumberThatWasMovedIsTold() throws IOException {
        JsonNode result = call("shop_list", "{\"limit\": 5000}");
        assertThat(result.at("/content/0/text").asText()).isEqualTo("{\"ok\":true}");
        assertThat(result.at("/content/1/text").asText())
                .isEqualTo("Note: argument limit: 5000 was taken as 100, the most that is allowed.");
    }

    @ParameterizedTest
    @CsvSource(
            delimiterString = " | ",
            quoteCharacter = '`',
            value = {
                "shop_list | {\"tenant\": \"other\"} | tenant",
                "shop_list | {\"org\": \"other\"} | org",
                "shop_list | {\"page\": 10} | page",
                "shop_list | {\"filter\": {\"tenant\": \"other\"}} | must not have a member tenant",
                "shop_list | {\"filter\": {\"Tenant\": \"other\"}} | no argument",
                "shop_list | {\"filter\": {\"tenant[0]\": \"other\"}} | no argument",
                "shop_list | {\"raw\": \"a;tenant=other\"} | no argument",
                "shop_make | {\"name\": \"n\", \"owner\": {\"id\": \"x\"}} | owner",
                "shop_list | {\"filter\": \"{\\\"Tenant\\\":\\\"other\\\"}\"} | no argument",
                "shop_make | {\"name\": \"n\", \"owner\": \"{\\\"id\\\":\\\"x\\\"}\"} | id is not an argument",
                "shop_make | {\"name\": \"n\", \"owner\": {}, \"options\": \"{\\\"admin\\\":1}\"} | must not contain admin",
                "shop_make | {\"name\": \"n\", \"owner\": {\"ID\": \"x\"}} | id is not an argument",
                "shop_make | {\"name\": \"n\", \"owner\": {}, \"options\": {\"admin\": 1}} | must not contain admin",
                "shop_make | {\"name\": \"n\", \"owner\": {}, \"options\": {\"a\": [{\"Admin\": 1}]}} | must not contain admin",
                "shop_make | {\"name\": \"n\", \"owner\": {}, \"options\": {\"a.admin\": 1}} | must not contain admin",
                "shop_make | {\"name\": \"n\", \"owner\": {}, \"options\": {\"a\": \"{\\\"admin\\\":1}\"}} | must not contain admin",
                "shop_make | {\"name\": \"n\", \"owner\": {}, \"options\": {\"quota\": {\"max\": 1}}} | must not contain quota.max",
                "shop_make | {\"name\": \"n\", \"owner\": {}, \"options\": {\"x\": {\"quota[max]\": 1}}} | must not contain quota.max",
            })
    void nothingIsSentThatWouldGoAroundIt(String tool, String arguments, String expected) throws IOException {
        int before = wayleave.platform.received().size();
        JsonNode result = call(tool, arguments);
        assertThat(result.path("isError").asBoolean()).as(result.toString()).isTrue();
        assertThat(result.at("/content/0/text").asText()).contains(expected);
        assertThat(wayleave.platform.received()).hasSize(before);
    }

    @Test
    void aPartOfABodyIsBoundToo() throws IOException {
        JsonNode result =
                call("shop_make", "{\"name\": \"n\", \"owner\": {\"note\": \"mine\"}, \"options\": {\"quota\": 1}}");
        assertThat(result.path("isError").asBoolean()).as(result.toString()).isFalse();
        assertThat(JSON.readTree(last().body()))
                .isEqualTo(
                        JSON.readTree(
                                "{\"name\":\"n\",\"owner\":{\"note\":\"mine\",\"id\":\"test-client\"},\"options\":{\"quota\":1}}"));
    }

    @Test
    void withoutTheClaimThereIsNoSuchTool() throws IOException {
        int before = wayleave.platform.received().size();
        JsonNode result = call("shop_claimed", "{}");
        assertThat(result.path("isError").asBoolean()).isTrue();
        assertThat(result.at("/content/0/text").asText()).contains("no claim realm.name");
        assertThat(wayleave.platform.received()).hasSize(before);
        assertThat(Files.readString(wayleave.audit)).contains("missing_claim");
    }

    @Test
    void aPostThatOnlyReadsIsSentAgain() throws IOException {
        int before = wayleave.platform.received().size();
        wayleave.platform.answer(r -> FakePlatform.response(503, "", ""));
        call("shop_find", "{}");
        int safe = wayleave.platform.received().size() - before;
        call("shop_make", "{\"name\": \"n\", \"owner\": {}}");
        int unsafe = wayleave.platform.received().size() - before - safe;
        wayleave.platform.answer(r -> FakePlatform.response(200, "application/json", "{\"ok\":true}"));
        assertThat(safe).isGreaterThan(1);
        assertThat(unsafe).isEqualTo(1);
    }

    @Test
    void theAllowListChoosesAndTellsWhatItDoesNotKnow() throws IOException {
        try (RunningWayleave one = RunningWayleave.with(
                Files.createDirectories(folder.resolve("b")),
                API,
                Map.of(
                        "wayleave.platforms.test.expose.paths",
                        "/orgs/**",
                        "wayleave.platforms.test.expose.methods",
                        "get"))) {
            String list = one.post(
                            "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"tools/list\"}",
                            "MCP-Protocol-Version",
                            "2025-11-25",
                            "Authorization",
                            "Bearer " + one.token(""))
                    .body();
            assertThat(JSON.readTree(list).at("/result/tools").findValuesAsText("name"))
                    .containsExactly("list");
        }
    }
}
