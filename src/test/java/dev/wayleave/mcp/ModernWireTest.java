package dev.wayleave.mcp;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.wayleave.FakePlatform;
import dev.wayleave.RunningWayleave;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** MCP 2026-07-28 over the wire. */
class ModernWireTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String META = """
            "_meta":{"io.modelcontextprotocol/protocolVersion":"2026-07-28","io.modelcontextprotocol/clientCapabilities":{}}""";

    @TempDir
    static Path folder;

    private static RunningWayleave wayleave;

    @BeforeAll
    static void start() {
        wayleave = RunningWayleave.over(folder, PetStore.YAML);
    }

    @AfterAll
    static void stop() {
        wayleave.close();
    }

    @BeforeEach
    void reset() {
        wayleave.platform.answer(r -> FakePlatform.response(200, "application/json", "{\"ok\":true}"));
    }

    private static HttpResponse<String> post(String method, String params, String... headers) {
        String[] all = new String[headers.length + 6];
        System.arraycopy(
                new String[] {
                    "MCP-Protocol-Version",
                    "2026-07-28",
                    "Mcp-Method",
                    method,
                    "Authorization",
                    bearer("pets:read pets:write")
                },
                0,
                all,
                0,
                6);
        System.arraycopy(headers, 0, all, 6, headers.length);
        return wayleave.post("""
                {"jsonrpc":"2.0","id":"a-1","method":"%s","params":{%s}}""".formatted(method, params), all);
    }

    private static String bearer(String scope) {
        return "Bearer " + wayleave.token(scope);
    }

    private static JsonNode json(HttpResponse<String> response) throws IOException {
        return JSON.readTree(response.body());
    }

    private static List<String> names(JsonNode result) {
        return result.path("tools")
                .valueStream()
                .map(tool -> tool.path("name").asText())
                .toList();
    }

    private static void assertError(HttpResponse<String> response, int status, int code) throws IOException {
        assertThat(response.statusCode()).as(response.body()).isEqualTo(status);
        assertThat(json(response).at("/error/code").asInt()).as(response.body()).isEqualTo(code);
        assertThat(json(response).path("id").asText()).isEqualTo("a-1");
    }

    @Test
    void discoverTellsVersionsCapabilitiesAndWhoWeAre() throws IOException {
        HttpResponse<String> response = post("server/discover", META);

        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.headers().firstValue("content-type")).contains("application/json");
        JsonNode result = json(response).path("result");
        assertThat(result.path("resultType").asText()).isEqualTo("complete");
        assertThat(result.path("supportedVersions").toString()).isEqualTo("[\"2026-07-28\"]");
        assertThat(result.path("capabilities").toString()).isEqualTo("{\"tools\":{}}");
        assertThat(result.path("ttlMs").isInt()).isTrue();
        assertThat(result.path("cacheScope").asText()).isEqualTo("private");
        assertThat(result.at("/_meta/io.modelcontextprotocol~1serverInfo/name").asText())
                .isEqualTo("test");
        assertThat(result.at("/_meta/io.modelcontextprotocol~1serverInfo/version")
                        .asText())
                .matches("\\d+\\.\\d+\\.\\d+");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "\"_meta\":{}",
                "\"_meta\":{\"io.modelcontextprotocol/clientCapabilities\":{}}",
                "\"_meta\":{\"io.modelcontextprotocol/protocolVersion\":\"2026-07-28\"}",
                "\"_meta\":{\"io.modelcontextprotocol/protocolVersion\":1,\"io.modelcontextprotocol/clientCapabilities\":{}}",
                "\"_meta\":{\"io.modelcontextprotocol/protocolVersion\":\"2026-07-28\",\"io.modelcontextprotocol/clientCapabilities\":[]}",
            })
    void aModernRequestWithoutItsMetaIsRefused(String params) throws IOException {
        assertError(post("server/discover", params), 400, -32602);
    }

    @Test
    void aVersionThatIsNotServedIsToldWhichAre() throws IOException {
        String meta = META.replace("2026-07-28", "v999.0.0");
        HttpResponse<String> response = wayleave.post(
                "{\"jsonrpc\":\"2.0\",\"id\":\"a-1\",\"method\":\"server/discover\",\"params\":{" + meta + "}}",
                "Authorization",
                bearer(""),
                "MCP-Protocol-Version",
                "v999.0.0",
                "Mcp-Method",
                "server/discover");

        assertError(response, 400, -32022);
        assertThat(json(response).at("/error/data").toString())
                .isEqualTo("{\"supported\":[\"2026-07-28\"],\"requested\":\"v999.0.0\"}");
    }

    @Test
    void headerAndBodyMustAgree() throws IOException {
        assertError(post("server/discover", META.replace("2026-07-28", "v999.0.0")), 400, -32020);
        assertError(post("tools/list", META, "Mcp-Method", "TOOLS/LIST"), 400, -32020);
        assertError(post("tools/list", META, "Mcp-Method", "prompts/list"), 400, -32020);
        assertError(post("tools/list", META, "Mcp-Method", ""), 400, -32020);
        assertError(post("tools/list", META, "MCP-Protocol-Version", ""), 400, -32020);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "initialize",
                "ping",
                "logging/setLevel",
                "resources/subscribe",
                "resources/unsubscribe",
                "unknown/method",
                "prompts/list",
                "resources/list"
            })
    void whatTheModernEraDoesNotKnowIsNotFound(String method) throws IOException {
        assertError(post(method, META), 404, -32601);
    }

    @Test
    void theListIsWhatTheTokenMayCallInTheOrderOfTheDescription() throws IOException {
        JsonNode all = json(post("tools/list", META)).path("result");
        JsonNode read = json(post("tools/list", META, "Authorization", bearer("pets:read")))
                .path("result");

        assertThat(all.path("cacheScope").asText()).isEqualTo("private");
        assertThat(names(all)).containsExactly("list_pets", "create_pet", "get_pet", "delete_pet", "get_status");
        assertThat(names(read)).containsExactly("list_pets", "get_pet", "get_status");
        JsonNode tool = all.path("tools").get(1);
        assertThat(tool.path("title").asText()).isEqualTo("Create a pet");
        assertThat(tool.at("/inputSchema/properties").properties()).hasSize(2);
        assertThat(tool.at("/inputSchema/required").toString()).isEqualTo("[\"name\"]");
        assertThat(tool.path("annotations").toString())
                .isEqualTo(
                        "{\"title\":\"Create a pet\",\"readOnlyHint\":false,\"destructiveHint\":false,\"idempotentHint\":false,\"openWorldHint\":false}");
    }

    @Test
    void aCursorThatIsNotOursIsRefused() throws IOException {
        assertError(post("tools/list", META + ",\"cursor\":\"x\""), 200, -32602);
    }

    @Test
    void aCallReachesThePlatformWithTheCallersTokenAndComesBackStructured() throws IOException {
        wayleave.platform.answer(r -> FakePlatform.response(200, "application/json", "{\"name\":\"Rex\",\"n\":1.50}"));
        int before = wayleave.platform.received().size();
        String token = bearer("pets:read");
        HttpResponse<String> response = post(
                "tools/call",
                META + ",\"name\":\"get_pet\",\"arguments\":{\"petId\":\"a/b\",\"verbose\":true}",
                "Mcp-Name",
                "get_pet",
                "Authorization",
                token);

        assertThat(response.statusCode()).isEqualTo(200);
        JsonNode result = json(response).path("result");
        assertThat(result.path("structuredContent").toString()).isEqualTo("{\"name\":\"Rex\",\"n\":1.5}");
        assertThat(response.body()).contains("\"structuredContent\":{\"name\":\"Rex\",\"n\":1.50}");
        assertThat(result.at("/content/0/text").asText()).isEqualTo("{\"name\":\"Rex\",\"n\":1.50}");
        assertThat(result.path("isError").asBoolean()).isFalse();
        List<FakePlatform.Received> received = wayleave.platform.received();
        assertThat(received).hasSize(before + 1);
        assertThat(received.getLast().requestLine()).isEqualTo("GET /pets/a%2Fb?verbose=true HTTP/1.1");
        assertThat(received.getLast().header("Authorization")).containsExactly(token);
    }

    @Test
    void anArrayIsWrappedSoThatStructuredContentIsAnObject() throws IOException {
        wayleave.platform.answer(r -> FakePlatform.response(200, "application/json", "[1,2]"));
        JsonNode result = json(post("tools/call", META + ",\"name\":\"list_pets\"", "Mcp-Name", "list_pets"))
                .path("result");

        assertThat(result.path("structuredContent").toString()).isEqualTo("{\"result\":[1,2]}");
        assertThat(result.at("/content/0/text").asText()).isEqualTo("[1,2]");
    }

    @Test
    void theNameHeaderMayBeEncodedAndMustMatch() throws IOException {
        String params = META + ",\"name\":\"list_pets\"";
        String encoded = Base64.getEncoder().encodeToString("list_pets".getBytes(StandardCharsets.UTF_8));

        assertError(post("tools/call", params), 400, -32020);
        assertError(post("tools/call", params, "Mcp-Name", "get_pet"), 400, -32020);
        assertError(post("tools/call", params, "Mcp-Name", "=?base64?" + encoded + "x?="), 400, -32020);
        assertThat(post("tools/call", params, "Mcp-Name", "  list_pets  ").statusCode())
                .isEqualTo(200);
        assertThat(post("tools/call", params, "Mcp-Name", "=?base64?" + encoded + "?=")
                        .statusCode())
                .isEqualTo(200);
    }

    @Test
    void anUnknownToolIsAnErrorInBand() throws IOException {
        assertError(post("tools/call", META + ",\"name\":\"nope\"", "Mcp-Name", "nope"), 200, -32602);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{} | petId | required",
                "{\"petId\":7} | petId | type",
                "{\"petId\":\"x\",\"verbose\":\"yes\"} | verbose | type",
                "{\"petId\":\"x\",\"other\":1} | other | additionalProperties",
                "{\"petId\":\"..\"} | petId | segment of the path",
                "{\"petId\":\"\"} | petId | segment of the path",
            })
    void argumentsThatDoNotFitAreNamedWithTheirRuleAndNothingIsSent(String arguments, String name, String rule)
            throws IOException {
        int before = wayleave.platform.received().size();
        JsonNode result = json(post(
                        "tools/call", META + ",\"name\":\"get_pet\",\"arguments\":" + arguments, "Mcp-Name", "get_pet"))
                .path("result");

        assertThat(result.path("isError").asBoolean()).isTrue();
        assertThat(result.at("/content/0/text").asText()).contains(name).contains(rule);
        assertThat(wayleave.platform.received()).hasSize(before);
    }

    @Test
    void aTokenWithoutTheScopeIsChallengedBeforeAnythingIsSent() throws IOException {
        int before = wayleave.platform.received().size();
        HttpResponse<String> response = post(
                "tools/call",
                META + ",\"name\":\"delete_pet\",\"arguments\":{\"petId\":\"1\"}",
                "Mcp-Name",
                "delete_pet",
                "Authorization",
                bearer("pets:read"));

        assertThat(response.statusCode()).isEqualTo(403);
        assertThat(response.headers().firstValue("WWW-Authenticate").orElseThrow())
                .startsWith("Bearer ")
                .contains("error=\"insufficient_scope\"")
                .contains("scope=\"pets:write\"")
                .contains("resource_metadata=\"" + wayleave.url.resolve("/.well-known/oauth-protected-resource/mcp")
                        + "\"");
        assertThat(json(response).path("id").asText()).isEqualTo("a-1");
        assertThat(wayleave.platform.received()).hasSize(before);
    }

    @Test
    void theScopeOfADescriptionIsNeverMatchedInPart() throws IOException {
        for (String scope : List.of("pets:readx", "pets", "PETS:READ", "pets:write,pets:read", "pets:read\u00a0x")) {
            assertThat(names(json(post("tools/list", META, "Authorization", bearer(scope)))
                            .path("result")))
                    .as(scope)
                    .containsExactly("get_status");
        }
    }

    @Test
    void aNotificationIsAcceptedWithoutABody() {
        HttpResponse<String> response = wayleave.post(
                "{\"jsonrpc\":\"2.0\",\"method\":\"notifications/whatever\"}", "Authorization", bearer(""));

        assertThat(response.statusCode()).isEqualTo(202);
        assertThat(response.body()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{",
                "{} {}",
                "// x\n{}",
                "NaN",
                "\ufeff{}",
                "{\"a\":1e99999999999}",
                "{\"a\":1e1000000}",
                "[1e-401]",
                "{\"a\":1%s}"
            })
    void whatIsNotOneJsonTextIsAParseError(String body) throws IOException {
        HttpResponse<String> response =
                wayleave.post(body.replace("%s", "0".repeat(1000)), "Authorization", bearer(""));

        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(json(response).at("/error/code").asInt()).isEqualTo(-32700);
        assertThat(json(response).has("id")).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "[]",
                "7",
                "{\"jsonrpc\":\"2.0\",\"id\":1,\"id\":2,\"method\":\"ping\"}",
                "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"tools/call\",\"params\":{\"name\":\"a\",\"name\":\"b\"}}",
                "{\"id\":1,\"method\":\"ping\"}",
                "{\"jsonrpc\":\"2.0\",\"id\":null,\"method\":\"ping\"}",
                "{\"jsonrpc\":\"2.0\",\"id\":1.5,\"method\":\"ping\"}",
                "{\"jsonrpc\":\"2.0\",\"id\":{},\"method\":\"ping\"}",
                "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":7}",
                "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"ping\",\"params\":[]}",
            })
    void whatIsNotAMessageIsAnInvalidRequest(String body) throws IOException {
        HttpResponse<String> response = wayleave.post(body, "Authorization", bearer(""));

        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(json(response).at("/error/code").asInt()).isEqualTo(-32600);
    }

    @Test
    void deepAndLargeBodiesAreRefused() throws IOException {
        assertThat(wayleave.post("[".repeat(100) + "]".repeat(100), "Authorization", bearer(""))
                        .statusCode())
                .isEqualTo(400);
        HttpResponse<String> large = wayleave.post("\"" + "x".repeat(2_000_000) + "\"", "Authorization", bearer(""));
        assertThat(large.statusCode()).isEqualTo(413);
        assertThat(json(large).at("/error/code").asInt()).isEqualTo(413);
    }

    @ParameterizedTest
    @CsvSource({
        "Content-Type,text/plain,415",
        "Content-Encoding,gzip,415",
        "Accept,text/html,406",
        "Origin,http://evil.example,403",
        "Origin,null,403",
        "Origin,http://localhost.evil.example,403",
    })
    void theFormOfARequestIsChecked(String header, String value, int status) throws IOException {
        HttpResponse<String> response = post("tools/list", META, header, value);

        assertThat(response.statusCode()).isEqualTo(status);
        assertThat(json(response).at("/error/code").asInt()).isEqualTo(status);
    }

    @ParameterizedTest
    @ValueSource(strings = {"http://localhost:3000", "http://127.0.0.1:6274", "http://[::1]:1"})
    void loopbackOriginsAreLetInOnALoopbackBind(String origin) {
        assertThat(post("tools/list", META, "Origin", origin).statusCode()).isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(strings = {"GET", "DELETE", "PUT", "PATCH"})
    void onlyPostIsAnswered(String verb) {
        HttpResponse<String> response = wayleave.send(HttpRequest.newBuilder(wayleave.url)
                .method(verb, HttpRequest.BodyPublishers.noBody())
                .header("Authorization", bearer(""))
                .build());

        assertThat(response.statusCode()).isEqualTo(405);
        assertThat(response.headers().firstValue("Allow")).contains("POST");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/",
                "/mcp/",
                "/MCP",
                "/mcp/x",
                "/info",
                "/beans",
                "/.well-known/oauth-protected-resource",
                "/prometheus"
            })
    void anythingElseIsNotFound(String path) throws IOException {
        HttpResponse<String> response =
                wayleave.send(HttpRequest.newBuilder(wayleave.url.resolve(path)).build());

        assertThat(response.statusCode()).as(path).isEqualTo(404);
        assertThat(json(response).path("error").properties()).hasSize(2);
    }

    @Test
    void healthAnswersAnyone() {
        for (String path : List.of("/health", "/health/liveness", "/health/readiness")) {
            HttpResponse<String> response = wayleave.send(
                    HttpRequest.newBuilder(wayleave.url.resolve(path)).build());
            assertThat(response.statusCode()).as(path).isEqualTo(200);
            assertThat(response.body()).isEqualTo("{\"status\":\"UP\"}");
        }
    }

    @Test
    void everyCallIsRememberedOnceWithoutValuesOrToken() throws IOException {
        String token = bearer("pets:read pets:write");
        int before = Files.readAllLines(wayleave.audit).size();
        post(
                "tools/call",
                META + ",\"name\":\"create_pet\",\"arguments\":{\"name\":\"CANARY-VALUE\"}",
                "Mcp-Name",
                "create_pet",
                "Authorization",
                token);

        List<String> lines = Files.readAllLines(wayleave.audit);
        assertThat(lines).hasSize(before + 1);
        JsonNode event = JSON.readTree(lines.getLast());
        assertThat(event.path("tool").asText()).isEqualTo("create_pet");
        assertThat(event.path("operation").asText()).isEqualTo("POST /pets");
        assertThat(event.path("subject").asText()).isEqualTo("user-1");
        assertThat(event.path("client").asText()).isEqualTo("test-client");
        assertThat(event.path("arguments").toString()).isEqualTo("[\"name\"]");
        assertThat(event.path("decision").asText()).isEqualTo("allow");
        assertThat(event.path("outcome").asText()).isEqualTo("ok");
        assertThat(event.path("upstream_status").asInt()).isEqualTo(200);
        assertThat(lines.getLast()).doesNotContain("CANARY-VALUE").doesNotContain(token.substring(7));
    }
}
