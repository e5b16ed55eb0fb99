package dev.wayleave.mcp;

import static dev.wayleave.mcp.Wire.META;
import static dev.wayleave.mcp.Wire.SERVER;
import static org.assertj.core.api.Assertions.assertThat;

import dev.wayleave.RunningWayleave;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** MCP 2026-07-28, request and answer literally: discovery, versions, names, methods, lists and calls. */
class ModernFixturesTest {
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

    private static Wire.Answer send(String text, Object... values) throws IOException {
        return Wire.send(wayleave, text, values);
    }

    private static Wire.Answer discover(String version, String params) throws IOException {
        return send("""
                POST MCP HTTP/1.1
                MCP-Protocol-Version: %s
                Mcp-Method: server/discover

                {"jsonrpc":"2.0","id":1,"method":"server/discover","params":{%s}}""", version, params);
    }

    private static Wire.Answer list(String headers) throws IOException {
        return send("""
                POST MCP HTTP/1.1
                %s

                {"jsonrpc":"2.0","id":"list-1","method":"tools/list","params":{%s}}""", headers, META);
    }

    private static Wire.Answer call(String headers, String params) throws IOException {
        return send("""
                POST MCP HTTP/1.1
                MCP-Protocol-Version: 2026-07-28
                Mcp-Method: tools/call
                %s

                {"jsonrpc":"2.0","id":3,"method":"tools/call","params":{%s,%s}}""", headers, params, META);
    }

