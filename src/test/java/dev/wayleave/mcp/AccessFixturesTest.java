package dev.wayleave.mcp;

import static dev.wayleave.mcp.Wire.META;
import static dev.wayleave.mcp.Wire.SERVER;
import static org.assertj.core.api.Assertions.assertThat;

import dev.wayleave.FakePlatform;
import dev.wayleave.RunningWayleave;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Who may call, in MCP 2026-07-28 and RFC 9728, request and answer literally. */
@SuppressWarnings("JavaUtilDate") // Nimbus takes no other
class AccessFixturesTest {
    /** {@code alg: none}, signed by nobody. */
    private static final String UNSIGNED = "eyJhbGciOiJub25lIiwidHlwIjoiYXQrand0In0.eyJzdWIiOiJ1c2VyLTEifQ.";

    @TempDir
    static Path folder;

    private static RunningWayleave wayleave;

    @BeforeAll
    static void start() {
        wayleave = RunningWayleave.with(
                folder,
                PetStore.YAML,
                Map.of("wayleave.platforms.test.access.scopes.implies.pets:admin", List.of("pets:read", "pets:write")));
    }

    @AfterAll
    static void stop() {
        wayleave.close();
    }

    private static Wire.Answer call(String path, String header) throws IOException {
        return Wire.send(wayleave, """
                POST %s HTTP/1.1
                MCP-Protocol-Version: 2026-07-28
                Mcp-Method: tools/call
                Mcp-Name: list_pets
                %s

                {"jsonrpc":"2.0","id":30,"method":"tools/call","params":{"name":"list_pets",%s}}""", path, header, META);
    }

    private static String error(String text) {
        return """
                {"jsonrpc":"2.0","id":30,"result":{"resultType":"complete",
                "content":[{"type":"text","text":"%s"}],"isError":true,%s}}""".formatted(text, SERVER);
    }

    private static String metadata() {
        return wayleave.url.resolve("/.well-known/oauth-protected-resource/mcp").toString();
    }

