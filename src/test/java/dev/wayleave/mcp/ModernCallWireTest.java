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
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A {@code tools/call} of MCP 2026-07-28, from the wire to the platform and back. */
class ModernCallWireTest {
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
        return ModernRequests.post(wayleave, method, params, headers);
    }

    private static String bearer(String scope) {
        return "Bearer " + wayleave.token(scope);
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
    void everyCallIsRememberedOnceWithoutValuesOrToken() throws IOException {
        String token = bearer("pets:read pets:write");
        int before = wayleave.audited().size();
        post(
                "tools/call",
                META + ",\"name\":\"create_pet\",\"arguments\":{\"name\":\"CANARY-VALUE\"}",
                "Mcp-Name",
                "create_pet",
                "Authorization",
                token);

        List<String> lines = wayleave.audited();
        assertThat(lines).hasSize(before + 1);
        JsonNode event = new ObjectMapper().readTree(lines.getLast());
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
