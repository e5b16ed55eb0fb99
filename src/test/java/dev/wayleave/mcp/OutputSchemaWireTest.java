package dev.wayleave.mcp;

import static dev.wayleave.mcp.Wire.META;
import static dev.wayleave.mcp.Wire.SERVER;
import static org.assertj.core.api.Assertions.assertThat;

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

/** What an output schema promises, and to whom, request and answer literally. */
class OutputSchemaWireTest {
    private static final String API = """
            openapi: 3.1.0
            info: {title: Pets, version: "1"}
            paths:
              /pets:
                get:
                  operationId: countPets
                  responses:
                    "200":
                      description: ok
                      content: {application/json: {schema: {type: object, properties: {n: {type: integer}}}}}
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

    private static Wire.Answer count(String answer) throws IOException {
        wayleave.platform.answer(request -> FakePlatform.response(200, "application/json", answer));
        return Wire.send(wayleave, """
                POST MCP HTTP/1.1
                MCP-Protocol-Version: 2026-07-28
                Mcp-Method: tools/call
                Mcp-Name: count_pets

                {"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"count_pets",%s}}""", META);
    }

    @Test
    void anAnswerThatKeepsToItIsStructuredAndOneThatDoesNotIsAnErrorWithTheWholeOfIt() throws IOException {
        count("{\"n\":1}").is(200, """
                {"jsonrpc":"2.0","id":1,"result":{"resultType":"complete",
                "content":[{"type":"text","text":"{\\"n\\":1}"}],"structuredContent":{"n":1},"isError":false,%s}}""".formatted(SERVER));
        count("{\"n\":\"one\"}").is(200, """
                {"jsonrpc":"2.0","id":1,"result":{"resultType":"complete",
                "content":[{"type":"text","text":"The platform answered 200; the answer differs from its description at /n.\\n{\\"n\\":\\"one\\"}"}],"isError":true,%s}}""".formatted(SERVER));
    }

    @ParameterizedTest
    @CsvSource({
        "MCP-Protocol-Version: 2025-11-25, true",
        "MCP-Protocol-Version: 2025-06-18, true",
        "MCP-Protocol-Version: 2025-03-26, false",
        "X-None: 1, false",
    })
    void whereNothingIsStructuredNoSchemaIsPromised(String header, boolean promised) throws IOException {
        Wire.Answer answer = Wire.send(
                wayleave, "POST MCP HTTP/1.1\n%s\n\n{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"tools/list\"}", header);

        var tool = new ObjectMapper().readTree(answer.body()).at("/result/tools/0");
        assertThat(tool.path("name").asText()).isEqualTo("count_pets");
        assertThat(tool.has("outputSchema")).isEqualTo(promised);
        assertThat(tool.has("inputSchema")).isTrue();
    }
}
