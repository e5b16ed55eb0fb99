package dev.wayleave.mcp;

import static dev.wayleave.mcp.Wire.META;
import static org.assertj.core.api.Assertions.assertThat;

import dev.wayleave.RunningWayleave;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Arguments that clients repeat in {@code Mcp-Param-…} headers (MCP 2026-07-28, custom headers), literally. */
class HeaderFixturesTest {
    private static final String API = """
            openapi: 3.1.0
            info: {title: Pets, version: "1"}
            paths:
              /greet:
                post:
                  operationId: greet
                  security: [{oauth: ["pets:read"]}]
                  parameters:
                    - {name: times, in: query, x-mcp: {header: Times}, schema: {type: integer}}
                    - {name: loud, in: query, x-mcp: {header: Loud}, schema: {type: boolean}}
                    - {name: plain, in: query, schema: {type: string, x-mcp-header: Vendor}}
                  requestBody:
                    required: true
                    content:
                      application/json:
                        schema:
                          type: object
                          properties:
                            word: {type: string, x-mcp: {header: Word}}
                            place: {type: object, properties: {region: {type: string, x-mcp: {header: Region}}}}
                  responses: {"200": {description: ok}}
              /secret:
                post:
                  operationId: secret
                  security: [{oauth: ["pets:admin"]}]
                  parameters: [{name: times, in: query, x-mcp: {header: Times}, schema: {type: integer}}]
                  responses: {"200": {description: ok}}
              /listed:
                get:
                  operationId: listed
                  parameters: [{name: ids, in: query, schema: {type: array, items: {type: string, x-mcp: {header: Id}}}}]
                  responses: {"200": {description: ok}}
              /twice:
                get:
                  operationId: twice
                  parameters:
                    - {name: a, in: query, x-mcp: {header: Same}, schema: {type: string}}
                    - {name: b, in: query, x-mcp: {header: SAME}, schema: {type: string}}
                  responses: {"200": {description: ok}}
              /real:
                get:
                  operationId: real
                  parameters: [{name: n, in: query, x-mcp: {header: N}, schema: {type: number}}]
                  responses: {"200": {description: ok}}
            components: {securitySchemes: {oauth: {type: oauth2, flows: {}}}}
            """;

    @TempDir
    static Path folder;

    private static RunningWayleave wayleave;

    @BeforeAll
    static void start() {
        wayleave = RunningWayleave.with(folder, API, Map.of());
    }

    @AfterAll
    static void stop() {
        wayleave.close();
    }

    private static Wire.Answer greet(String arguments, String headers) throws IOException {
        return Wire.send(wayleave, """
                POST MCP HTTP/1.1
                MCP-Protocol-Version: 2026-07-28
                Mcp-Method: tools/call
                Mcp-Name: greet
                %s

                {"jsonrpc":"2.0","id":10,"method":"tools/call","params":{"name":"greet","arguments":%s,%s}}""", headers, arguments, META);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"word\":\"Hello\"} | Mcp-Param-Word: =?base64?SGVsbG8=?= | 200",
                "{\"word\":\"Hello\"} | Mcp-Param-Word: Hello | 200",
                "{\"word\":\"Hello\"} | mcp-param-word:   Hello   | 200",
                "{\"word\":\"Hello\"} | Mcp-Param-Word: hello | 400",
                "{\"word\":\"Hello\"} | Mcp-Param-Word: =?base64?SGVsbG8?= | 400",
                "{\"word\":\"Hello\"} | Mcp-Param-Word: =?base64?SGVs!!!bG8=?= | 400",
                "{\"word\":\"Hello\"} | X-None: 1 | 400",
                "{\"word\":null} | X-None: 1 | 200",
                "{} | X-None: 1 | 200",
                "{} | Mcp-Param-Word: Hello | 400",
                "{} | Mcp-Param-Unknown: Hello | 200",
                "{\"word\":\"SGVsbG8=\"} | Mcp-Param-Word: SGVsbG8= | 200",
                "{\"word\":\"=?base64?x\"} | Mcp-Param-Word: =?base64?x | 200",
                "{\"word\":\"Gr\u00fc\u00dfe\"} | Mcp-Param-Word: =?base64?R3LDvMOfZQ==?= | 200",
                "{\"times\":42} | Mcp-Param-Times: 42 | 200",
                "{\"times\":42} | Mcp-Param-Times: 42.0 | 200",
                "{\"times\":42} | Mcp-Param-Times: 43 | 400",
                "{\"times\":42} | Mcp-Param-Times: 4e1 | 400",
                "{\"loud\":true} | Mcp-Param-Loud: true | 200",
                "{\"loud\":true} | Mcp-Param-Loud: TRUE | 400",
                "{\"place\":{\"region\":\"eu\"}} | Mcp-Param-Region: eu | 200",
                "{\"place\":{\"region\":\"eu\"}} | Mcp-Param-Region: us | 400",
                "{\"place\":{\"region\":\"eu\"}} | X-None: 1 | 400",
                "{\"plain\":\"x\"} | Mcp-Param-Vendor: y | 200",
            })
    void v10AndV11AHeaderThatRepeatsAnArgumentMustSayTheSame(String arguments, String header, int status)
            throws IOException {
        int before = wayleave.platform.received().size();
        Wire.Answer answer = greet(arguments, header);

        if (status == 400) {
            answer.isError(400, -32020, "10");
            assertThat(wayleave.platform.received()).hasSize(before);
        } else {
            assertThat(answer.status()).as(answer.body()).isEqualTo(200);
            assertThat(answer.body()).contains("\"result\"");
        }
    }

    @Test
    void theSchemaTellsWhatIsRepeatedAndNothingThatNobodyAskedFor() throws IOException {
        String list = Wire.send(wayleave, """
                POST MCP HTTP/1.1
                MCP-Protocol-Version: 2026-07-28
                Mcp-Method: tools/list

                {"jsonrpc":"2.0","id":1,"method":"tools/list","params":{%s}}""", META).body();

        assertThat(list)
                .contains("\"x-mcp-header\":\"Times\"", "\"x-mcp-header\":\"Loud\"", "\"x-mcp-header\":\"Region\"")
                .contains("\"type\":\"string\",\"x-mcp-header\":\"Word\"")
                .doesNotContain("Vendor");
    }

    @Test
    void aToolWhoseHeaderNoClientCouldSendIsNotServed() throws IOException {
        String list = Wire.send(wayleave, """
                POST MCP HTTP/1.1
                MCP-Protocol-Version: 2026-07-28
                Mcp-Method: tools/list

                {"jsonrpc":"2.0","id":1,"method":"tools/list","params":{%s}}""", META).body();

        assertThat(list).doesNotContain("\"listed\"", "\"twice\"", "\"real\"").contains("\"greet\"");
    }

    @Test
    void aToolThatTheCallerIsNotOfferedDoesNotTellWhatItAsksFor() throws IOException {
        Wire.Answer answer = Wire.send(wayleave, """
                POST MCP HTTP/1.1
                MCP-Protocol-Version: 2026-07-28
                Mcp-Method: tools/call
                Mcp-Name: secret

                {"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"secret","arguments":{"times":1},%s}}""", META);

        answer.isError(403, 403, "1");
    }

    @Test
    void aLegacyCallIsHeldToNoHeader() throws IOException {
        Wire.Answer answer = Wire.send(wayleave, """
                POST MCP HTTP/1.1
                MCP-Protocol-Version: 2025-11-25
                Mcp-Method: nonsense
                Mcp-Name: nonsense
                Mcp-Param-Times: 7

                {"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"greet","arguments":{"times":1}}}""");

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.body()).contains("\"isError\":false");
    }
}
