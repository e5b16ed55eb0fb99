package dev.wayleave.mcp;

import static dev.wayleave.mcp.ModernRequests.META;
import static dev.wayleave.mcp.ModernRequests.assertError;
import static dev.wayleave.mcp.ModernRequests.json;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.wayleave.RunningWayleave;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** MCP 2026-07-28 over the wire. */
class ModernWireTest {
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

    private static HttpResponse<String> post(String method, String params, String... headers) {
        return ModernRequests.post(wayleave, method, params, headers);
    }

    private static String bearer(String scope) {
        return "Bearer " + wayleave.token(scope);
    }

    private static List<String> names(JsonNode result) {
        return result.path("tools")
                .valueStream()
                .map(tool -> tool.path("name").asText())
                .toList();
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
}
