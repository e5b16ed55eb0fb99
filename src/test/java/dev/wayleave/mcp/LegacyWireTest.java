package dev.wayleave.mcp;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.wayleave.FakePlatform;
import dev.wayleave.RunningWayleave;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** MCP 2025-11-25, 2025-06-18 and 2025-03-26 over the wire. */
class LegacyWireTest {
    private static final ObjectMapper JSON = new ObjectMapper();

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

    private static HttpResponse<String> post(String body, String version, String... headers) {
        String[] all = new String[headers.length + 4];
        all[0] = "Authorization";
        all[1] = "Bearer " + wayleave.token("pets:read pets:write");
        all[2] = "MCP-Protocol-Version";
        all[3] = version;
        System.arraycopy(headers, 0, all, 4, headers.length);
        return wayleave.post(body, all);
    }

    private static JsonNode json(HttpResponse<String> response) throws IOException {
        return JSON.readTree(response.body());
    }

    @ParameterizedTest
    @CsvSource({
        "2025-11-25,2025-11-25",
        "2025-06-18,2025-06-18",
        "2025-03-26,2025-03-26",
        "1999-01-01,2025-11-25",
        "2026-07-28,2025-11-25",
    })
    void theHandshakeAgreesOnAVersionAndMakesNoSession(String asked, String agreed) throws IOException {
        HttpResponse<String> response = post("""
                {"jsonrpc":"2.0","id":0,"method":"initialize","params":{"protocolVersion":"%s","capabilities":{},
                "clientInfo":{"name":"t","version":"1"}}}""".formatted(asked), "", "Mcp-Method", "initialize");

        assertThat(response.statusCode()).isEqualTo(200);
        JsonNode result = json(response).path("result");
        assertThat(result.path("protocolVersion").asText()).isEqualTo(agreed);
        assertThat(result.path("capabilities").toString()).isEqualTo("{\"tools\":{}}");
        assertThat(result.at("/serverInfo/name").asText()).isEqualTo("test");
        assertThat(response.headers().firstValue("Mcp-Session-Id")).isEmpty();
        assertThat(result.has("resultType")).isFalse();
    }

    @ParameterizedTest
    @CsvSource({"'',200", "2025-11-25,200", "2025-06-18,200", "2025-03-26,200", "1.0.0,400", "2024-11-05,400"})
    void theVersionHeaderOfARequestMustBeOneThatIsServed(String version, int status) throws IOException {
        HttpResponse<String> response = post("{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"tools/list\"}", version);

        assertThat(response.statusCode()).isEqualTo(status);
        if (status == 400) {
            assertThat(json(response).at("/error/code").asInt()).isEqualTo(-32022);
            assertThat(json(response).at("/error/data/supported").toString()).contains("2026-07-28", "2025-11-25");
        }
    }

    @Test
    void resultsHaveNothingOfTheModernEra() throws IOException {
        JsonNode list = json(post("{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"tools/list\"}", "2025-11-25"))
                .path("result");

        assertThat(list.path("tools")).hasSize(5);
        assertThat(list.properties()).extracting(Map.Entry::getKey).containsExactly("tools");
    }

    @Test
    void pingIsAnsweredWithNothing() {
        assertThat(post("{\"jsonrpc\":\"2.0\",\"id\":\"p\",\"method\":\"ping\"}", "2025-06-18")
                        .body())
                .isEqualTo("{\"jsonrpc\":\"2.0\",\"id\":\"p\",\"result\":{}}");
    }