    @Test
    void v1DiscoveryNeedsNoClientInfo() throws IOException {
        discover("2026-07-28", META).is(200, """
                {"jsonrpc":"2.0","id":1,"result":{"resultType":"complete","supportedVersions":["2026-07-28"],
                "capabilities":{"tools":{}},"ttlMs":300000,"cacheScope":"private",%s}}""".formatted(SERVER));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "\"_meta\":{}",
                "\"_meta\":{\"io.modelcontextprotocol/clientCapabilities\":{}}",
                "\"_meta\":{\"io.modelcontextprotocol/protocolVersion\":\"2026-07-28\"}"
            })
    void v2AndV3MissingMetaIsInvalidParams(String params) throws IOException {
        discover("2026-07-28", params).isError(400, -32602, "1");
    }

    @Test
    void v4ABodyThatNamesAnotherVersionThanTheHeaderMismatches() throws IOException {
        discover("2026-07-28", META.replace("2026-07-28", "v999.0.0")).isError(400, -32020, "1");
    }

    @Test
    void v5AVersionThatBothNameAndNobodyServesIsUnsupported() throws IOException {
        discover("v999.0.0", META.replace("2026-07-28", "v999.0.0")).is(400, """
                {"jsonrpc":"2.0","id":1,"error":{"code":-32022,"message":"Unsupported protocol version",
                "data":{"supported":["2026-07-28"],"requested":"v999.0.0"}}}""");
    }

    @Test
    void aLegacyVersionInAModernClaimIsUnsupported() throws IOException {
        discover("2025-11-25", META.replace("2026-07-28", "2025-11-25")).isError(400, -32022, "1");
    }

    @Test
    void v6TheVersionHeaderIsNeeded() throws IOException {
        list("Mcp-Method: tools/list").isError(400, -32020, "\"list-1\"");
    }

    @ParameterizedTest
    @ValueSource(strings = {"X-Nothing: here", "Mcp-Method: TOOLS/LIST", "Mcp-Method: prompts/list", "Mcp-Method:"})
    void v7TheMethodHeaderIsNeededAndMustMatch(String header) throws IOException {
        list("MCP-Protocol-Version: 2026-07-28\n" + header).isError(400, -32020, "\"list-1\"");
    }

    @ParameterizedTest
    @ValueSource(strings = {"mcp-method: tools/list", "MCP-METHOD: tools/list", "Mcp-Method:   tools/list  "})
    void v8NamesOfHeadersHaveNoCaseAndSpacesAroundValuesDoNotCount(String header) throws IOException {
        Wire.Answer answer = list("mcp-protocol-version: 2026-07-28\n" + header);

        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        assertThat(answer.body())
                .startsWith("{\"jsonrpc\":\"2.0\",\"id\":\"list-1\",\"result\":{\"resultType\":\"complete\"");
    }

    @Test
    void v9TheNameHeaderIsNeededAndMustMatchDecoded() throws IOException {
        String base64 = Base64.getEncoder().encodeToString("list_pets".getBytes(StandardCharsets.UTF_8));
        call("X-Nothing: here", "\"name\":\"list_pets\"").isError(400, -32020, "3");
        call("Mcp-Name: get_pet", "\"name\":\"list_pets\"").isError(400, -32020, "3");
        call("Mcp-Name: LIST_PETS", "\"name\":\"list_pets\"").isError(400, -32020, "3");
        call("Mcp-Name: =?BASE64?" + base64 + "?=", "\"name\":\"list_pets\"").isError(400, -32020, "3");
        call("Mcp-Name: l\u00efst_pets", "\"name\":\"list_pets\"").isError(400, -32020, "3");
        call("Mcp-Name: list_pets\nMcp-Name: list_pets", "\"name\":\"list_pets\"")
                .isError(400, -32020, "3");
        for (String header : List.of("  list_pets  ", "=?base64?" + base64 + "?=")) {
            call("Mcp-Name: " + header, "\"name\":\"list_pets\"").is(200, """
                    {"jsonrpc":"2.0","id":3,"result":{"resultType":"complete",
                    "content":[{"type":"text","text":"{\\"ok\\":true}"}],"structuredContent":{"ok":true},"isError":false,%s}}""".formatted(SERVER));
        }
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
                "resources/list",
                "resources/templates/list",
                "completion/complete",
                "tasks/list",
                "tasks/result",
            })
    void v12AndV13AMethodThatIsNotServedIsNotFound(String method) throws IOException {
        send("""
                POST MCP HTTP/1.1
                MCP-Protocol-Version: 2026-07-28
                Mcp-Method: %s

                {"jsonrpc":"2.0","id":"m","method":"%s","params":{"level":"info","uri":"a:b","protocolVersion":"2025-11-25",%s}}""", method, method, META).is(404, """
                {"jsonrpc":"2.0","id":"m","error":{"code":-32601,"message":"Method not found"}}""");
    }

    @Test
    void v14AToolThatDoesNotExistOrIsHiddenIsUnknown() throws IOException {
        call("Mcp-Name: nope", "\"name\":\"nope\"").is(200, """
                {"jsonrpc":"2.0","id":3,"error":{"code":-32602,"message":"Unknown tool"}}""");
    }

    @Test
    void v15ArgumentsThatBreakTheSchemaAreAResultToActOn() throws IOException {
        int before = wayleave.platform.received().size();

        call("Mcp-Name: create_pet", "\"name\":\"create_pet\",\"arguments\":{\"name\":\"\"}")
                .is(200, """
                {"jsonrpc":"2.0","id":3,"result":{"resultType":"complete","content":[{"type":"text",
                "text":"The arguments do not fit; nothing was sent.\\n- argument name: must have at least 1 characters, not 0 (minLength)"}],"isError":true,%s}}""".formatted(SERVER));
        assertThat(wayleave.platform.received()).hasSize(before);
    }

    @Test
    void v20ListsAreOfTheTokenAndAlwaysInOneOrder() throws IOException {
        String request = "MCP-Protocol-Version: 2026-07-28\nMcp-Method: tools/list\nAuthorization: Bearer %s";
        String read = list(request.formatted(wayleave.token("pets:read"))).body();
        String write = list(request.formatted(wayleave.token("pets:write"))).body();

        assertThat(read).contains("\"list_pets\"", "\"get_pet\"", "\"cacheScope\":\"private\"");
        assertThat(read).doesNotContain("\"create_pet\"", "nextCursor");
        assertThat(write).contains("\"create_pet\"", "\"delete_pet\"", "\"cacheScope\":\"private\"");
        assertThat(write).doesNotContain("\"list_pets\"");
        assertThat(list(request.formatted(wayleave.token("pets:read"))).body()).isEqualTo(read);
    }

    @Test
    void v21ACursorThatIsNotOursIsInvalid() throws IOException {
        send("""
                POST MCP HTTP/1.1
                MCP-Protocol-Version: 2026-07-28
                Mcp-Method: tools/list

                {"jsonrpc":"2.0","id":21,"method":"tools/list","params":{"cursor":"bad",%s}}""", META).is(200, """
                {"jsonrpc":"2.0","id":21,"error":{"code":-32602,"message":"There is no such cursor; begin the list anew without one."}}""");
    }

    @Test
    void anAnswerInTheModernEraIsRefusedSinceNothingWasAsked() throws IOException {
        send("""
                POST MCP HTTP/1.1
                MCP-Protocol-Version: 2026-07-28

                {"jsonrpc":"2.0","id":1,"result":{}}""").isError(400, -32600, "1");
    }
}
