package dev.wayleave.mcp;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.wayleave.FakePlatform;
import dev.wayleave.RunningWayleave;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The methods that OpenAPI 3.2 adds, as the platform sees them on its socket. */
class MethodsWireTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String API = """
            openapi: 3.2.0
            info: {title: Methods, version: "1"}
            paths:
              /things:
                query:
                  operationId: search
                  requestBody:
                    required: true
                    content: {application/json: {schema: {type: object, required: [text], properties: {text: {type: string}}}}}
                  responses: {"200": {content: {application/json: {schema: {type: object, properties: {ok: {type: boolean}}}}}}}
                trace: {operationId: trace}
                additionalOperations:
                  LINK: {operationId: link, requestBody: {content: {application/json: {schema: {properties: {a: {}}}}}}}
                  Purge-All: {operationId: sweep}
                  CONNECT: {operationId: tunnel}
            """;

    @TempDir
    static Path folder;

    private static RunningWayleave wayleave;

    @BeforeAll
    static void start() {
        wayleave = RunningWayleave.over(folder, API);
    }

    @AfterAll
    static void stop() {
        wayleave.close();
    }

    private static JsonNode rpc(String method, String params) throws IOException {
        String body = "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"" + method + "\",\"params\":" + params + "}";
        return JSON.readTree(wayleave.post(
                        body, "MCP-Protocol-Version", "2025-11-25", "Authorization", "Bearer " + wayleave.token("a"))
                .body());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            search | {"text":"x"} | QUERY /things HTTP/1.1     | {"text":"x"}
            link   | {"a":1}      | LINK /things HTTP/1.1      | {"a":1}
            sweep  | {}           | Purge-All /things HTTP/1.1 | ``
            """)
    void whatIsDeclaredIsSent(String tool, String arguments, String requestLine, String body) throws IOException {
        JsonNode answer = rpc("tools/call", "{\"name\":\"" + tool + "\",\"arguments\":" + arguments + "}");
        assertThat(answer.at("/result/isError").asBoolean())
                .as(answer.toString())
                .isFalse();
        FakePlatform.Received received = wayleave.platform.received().getLast();
        assertThat(received.requestLine()).isEqualTo(requestLine);
        assertThat(received.body()).isEqualTo(body == null ? "" : body);
    }

    @Test
    void aQueryOnlyReadsAndNothingElseThatIsNewDoes() throws IOException {
        JsonNode tools = rpc("tools/list", "{}").at("/result/tools");
        assertThat(tools.findValuesAsText("name")).containsExactlyInAnyOrder("search", "link", "sweep");
        for (JsonNode tool : tools) {
            boolean query = tool.path("name").asText().equals("search");
            assertThat(tool.at("/annotations/readOnlyHint").asBoolean()).isEqualTo(query);
            assertThat(tool.at("/annotations/destructiveHint").asBoolean()).isEqualTo(!query);
            assertThat(tool.has("outputSchema")).isEqualTo(query);
        }
    }
}