    @ParameterizedTest
    @CsvSource({"2025-11-25,true", "2025-06-18,true", "2025-03-26,false", "'',false"})
    void structuredContentIsForVersionsThatKnowIt(String version, boolean structured) throws IOException {
        wayleave.platform.answer(r -> FakePlatform.response(200, "application/json", "{\"a\":1}"));
        JsonNode result = json(post(
                        "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"tools/call\",\"params\":{\"name\":\"list_pets\"}}",
                        version))
                .path("result");

        assertThat(result.has("structuredContent")).isEqualTo(structured);
        assertThat(result.at("/content/0/text").asText()).isEqualTo("{\"a\":1}");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"jsonrpc\":\"2.0\",\"method\":\"notifications/initialized\"}",
                "{\"jsonrpc\":\"2.0\",\"id\":1,\"result\":{}}",
                "[{\"jsonrpc\":\"2.0\",\"method\":\"notifications/initialized\"}]"
            })
    void whatWantsNoAnswerIsAccepted(String body) {
        HttpResponse<String> response = post(body, "");

        assertThat(response.statusCode()).isEqualTo(202);
        assertThat(response.body()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"resources/list", "prompts/list", "server/discover", "nope"})
    void anUnknownMethodIsAnErrorInBand(String method) throws IOException {
        HttpResponse<String> response =
                post("{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"" + method + "\"}", "2025-11-25");

        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(json(response).at("/error/code").asInt()).isEqualTo(-32601);
    }

    @Test
    void aBatchIsServedInItsOwnVersionOnly() throws IOException {
        String batch = """
                [{"jsonrpc":"2.0","id":1,"method":"ping"},{"jsonrpc":"2.0","method":"notifications/x"},
                {"jsonrpc":"2.0","id":2,"method":"nope"}]""";

        JsonNode answers = json(post(batch, ""));
        assertThat(answers).hasSize(2);
        assertThat(answers.get(0).toString()).isEqualTo("{\"jsonrpc\":\"2.0\",\"id\":1,\"result\":{}}");
        assertThat(answers.get(1).at("/error/code").asInt()).isEqualTo(-32601);
        assertThat(post(batch, "2025-06-18").statusCode()).isEqualTo(400);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "[]",
                "[{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"initialize\"}]",
                "[{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"ping\",\"params\":{\"_meta\":{\"io.modelcontextprotocol/protocolVersion\":\"2026-07-28\"}}}]",
                "[{\"jsonrpc\":\"2.0\",\"method\":\"notifications/x\",\"params\":{\"_meta\":{\"io.modelcontextprotocol/protocolVersion\":\"2026-07-28\"}}}]",
                "[1]"
            })
    void aBatchOfTheWrongThingsIsRefused(String body) throws IOException {
        HttpResponse<String> response = post(body, "");

        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(json(response).at("/error/code").asInt()).isEqualTo(-32600);
    }

    @Test
    void aBatchWithACallThatLacksScopesIsChallengedAsAWholeBeforeAnyOfItIsSent() throws IOException {
        int before = wayleave.platform.received().size();
        HttpResponse<String> response = wayleave.post("""
                [{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"delete_pet","arguments":{"petId":"1"}}},
                {"jsonrpc":"2.0","id":2,"method":"tools/call","params":{"name":"list_pets","arguments":{}}}]""", "Authorization", "Bearer " + wayleave.token("pets:write"));

        assertThat(response.statusCode()).isEqualTo(403);
        assertThat(response.headers().firstValue("WWW-Authenticate").orElseThrow())
                .contains("error=\"insufficient_scope\"", "scope=\"pets:read\"", "resource_metadata=");
        assertThat(json(response).path("id").intValue()).isEqualTo(2);
        assertThat(wayleave.platform.received()).hasSize(before);
        assertThat(wayleave.audited().getLast())
                .contains("\"tool\":\"list_pets\"", "\"outcome\":\"insufficient_scope\"");
    }

    @Test
    void aBatchOfCallsThatAreAllowedIsCarriedOut() throws IOException {
        int before = wayleave.platform.received().size();
        JsonNode answers = json(post("""
                [{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"delete_pet","arguments":{"petId":"1"}}},
                {"jsonrpc":"2.0","id":2,"method":"tools/call","params":{"name":"nope"}},
                {"jsonrpc":"2.0","id":3,"method":"tools/call","params":{"name":7}}]""", ""));

        assertThat(answers).hasSize(3);
        assertThat(answers.get(1).at("/error/message").asText()).isEqualTo("Unknown tool");
        assertThat(wayleave.platform.received()).hasSize(before + 1);
    }
}
