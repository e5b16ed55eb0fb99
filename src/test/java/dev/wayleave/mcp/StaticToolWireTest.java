package dev.wayleave.mcp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.wayleave.FakePlatform;
import dev.wayleave.RunningWayleave;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tools that tell a text, and tools of another origin, which gets nothing that is the caller's. */
class StaticToolWireTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String API = """
            openapi: 3.1.0
            info: {title: Base, version: "1"}
            x-mcp:
              tools:
                - name: get_context
                  title: Context
                  description: Call it first.
                  text: |
                    # Session
                    Organization: {{claims.organization}}, API: {{constants.api}}
                - {name: get_rules, scopes: ["rules:read"], text: "Be kind."}
            paths:
              /things: {get: {operationId: list_things, security: [{o: ["thing:read"]}], responses: {"200": {description: ok}}}}
              /search:
                get:
                  operationId: search_docs
                  security: [{o: []}]
                  x-mcp: {origin: docs}
                  parameters: [{name: q, in: query, required: true, schema: {type: string}}]
                  responses: {"200": {description: ok}}
            components: {securitySchemes: {o: {type: http, scheme: bearer}}}
            """;

    @TempDir
    static Path folder;

    private static FakePlatform docs;
    private static RunningWayleave wayleave;

    private static Map<String, Object> settings() {
        Map<String, Object> settings = new HashMap<>();
        settings.put("wayleave.platforms.test.constants.api", "https://api.example.com/v1?a=b");
        settings.put(
                "wayleave.platforms.test.upstream.origins",
                List.of(Map.of("name", "docs", "url", docs.url() + "/help", "credential", "none")));
        return settings;
    }

    @BeforeAll
    static void start() {
        docs = FakePlatform.answering(r -> FakePlatform.response(200, "text/markdown", "# Found"));
        wayleave = RunningWayleave.with(folder, API, settings());
    }

    @AfterAll
    static void stop() {
        wayleave.close();
        docs.close();
    }

    private static String token(Map<String, Object> claims) {
        return wayleave.issuer.token(wayleave.url.toString(), "thing:read", token -> {
            claims.forEach(token::claim);
            return token;
        });
    }

    private static JsonNode rpc(String token, String method, String params) throws IOException {
        return JSON.readTree(wayleave.post(
                        "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"" + method + "\",\"params\":{" + params + "}}",
                        "MCP-Protocol-Version",
                        "2025-11-25",
                        "Authorization",
                        "Bearer " + token)
                .body());
    }

    private static String text(Map<String, Object> claims) throws IOException {
        return rpc(token(claims), "tools/call", "\"name\":\"get_context\"")
                .at("/result/content/0/text")
                .asText();
    }

    private static JsonNode lastAudit() throws IOException {
        return JSON.readTree(wayleave.audited().getLast());
    }

    @Test
    void aTextIsToldWithTheCallersClaimsAndTheConfigurationsConstants() throws IOException {
        int before = wayleave.platform.received().size();
        assertThat(text(Map.of("organization", "org_1-a")))
                .isEqualTo("# Session\nOrganization: org_1-a, API: https://api.example.com/v1?a=b\n");
        assertThat(wayleave.platform.received()).hasSize(before);
        assertThat(lastAudit().path("kind").asText()).isEqualTo("tool");
        assertThat(lastAudit().path("outcome").asText()).isEqualTo("ok");
        assertThat(lastAudit().has("upstream_status")).isFalse();
    }

    @Test
    void aTextIsListedAsAToolThatOnlyReadsAndAsksForNothing() throws IOException {
        JsonNode tool =
                rpc(token(Map.of("organization", "o")), "tools/list", "").at("/result/tools/0");
        assertThat(tool.toString()).isEqualTo("""
                {"name":"get_context","title":"Context","description":"Call it first.",\
                "inputSchema":{"type":"object","properties":{},"additionalProperties":false},\
                "annotations":{"title":"Context","readOnlyHint":true,"destructiveHint":false,"idempotentHint":true,"openWorldHint":false}}""");
    }

    @Test
    void whatAClaimSaysIsWordsAndNothingMore() throws IOException {
        assertThat(text(Map.of("organization", "a\n# Obey\n[x](http://evil) <b>`{{constants.api}}`</b>|\u202e\u200b")))
                .startsWith(
                        "# Session\nOrganization: a \\# Obey \\[x\\](http://evil) \\<b\\>\\`\\{\\{constants.api\\}\\}")
                .hasLineCount(2);
        assertThat(text(Map.of("organization", "a".repeat(5_000)))).hasSizeLessThan(400);
        String token = token(Map.of("organization", "a"));
        assertThat(rpc(token, "tools/call", "\"name\":\"get_context\"").toString())
                .doesNotContain(token);
    }

    @Test
    void withoutItsClaimOrItsScopesATextIsNotOffered() throws IOException {
        for (Map<String, Object> claims :
                List.<Map<String, Object>>of(Map.of(), Map.of("organization", Map.of("a", "b")))) {
            String token = token(claims);
            assertThat(rpc(token, "tools/list", "").at("/result/tools").findValuesAsText("name"))
                    .containsExactly("list_things", "search_docs");
            assertThat(rpc(token, "tools/call", "\"name\":\"get_context\"")
                            .at("/result/isError")
                            .asBoolean())
                    .isTrue();
        }
        String token = token(Map.of("organization", "o"));
        assertThat(rpc(token, "tools/call", "\"name\":\"get_rules\"").has("result"))
                .isFalse();
        assertThat(rpc(token, "tools/call", "\"name\":\"get_context\",\"arguments\":{\"x\":1}")
                        .at("/result/content/0/text")
                        .asText())
                .contains("do not fit");
    }

    @Test
    void anotherOriginIsAskedWithoutAnythingOfTheCallers() throws IOException {
        int before = wayleave.platform.received().size();
        String token = token(Map.of());
        JsonNode result = rpc(token, "tools/call", "\"name\":\"search_docs\",\"arguments\":{\"q\":\"a&b\"}");
        assertThat(result.at("/result/content/0/text").asText()).isEqualTo("# Found");
        FakePlatform.Received asked = docs.received().getLast();
        assertThat(asked.requestLine()).isEqualTo("GET /help/search?q=a%26b HTTP/1.1");
        assertThat(asked.header("Authorization")).isEmpty();
        assertThat(String.join("\n", asked.headerLines())).doesNotContain(token, "Bearer", "user-1");
        assertThat(wayleave.platform.received()).hasSize(before);
        assertThat(lastAudit().path("upstream_status").asInt()).isEqualTo(200);
        rpc(token, "tools/call", "\"name\":\"list_things\"");
        assertThat(wayleave.platform.received()).hasSize(before + 1);
    }

    @Test
    void whatAnotherOriginIsAskedIsAuditedAsWhatThePlatformIsAsked() throws IOException {
        rpc(token(Map.of()), "tools/call", "\"name\":\"search_docs\",\"arguments\":{\"q\":\"a\"}");
        assertThat(lastAudit().path("attempts").asInt()).isEqualTo(1);
        assertThat(lastAudit().path("upstream_status").asInt()).isEqualTo(200);
    }

    @Test
    void whatAnotherOriginSaysOfTokensIsNothingToTheCaller() throws IOException {
        docs.answer(r -> FakePlatform.response(401, "", "", "WWW-Authenticate: Bearer error=\"invalid_token\""));
        JsonNode result = rpc(token(Map.of()), "tools/call", "\"name\":\"search_docs\",\"arguments\":{\"q\":\"a\"}");
        assertThat(result.at("/result/isError").asBoolean()).isTrue();
        docs.answer(r -> FakePlatform.response(302, "", "", "Location: " + wayleave.platform.url() + "/things"));
        int before = wayleave.platform.received().size();
        rpc(token(Map.of()), "tools/call", "\"name\":\"search_docs\",\"arguments\":{\"q\":\"a\"}");
        assertThat(wayleave.platform.received()).hasSize(before);
        docs.answer(r -> FakePlatform.response(200, "text/markdown", "# Found"));
    }

    @Test
    void aConstantOrAnOriginThatNobodyConfiguredStopsTheStart(@TempDir Path other) {
        for (String key : List.of("constants.api", "upstream.origins")) {
            Map<String, Object> settings = settings();
            settings.put("wayleave.platforms.test." + key, "");
            assertThatThrownBy(() -> RunningWayleave.with(other, API, settings))
                    .rootCause()
                    .hasMessageContaining(
                            key.startsWith("c") ? "constants has no api" : "upstream.origins has no docs");
        }
    }
}
