package dev.wayleave.mcp;

import static dev.wayleave.mcp.Wire.META;
import static dev.wayleave.mcp.Wire.SERVER;
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
                "{\"word\":\"Hello\"} | Mcp-Param-Word: =?base64?SGVsbG8=?= |",
                "{\"word\":\"Hello\"} | Mcp-Param-Word: Hello |",
                "{\"word\":\"Hello\"} | mcp-param-word:   Hello   |",
                "{\"word\":\"Hello\"} | Mcp-Param-Word: hello | MISMATCHWordDIFFERS",
                "{\"word\":\"Hello\"} | Mcp-Param-Word: =?base64?SGVsbG8?= | MISMATCHWordDIFFERS",
                "{\"word\":\"Hello\"} | Mcp-Param-Word: =?base64?SGVs!!!bG8=?= | MISMATCHWordDIFFERS",
                "{\"word\":\"Hello\"} | X-None: 1 | The header Mcp-Param-Word must be there once.",
                "{} | X-None: 1 |",
                "{} | Mcp-Param-Word: Hello | MISMATCHWord repeats an argument that is not there.",
                "{} | Mcp-Param-Unknown: Hello |",
                "{\"word\":\"SGVsbG8=\"} | Mcp-Param-Word: SGVsbG8= |",
                "{\"word\":\"=?base64?x\"} | Mcp-Param-Word: =?base64?x |",
                "{\"word\":\"Gr\u00fc\u00dfe\"} | Mcp-Param-Word: =?base64?R3LDvMOfZQ==?= |",
                "{\"times\":42} | Mcp-Param-Times: 42 |",
                "{\"times\":42} | Mcp-Param-Times: 42.0 |",
                "{\"times\":42} | Mcp-Param-Times: 43 | MISMATCHTimesDIFFERS",
                "{\"times\":42} | Mcp-Param-Times: 4e1 | MISMATCHTimesDIFFERS",
                "{\"times\":9007199254740991} | Mcp-Param-Times: 9007199254740991 |",
                "{\"times\":-9007199254740991} | Mcp-Param-Times: -9007199254740991 |",
                "{\"times\":9007199254740992} | Mcp-Param-Times: 9007199254740992 | MISMATCHTimesDIFFERS",
                "{\"times\":-9007199254740992} | Mcp-Param-Times: -9007199254740992 | MISMATCHTimesDIFFERS",
                "{\"loud\":true} | Mcp-Param-Loud: true |",
                "{\"loud\":true} | Mcp-Param-Loud: TRUE | MISMATCHLoudDIFFERS",
                "{\"place\":{\"region\":\"eu\"}} | Mcp-Param-Region: eu |",
                "{\"place\":{\"region\":\"eu\"}} | Mcp-Param-Region: us | MISMATCHRegionDIFFERS",
                "{\"place\":{\"region\":\"eu\"}} | X-None: 1 | The header Mcp-Param-Region must be there once.",
                "{\"plain\":\"x\"} | Mcp-Param-Vendor: y |",
            })
    void v10AndV11AHeaderThatRepeatsAnArgumentMustSayTheSame(String arguments, String header, String wrong)
            throws IOException {
        int before = wayleave.platform.received().size();
        Wire.Answer answer = greet(arguments, header);

        if (wrong == null) {
            answer.is(200, """
                    {"jsonrpc":"2.0","id":10,"result":{"resultType":"complete",
                    "content":[{"type":"text","text":"{\\"ok\\":true}"}],"structuredContent":{"ok":true},"isError":false,%s}}""".formatted(SERVER));
        } else {
            answer.is(400, """
                    {"jsonrpc":"2.0","id":10,"error":{"code":-32020,"message":"%s"}}""".formatted(wrong.replace("MISMATCH", "Header mismatch: Mcp-Param-")
                    .replace("DIFFERS", " does not match the body.")));
            assertThat(wayleave.platform.received()).hasSize(before);
        }
    }

    @Test
    void v10ANullNeedsNoHeaderAndIsJudgedAsAnArgument() throws IOException {
        greet("{\"word\":null}", "X-None: 1").is(200, """
                {"jsonrpc":"2.0","id":10,"result":{"resultType":"complete","content":[{"type":"text","text":
                "The arguments do not fit; nothing was sent.\\n- argument word: must be a string, not null (type)"}],
                "isError":true,%s}}""".formatted(SERVER));
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
