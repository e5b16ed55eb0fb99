package dev.wayleave.mcp;

import static dev.wayleave.mcp.Wire.META;
import static org.assertj.core.api.Assertions.assertThat;

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
import org.junit.jupiter.params.provider.ValueSource;

/** MCP 2025-11-25, 2025-06-18 and 2025-03-26, request and answer literally. */
class LegacyFixturesTest {
    private static final String API = PetStore.YAML + """
            x-mcp:
              resources:
                - {uri: "pets://all", operation: listPets, name: pets, description: All pets}
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

    private static Wire.Answer send(String headers, String body) throws IOException {
        return Wire.send(wayleave, "POST MCP HTTP/1.1\n%s\n\n%s", headers, body);
    }

    @Test
    void v22AResourceThatIsNotThereHasTheCodeOfItsEra() throws IOException {
        send("MCP-Protocol-Version: 2025-11-25", """
                {"jsonrpc":"2.0","id":22,"method":"resources/read","params":{"uri":"pets://none"}}""").is(200, """
                {"jsonrpc":"2.0","id":22,"error":{"code":-32002,"message":"There is no such resource","data":{"uri":"pets://none"}}}""");
        send("MCP-Protocol-Version: 2026-07-28\nMcp-Method: resources/read\nMcp-Name: pets://none", """
                {"jsonrpc":"2.0","id":22,"method":"resources/read","params":{"uri":"pets://none",%s}}""".formatted(META))
                .is(200, """
                {"jsonrpc":"2.0","id":22,"error":{"code":-32602,"message":"There is no such resource","data":{"uri":"pets://none"}}}""");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "X-None: 1",
                "MCP-Protocol-Version: 2025-11-25",
                "MCP-Protocol-Version: 2025-03-26",
                "MCP-Protocol-Version: 2026-07-28"
            })
    void v23ANotificationIsAcceptedInAnyEra(String header) throws IOException {
        for (String method : new String[] {"initialized", "cancelled", "progress", "nobody/knows"}) {
            Wire.Answer answer = send(header, """
                    {"jsonrpc":"2.0","method":"notifications/%s","params":{"requestId":1}}""".formatted(method));

            assertThat(answer.status()).isEqualTo(202);
            assertThat(answer.body()).isEmpty();
            assertThat(answer.header("Content-Type")).isEmpty();
        }
    }

    @Test
    void v24ABatchIsForTheOldestVersionAlone() throws IOException {
        String ping = "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"ping\"}";
        String initialize =
                "{\"jsonrpc\":\"2.0\",\"id\":2,\"method\":\"initialize\",\"params\":{\"protocolVersion\":\"2025-03-26\"}}";
        String modern = "{\"jsonrpc\":\"2.0\",\"id\":3,\"method\":\"ping\",\"params\":{" + META + "}}";
        String done = "{\"jsonrpc\":\"2.0\",\"method\":\"notifications/initialized\"}";
        String response = "{\"jsonrpc\":\"2.0\",\"id\":7,\"result\":{}}";

        send("X-None: 1", "[" + ping + "," + done + "," + response + "]")
                .is(200, "[{\"jsonrpc\":\"2.0\",\"id\":1,\"result\":{}}]");
        assertThat(send("X-None: 1", "[" + done + "," + response + "]").status())
                .isEqualTo(202);
        send("X-None: 1", "[" + ping + "," + initialize + "]").isError(400, -32600, "");
        send("X-None: 1", "[" + ping + "," + modern + "]").isError(400, -32600, "");
        send("X-None: 1", "[]").isError(400, -32600, "");
        send("X-None: 1", "[" + ping + ",7]").isError(400, -32600, "");
        send("MCP-Protocol-Version: 2025-06-18", "[" + ping + "]").isError(400, -32600, "");
        send("MCP-Protocol-Version: 2025-11-25", "[" + ping + "]").isError(400, -32600, "");
        send("MCP-Protocol-Version: 2026-07-28", "[" + ping + "]").isError(400, -32600, "");
        send("X-None: 1", "[" + (ping + ",").repeat(20) + ping + "]").isError(400, -32600, "");
    }

    @ParameterizedTest
    @CsvSource({
        "2025-11-25,2025-11-25",
        "2025-06-18,2025-06-18",
        "2025-03-26,2025-03-26",
        "1999-01-01,2025-11-25",
        "2024-11-05,2025-11-25",
        "2026-07-28,2025-11-25",
    })
    void v25TheHandshakeAgreesOnAVersionAndNamesNoSession(String asked, String agreed) throws IOException {
        Wire.Answer answer =
                send("Mcp-Method: initialize", """
                {"jsonrpc":"2.0","id":0,"method":"initialize","params":{"protocolVersion":"%s","capabilities":{"sampling":{}},
                "clientInfo":{"name":"t","version":"1"}}}""".formatted(asked)).is(200, """
                {"jsonrpc":"2.0","id":0,"result":{"protocolVersion":"%s","capabilities":{"tools":{},"resources":{}},
                "serverInfo":{"name":"test","title":"Pets","version":"V"}}}""".formatted(agreed));

        assertThat(answer.header("Mcp-Session-Id")).isEmpty();
    }

    @Test
    void anInitializeWithAModernHeaderAloneIsRefusedAndOneWithAnOldHeaderIsNot() throws IOException {
        String body =
                "{\"jsonrpc\":\"2.0\",\"id\":0,\"method\":\"initialize\",\"params\":{\"protocolVersion\":\"2025-11-25\"}}";

        send("MCP-Protocol-Version: 2026-07-28", body).isError(400, -32020, "0");
        assertThat(send("MCP-Protocol-Version: 1.0.0", body).status()).isEqualTo(200);
    }

    @Test
    void v26TheVersionHeaderMustBeServedAndMayBeAbsent() throws IOException {
        String list = "{\"jsonrpc\":\"2.0\",\"id\":26,\"method\":\"tools/list\"}";

        assertThat(send("X-None: 1", list).status()).isEqualTo(200);
        assertThat(send("MCP-Protocol-Version: 2025-06-18", list).status()).isEqualTo(200);
        send("MCP-Protocol-Version: 1.0.0", list).is(400, """
                {"jsonrpc":"2.0","id":26,"error":{"code":-32022,"message":"Unsupported protocol version",
                "data":{"supported":["2026-07-28","2025-11-25","2025-06-18","2025-03-26"],"requested":"1.0.0"}}}""");
        send("MCP-Protocol-Version: 1.0.0", "{\"jsonrpc\":\"2.0\",\"method\":\"notifications/initialized\"}")
                .isError(400, -32022, "");
    }

    @Test
    void v27ResultsAreThoseOfTheirEra() throws IOException {
        wayleave.platform.answer(r -> FakePlatform.response(200, "application/json", "[1,2]"));

        send("MCP-Protocol-Version: 2025-11-25", """
                {"jsonrpc":"2.0","id":27,"method":"tools/call","params":{"name":"list_pets"}}""").is(200, """
                {"jsonrpc":"2.0","id":27,"result":{"content":[{"type":"text","text":"[1,2]"}],
                "structuredContent":{"result":[1,2]},"isError":false}}""");
        send("MCP-Protocol-Version: 2025-11-25", "{\"jsonrpc\":\"2.0\",\"id\":27,\"method\":\"resources/list\"}")
                .is(200, """
                {"jsonrpc":"2.0","id":27,"result":{"resources":[{"uri":"pets://all","name":"pets","title":"List pets","description":"All pets"}]}}""");
    }

    @ParameterizedTest
    @ValueSource(strings = {"GET", "DELETE", "PUT", "PATCH"})
    void v28OnlyPostIsAnswered(String verb) throws IOException {
        Wire.Answer answer = Wire.send(wayleave, """
                %s MCP HTTP/1.1
                Accept: text/event-stream
                Mcp-Session-Id: 1868a90c-1
                Last-Event-ID: 7
                MCP-Protocol-Version: 2025-11-25
                """, verb);

        answer.isError(405, 405, "");
        assertThat(answer.header("Allow")).contains("POST");
    }

    @Test
    void aSessionThatAClientNamesIsPassedOver() throws IOException {
        Wire.Answer answer = send(
                "MCP-Protocol-Version: 2025-11-25\nMcp-Session-Id: nobody-knows\nLast-Event-ID: 3",
                "{\"jsonrpc\":\"2.0\",\"id\":\"p\",\"method\":\"ping\"}");

        answer.is(200, "{\"jsonrpc\":\"2.0\",\"id\":\"p\",\"result\":{}}");
        assertThat(answer.header("Mcp-Session-Id")).isEmpty();
    }

    @Test
    void whatASessionWouldRememberIsAcceptedAndForgotten() throws IOException {
        String version = "MCP-Protocol-Version: 2025-11-25";
        send(version, "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"logging/setLevel\",\"params\":{\"level\":\"info\"}}")
                .is(200, "{\"jsonrpc\":\"2.0\",\"id\":1,\"result\":{}}");
        for (String verb : new String[] {"subscribe", "unsubscribe"}) {
            send(version, """
                    {"jsonrpc":"2.0","id":1,"method":"resources/%s","params":{"uri":"test://watched-resource"}}""".formatted(verb)).is(200, "{\"jsonrpc\":\"2.0\",\"id\":1,\"result\":{}}");
        }
        send(version, "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"logging/setLevel\",\"params\":{\"level\":\"loud\"}}")
                .isError(200, -32602, "1");
        send(version, "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"resources/subscribe\",\"params\":{}}")
                .isError(200, -32602, "1");
    }
}
