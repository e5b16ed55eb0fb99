package dev.wayleave.mcp;

import static dev.wayleave.mcp.ModernRequests.META;
import static dev.wayleave.mcp.ModernRequests.assertError;
import static dev.wayleave.mcp.ModernRequests.json;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.wayleave.FakePlatform;
import dev.wayleave.RunningWayleave;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Resources, from the wire to the platform and back, in both eras. */
class ResourceWireTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    static final String API = """
            openapi: 3.1.0
            info: {title: Base, version: "1"}
            x-mcp:
              prefix: base_
              resources:
                - {uri: "base://tables/{tableId}", operation: table_get, name: table, title: One table, description: Fields and indexes., mimeType: application/json}
                - {uri: "base://tables", operation: table_list}
                - {uri: "base://tables/{tableId}/versions/{kind}", operation: version_list}
                - {uri: "base://secrets", operation: secret_list}
                - {uri: "base://logo", operation: GET /logo}
                - {uri: "base://mine", operation: mine}
                - {uri: "base://numbers/{n}", operation: number}
            paths:
              /v1/tables:
                get: {operationId: table_list, security: [{o: ["table:read"]}], responses: {"200": {description: ok, content: {application/json: {schema: {type: array}}}}}}
                post: {operationId: table_add, security: [{o: ["table:write"]}], responses: {"200": {description: ok}}}
              /v1/tables/{tableId}:
                get:
                  operationId: table_get
                  x-mcp: {cache: {ttl: 30s}}
                  security: [{o: ["table:read"]}]
                  parameters: [{name: tableId, in: path, required: true, schema: {type: string}}]
                  responses: {"200": {description: ok, content: {application/json: {schema: {type: object, properties: {id: {type: integer}}}}}}}
              /v1/tables/{tableId}/versions/{kind}:
                get:
                  operationId: version_list
                  x-mcp: {expose: false}
                  security: [{o: ["table:read"]}]
                  parameters:
                    - {name: tableId, in: path, required: true, schema: {type: string}}
                    - {name: kind, in: path, required: true, schema: {enum: [schema, index, shadow]}}
                  responses: {"200": {description: ok}}
              /v1/secrets:
                get: {operationId: secret_list, security: [{o: ["secret:read"]}], responses: {"200": {description: ok}}}
              /logo:
                get: {security: [], x-mcp: {expose: false}, responses: {"200": {description: ok}}}
              /v1/tenants/{tenant}:
                get:
                  operationId: mine
                  security: [{o: ["table:read"]}]
                  parameters: [{name: tenant, in: path, required: true, schema: {type: string}, x-mcp: {bind: {claim: tenant}}}]
                  responses: {"200": {description: ok}}
              /v1/numbers:
                get:
                  operationId: number
                  security: [{o: ["table:read"]}]
                  parameters: [{name: n, in: query, required: true, schema: {type: integer, minimum: 1, maximum: 9}}]
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
                        "wayleave.platforms.test.upstream.max-result-bytes",
                        "2048",
                        "wayleave.audit.values",
                        List.of("base_version_list.kind")));
    }

    @AfterAll
    static void stop() {
        wayleave.close();
    }

    @BeforeEach
    void reset() {
        wayleave.platform.answer(r -> FakePlatform.response(200, "application/json", "{\"id\":7}"));
    }

    private static HttpResponse<String> modern(String method, String params, String... headers) {
        String[] all = new String[headers.length + 2];
        all[0] = "Authorization";
        all[1] = "Bearer " + wayleave.token("table:read");
        System.arraycopy(headers, 0, all, 2, headers.length);
        return ModernRequests.post(wayleave, method, META + params, all);
    }

    private static HttpResponse<String> read(String uri, String... headers) {
        String[] all = new String[headers.length + 2];
        all[0] = "Mcp-Name";
        all[1] = "=?base64?" + Base64.getEncoder().encodeToString(uri.getBytes(StandardCharsets.UTF_8)) + "?=";
        System.arraycopy(headers, 0, all, 2, headers.length);
        return modern("resources/read", ",\"uri\":" + JSON.getNodeFactory().textNode(uri), all);
    }

    private static HttpResponse<String> legacy(String method, String params) {
        return wayleave.post(
                """
                {"jsonrpc":"2.0","id":"a-1","method":"%s","params":{%s}}""".formatted(method, params),
                "MCP-Protocol-Version",
                "2025-06-18",
                "Authorization",
                "Bearer " + wayleave.token("table:read"));
    }

    private static JsonNode lastAudit() throws IOException {
        return JSON.readTree(wayleave.audited().getLast());
    }

    @Test
    void theyAreToldAmongTheCapabilities() throws IOException {
        assertThat(json(modern("server/discover", ""))
                        .at("/result/capabilities")
                        .toString())
                .isEqualTo("{\"tools\":{},\"resources\":{},\"completions\":{}}");
        assertThat(json(legacy("initialize", "\"protocolVersion\":\"2025-06-18\""))
                        .at("/result/capabilities")
                        .toString())
                .isEqualTo("{\"tools\":{},\"resources\":{},\"completions\":{}}");
    }

    @Test
    void singleUrisAreListedInBothEras() throws IOException {
        String listed = """
                [{"uri":"base://tables","name":"base_table_list","title":"Table list",\
                "description":"Calls GET /v1/tables.","mimeType":"application/json"},\
                {"uri":"base://logo","name":"base_get_logo","title":"Base get logo","description":"Calls GET /logo."}]""";
        JsonNode modern = json(modern("resources/list", "")).path("result");
        assertThat(modern.path("resources").toString()).isEqualTo(listed);
        assertThat(modern.path("ttlMs").isInt()).isTrue();
        assertThat(modern.path("cacheScope").asText()).isEqualTo("private");
        assertThat(modern.path("resultType").asText()).isEqualTo("complete");
        assertThat(json(legacy("resources/list", "")).path("result").toString())
                .isEqualTo("{\"resources\":" + listed + "}");
    }

    @Test
    void templatesAreListedInBothEras() throws IOException {
        JsonNode modern = json(modern("resources/templates/list", "")).path("result");
        assertThat(modern.at("/resourceTemplates/0").toString()).isEqualTo("""
                {"uriTemplate":"base://tables/{tableId}","name":"table","title":"One table",\
                "description":"Fields and indexes.","mimeType":"application/json"}""");
        assertThat(modern.path("resourceTemplates").findValuesAsText("uriTemplate"))
                .containsExactly(
                        "base://tables/{tableId}", "base://tables/{tableId}/versions/{kind}", "base://numbers/{n}");
        assertThat(modern.path("cacheScope").asText()).isEqualTo("private");
        assertThat(json(legacy("resources/templates/list", "")).at("/result/resourceTemplates"))
                .isEqualTo(modern.path("resourceTemplates"));
    }

    @Test
    void aReadReachesThePlatformWithTheCallersTokenAndComesBackAsItIs() throws IOException {
        wayleave.platform.answer(r -> FakePlatform.response(200, "application/json", "{\"id\":\"x\",\"n\":1.50}"));
        String token = "Bearer " + wayleave.token("table:read");
        HttpResponse<String> response = read("base://tables/a%2Fb", "Authorization", token);

        assertThat(response.body()).isEqualTo("""
                {"jsonrpc":"2.0","id":"a-1","result":{"resultType":"complete",\
                "contents":[{"uri":"base://tables/a%%2Fb","mimeType":"application/json",\
                "text":"{\\"id\\":\\"x\\",\\"n\\":1.50}"}],"ttlMs":30000,"cacheScope":"private",\
                "_meta":{"io.modelcontextprotocol/serverInfo":{"name":"test","title":"Base","version":"%s"}}}}""".formatted(json(response)
                .at("/result/_meta/io.modelcontextprotocol~1serverInfo/version")
                .asText()));
        FakePlatform.Received received = wayleave.platform.received().getLast();
        assertThat(received.requestLine()).isEqualTo("GET /v1/tables/a%2Fb HTTP/1.1");
        assertThat(received.header("Authorization")).containsExactly(token);
        JsonNode line = lastAudit();
        assertThat(line.path("kind").asText()).isEqualTo("resource");
        assertThat(line.path("resource").asText()).isEqualTo("base://tables/{tableId}");
        assertThat(line.path("tool").asText()).isEqualTo("base_table_get");
        assertThat(line.path("operation").asText()).isEqualTo("GET /v1/tables/{tableId}");
        assertThat(line.path("arguments").toString()).isEqualTo("[\"tableId\"]");
        assertThat(line.path("outcome").asText()).isEqualTo("ok");
        assertThat(line.toString()).doesNotContain("a/b", "a%%2Fb", token.substring(7));
    }

    @Test
    void olderErasGetTheContentsAndNothingElse() throws IOException {
        assertThat(json(legacy("resources/read", "\"uri\":\"base://tables\""))
                        .path("result")
                        .toString())
                .isEqualTo(
                        "{\"contents\":[{\"uri\":\"base://tables\",\"mimeType\":\"application/json\",\"text\":\"{\\\"id\\\":7}\"}]}");
    }

    @Test
    void theNameHeaderMustBeTheUri() throws IOException {
        String uri = ",\"uri\":\"base://tables\"";
        assertError(modern("resources/read", uri), 400, -32020);
        assertError(modern("resources/read", uri, "Mcp-Name", "base://tables/1"), 400, -32020);
        assertError(modern("resources/read", "", "Mcp-Name", "x"), 200, -32602);
        assertThat(modern("resources/read", uri, "Mcp-Name", "base://tables").statusCode())
                .isEqualTo(200);
    }

    @Test
    void bytesAreABlobAndTextIsText() throws IOException {
        wayleave.platform.answerBytes("image/png", new byte[] {1, 2, 3});
        assertThat(json(read("base://logo")).at("/result/contents").toString())
                .isEqualTo("[{\"uri\":\"base://logo\",\"mimeType\":\"image/png\",\"blob\":\"AQID\"}]");
        assertThat(wayleave.platform.received().getLast().header("Authorization"))
                .isEmpty();
        wayleave.platform.answerBytes("application/pdf", new byte[] {1, 2, 3});
        assertThat(json(read("base://logo")).at("/result/contents").toString())
                .isEqualTo("[{\"uri\":\"base://logo\",\"mimeType\":\"application/pdf\",\"blob\":\"AQID\"}]");
        wayleave.platform.answer(r -> FakePlatform.response(200, "text/markdown; charset=utf-8", "# A\u200b"));
        assertThat(json(read("base://logo")).at("/result/contents").toString())
                .isEqualTo("[{\"uri\":\"base://logo\",\"mimeType\":\"text/markdown\",\"text\":\"# A\","
                        + "\"_meta\":{\"dev.wayleave/hiddenCharacters\":1}}]");
        wayleave.platform.answer(r -> FakePlatform.response(204, "", ""));
        assertThat(json(read("base://logo")).at("/result/contents").toString())
                .isEqualTo("[{\"uri\":\"base://logo\",\"mimeType\":\"text/plain\",\"text\":\"Done (204).\"}]");
    }

    @Test
    void whatIsTooLargeIsCutAndSaysSoAndIsNoLongerCalledJson() throws IOException {
        String large = "[" + "\"0123456789\",".repeat(400) + "1]";
        wayleave.platform.answer(r -> FakePlatform.response(200, "application/json", large));
        JsonNode cut = json(read("base://tables")).at("/result/contents/0");
        assertThat(cut.path("mimeType").asText()).isEqualTo("text/plain");
        assertThat(cut.path("text").asText()).contains("too large").hasSizeLessThan(2300);
        wayleave.platform.answerBytes("application/zip", new byte[4000]);
        assertThat(json(read("base://logo")).at("/result/contents/0/text").asText())
                .contains("4000 bytes of application/zip", "too many");
    }

    @Test
    void anAnswerThatDiffersFromTheDescriptionIsGivenAsItIs() throws IOException {
        wayleave.platform.answer(r -> FakePlatform.response(200, "application/json", "{\"id\":\"seven\"}"));
        assertThat(json(read("base://tables/1")).at("/result/contents/0/text").asText())
                .isEqualTo("{\"id\":\"seven\"}");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "base://nothing",
                "base://secrets",
                "base://tables/",
                "base://tables/a/b",
                "base://tables/%2e%2e",
                "base://tables/..",
                "base://tables/%00",
                "base://tables/%C0%AF",
                "base://tables/%",
                "base://tables/\u00e9",
                "base://tables/1/versions/unknown",
                "base://tables/{tableId}",
                "BASE://tables",
                "base://tables?x=1",
                "base://tables#x",
                "other://tables",
                "https://tables/1",
                "file:///etc/passwd",
                "base://mine",
                "base://numbers/0",
                "base://numbers/x",
                "base_table_list",
                "",
            })
    void whatTheCallerCannotReadIsUnknownInEveryEraAndNothingIsSent(String uri) throws IOException {
        int before = wayleave.platform.received().size();
        HttpResponse<String> modern = read(uri);
        assertError(modern, 200, -32602);
        assertThat(json(modern).at("/error/data/uri").asText()).isEqualTo(uri);
        HttpResponse<String> legacy =
                legacy("resources/read", "\"uri\":" + JSON.getNodeFactory().textNode(uri));
        assertError(legacy, 200, -32002);
        assertThat(json(legacy).path("error")).hasSize(3);
        assertThat(json(legacy).at("/error/message")).isEqualTo(json(modern).at("/error/message"));
        assertThat(wayleave.platform.received()).hasSize(before);
    }

    @Test
    void aUriOfAnyLengthIsUnknownAndNotRepeated() throws IOException {
        HttpResponse<String> response =
                legacy("resources/read", "\"uri\":\"base://tables/" + "a".repeat(100_000) + "\"");
        assertError(response, 200, -32002);
        assertThat(response.body()).hasSizeLessThan(500);
    }

    @Test
    void aReadIsAuditedAsACallIs() throws IOException {
        read(
                "base://tables/1/versions/schema",
                "traceparent",
                "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01");
        JsonNode line = lastAudit();
        assertThat(line.path("kind").asText()).isEqualTo("resource");
        assertThat(line.path("tool").asText()).isEqualTo("base_version_list");
        assertThat(line.path("resource").asText()).isEqualTo("base://tables/{tableId}/versions/{kind}");
        assertThat(line.path("operation").asText()).isEqualTo("GET /v1/tables/{tableId}/versions/{kind}");
        assertThat(line.path("arguments").toString()).isEqualTo("[\"tableId\",\"kind\"]");
        assertThat(line.at("/values/0/value").asText()).isEqualTo("schema");
        assertThat(line.path("values")).hasSize(1);
        assertThat(line.path("request").asText()).isEqualTo("a-1");
        assertThat(line.path("trace").asText()).isEqualTo("4bf92f3577b34da6a3ce929d0e0e4736");
        assertThat(line.path("token").asText()).hasSize(32);
        assertThat(line.path("attempts").asInt()).isEqualTo(1);
        assertThat(line.path("reason").asText()).contains("security");
    }

    @Test
    void theAuditTellsWhyEvenWhereTheCallerDoesNotLearnIt() throws IOException {
        read("base://secrets");
        assertThat(lastAudit().path("decision").asText()).isEqualTo("deny");
        assertThat(lastAudit().path("outcome").asText()).isEqualTo("insufficient_scope");
        assertThat(lastAudit().path("resource").asText()).isEqualTo("base://secrets");
        int lines = wayleave.audited().size();
        read("base://nothing");
        assertThat(wayleave.audited()).hasSize(lines + 1);
        assertThat(lastAudit().path("reason").asText()).isEqualTo("no such resource");
        assertThat(lastAudit().has("resource")).isFalse();
        ModernRequests.post(wayleave, "tools/call", META + ",\"name\":\"x\"", "Mcp-Name", "x");
        assertThat(lastAudit().path("kind").asText()).isEqualTo("tool");
        assertThat(lastAudit().path("reason").asText()).isEqualTo("no such tool");
    }

    @ParameterizedTest
    @CsvSource({"403,-32602", "404,-32602", "410,-32602", "400,-32603", "500,-32603", "301,-32603"})
    void whatIsNotThereForThePlatformIsNotThereAndTheRestIsAFaultWithoutItsWords(int status, int code)
            throws IOException {
        wayleave.platform.answer(r -> FakePlatform.response(status, "application/json", "{\"error\":\"stack trace\"}"));
        HttpResponse<String> response = read("base://tables/1");
        assertError(response, 200, code);
        assertThat(response.body()).doesNotContain("stack trace");
        assertThat(json(response).path("result").isMissingNode()).isTrue();
    }

    @Test
    void aPlatformThatDoesNotTakeTheTokenIsAChallenge() {
        wayleave.platform.answer(
                r -> FakePlatform.response(401, "", "", "WWW-Authenticate: Bearer error=\"invalid_token\""));
        HttpResponse<String> response = read("base://tables");
        assertThat(response.statusCode()).isEqualTo(401);
        assertThat(response.headers().firstValue("WWW-Authenticate"))
                .hasValueSatisfying(value -> assertThat(value).contains("invalid_token", "resource_metadata"));
    }

    @Test
    void aRepeatedTokenIsMasked() {
        wayleave.platform.answer(
                r -> FakePlatform.response(200, "application/json", "{\"you\":\"" + r.header("Authorization") + "\"}"));
        HttpResponse<String> response = read("base://tables");
        assertThat(response.body()).contains("[token]").doesNotContain("eyJ");
    }

    @Test
    void theOperationOfAResourceIsNoToolUnlessItIsExposed() throws IOException {
        List<String> tools = json(modern("tools/list", "")).at("/result/tools").findValuesAsText("name");
        assertThat(tools).contains("base_table_get").doesNotContain("base_version_list", "base_get_logo");
        for (String name : List.of("base_version_list", "base://logo", "base://tables/{tableId}")) {
            assertError(modern("tools/call", ",\"name\":\"" + name + "\"", "Mcp-Name", name), 200, -32602);
        }
    }

    @Test
    void variablesAreCompletedFromTheirEnumeration() throws IOException {
        String ref = ",\"ref\":{\"type\":\"ref/resource\",\"uri\":\"base://tables/{tableId}/versions/{kind}\"}";
        String kind = ref + ",\"argument\":{\"name\":\"kind\",\"value\":\"S\"}";
        assertThat(json(modern("completion/complete", kind))
                        .at("/result/completion")
                        .toString())
                .isEqualTo("{\"values\":[\"schema\",\"shadow\"],\"total\":2,\"hasMore\":false}");
        assertThat(json(legacy("completion/complete", kind.substring(1)))
                        .path("result")
                        .toString())
                .isEqualTo("{\"completion\":{\"values\":[\"schema\",\"shadow\"],\"total\":2,\"hasMore\":false}}");
        String free = ref + ",\"argument\":{\"name\":\"tableId\",\"value\":\"\"}";
        assertThat(json(modern("completion/complete", free)).at("/result/completion/values"))
                .isEmpty();
        for (String wrong : List.of(
                ref + ",\"argument\":{\"name\":\"other\",\"value\":\"\"}",
                ref + ",\"argument\":{\"name\":\"kind\"}",
                kind.replace("base://tables", "base://nothing"),
                kind.replace("ref/resource", "ref/tool"),
                "")) {
            assertError(modern("completion/complete", wrong), 200, -32602);
        }
    }

    @Test
    void cursorsOfNobodyAreRefused() throws IOException {
        for (String method : List.of("resources/list", "resources/templates/list")) {
            assertError(modern(method, ",\"cursor\":\"abc\""), 200, -32602);
        }
    }
}