    @Test
    void v30WithoutAGoodTokenNothingIsDone() throws IOException {
        String audience = wayleave.url.toString();
        List<String> bad = List.of(
                wayleave.issuer.token(
                        audience,
                        "pets:read",
                        c -> c.expirationTime(Date.from(Instant.now().minusSeconds(120)))),
                wayleave.issuer.token("https://elsewhere.example/mcp", "pets:read"),
                wayleave.issuer.token(audience, "pets:read", c -> c.issuer("https://evil.example")),
                UNSIGNED);
        int before = wayleave.platform.connections();

        Wire.Answer missing = call("MCP", "No-Token: 1").isError(401, 401, "");
        assertThat(missing.header("WWW-Authenticate"))
                .contains("Bearer scope=\"pets:read\", resource_metadata=\"" + metadata() + "\"");
        Wire.Answer inQuery = call("/mcp?access_token=" + wayleave.token("pets:read"), "No-Token: 1");
        assertThat(inQuery.status()).isEqualTo(401);
        for (String token : bad) {
            Wire.Answer answer = call("MCP", "Authorization: Bearer " + token).isError(401, 401, "");
            assertThat(answer.header("WWW-Authenticate").orElseThrow())
                    .startsWith("Bearer ")
                    .contains(
                            "error=\"invalid_token\"",
                            "scope=\"pets:read\"",
                            "resource_metadata=\"" + metadata() + "\"");
        }
        assertThat(wayleave.platform.connections()).isEqualTo(before);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"initialize\",\"params\":{\"protocolVersion\":\"2025-11-25\"}}",
                "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"server/discover\",\"params\":{META}}",
                "{\"jsonrpc\":\"2.0\",\"method\":\"notifications/initialized\"}",
                "[{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"ping\"}]",
                "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"subscriptions/listen\",\"params\":{\"notifications\":{},META}}",
            })
    void v30WhateverIsAskedTheTokenComesFirst(String body) throws IOException {
        boolean modern = body.contains("META");
        String method = body.replaceAll(".*\"method\":\"([^\"]*)\".*", "$1");
        for (String header : List.of("No-Token: 1", "Authorization: Bearer " + UNSIGNED)) {
            Wire.Answer answer = Wire.send(
                    wayleave,
                    "POST MCP HTTP/1.1\n%s\n%s\n\n%s",
                    modern ? "MCP-Protocol-Version: 2026-07-28\nMcp-Method: " + method : "X-None: 1",
                    header,
                    body.replace("META", META));
            boolean missing = header.startsWith("No");
            answer.is(
                    401,
                    "{\"jsonrpc\":\"2.0\",\"error\":{\"code\":401,\"message\":\""
                            + (missing ? "A token is needed." : "The token is not accepted.") + "\"}}");
            assertThat(answer.header("WWW-Authenticate"))
                    .contains("Bearer "
                            + (missing
                                    ? ""
                                    : "error=\"invalid_token\", error_description=\"The access token is"
                                            + " expired, malformed, or not for this resource\", ")
                            + "scope=\"pets:read\", resource_metadata=\"" + metadata() + "\"");
        }
    }

    @Test
    void v31ATokenWithoutTheScopeIsAskedToStepUpAndABroaderOneServes() throws IOException {
        Wire.Answer lacking = call("MCP", "Authorization: Bearer " + wayleave.token("pets:write"))
                .isError(403, 403, "30");

        assertThat(lacking.header("WWW-Authenticate").orElseThrow())
                .contains("error=\"insufficient_scope\"", "scope=\"pets:read\"", "resource_metadata=");
        assertThat(call("MCP", "Authorization: Bearer " + wayleave.token("pets:admin"))
                        .status())
                .isEqualTo(200);
    }

    @Test
    void v32TheMetadataIsForAnyoneAndNamesTheEndpointExactly() throws IOException {
        Wire.Answer answer = Wire.send(wayleave, """
                GET /.well-known/oauth-protected-resource/mcp HTTP/1.1
                No-Token: 1
                """);

        answer.is(200, """
                {"resource":"%s","authorization_servers":["%s"],"scopes_supported":["pets:read"],
                "bearer_methods_supported":["header"],"resource_name":"Pets"}""".formatted(wayleave.url, wayleave.issuer.issuer()));
        assertThat(answer.header("Access-Control-Allow-Origin")).contains("*");
    }

    @Test
    void v38WhatThePlatformSaysOfTheTokenItselfIsOurOwnChallenge() throws IOException {
        wayleave.platform.answer(r -> FakePlatform.response(
                401, "application/json", "{}", "WWW-Authenticate: Bearer error=\"invalid_token\""));
        Wire.Answer refused = call("MCP", "X-None: 1").is(401, """
                {"jsonrpc":"2.0","id":30,"error":{"code":401,"message":"The platform does not accept the token."}}""");
        assertThat(refused.header("WWW-Authenticate").orElseThrow()).contains("error=\"invalid_token\"", metadata());

        wayleave.platform.answer(r -> FakePlatform.response(
                403,
                "application/json",
                "{}",
                "WWW-Authenticate: Bearer error=\"insufficient_scope\", scope=\"pets:own\""));
        Wire.Answer lacking = call("MCP", "X-None: 1").is(403, """
                {"jsonrpc":"2.0","id":30,"error":{"code":403,"message":"The token does not have the scopes that this needs."}}""");
        assertThat(lacking.header("WWW-Authenticate").orElseThrow())
                .contains("error=\"insufficient_scope\"", "scope=\"pets:own\"");

        wayleave.platform.answer(r -> FakePlatform.response(401, "application/json", "{\"message\":\"Log in.\"}"));
        call("MCP", "X-None: 1")
                .is(
                        200,
                        error(
                                "The platform answered 401: Log in. The platform did not accept the caller's token for this."));

        wayleave.platform.answer(r -> "");
        call("MCP", "X-None: 1")
                .is(200, error("The connection to the platform broke. Nothing was changed; the call can be repeated."));
        wayleave.platform.answer(r -> FakePlatform.response(200, "application/json", "{}"));
    }
}
