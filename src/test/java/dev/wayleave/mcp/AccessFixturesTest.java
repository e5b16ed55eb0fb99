package dev.wayleave.mcp;

import static dev.wayleave.mcp.Wire.META;
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
        Wire.Answer refused = call("MCP", "X-None: 1").isError(401, 401, "30");
        assertThat(refused.header("WWW-Authenticate").orElseThrow()).contains("error=\"invalid_token\"", metadata());

        wayleave.platform.answer(r -> FakePlatform.response(
                403,
                "application/json",
                "{}",
                "WWW-Authenticate: Bearer error=\"insufficient_scope\", scope=\"pets:own\""));
        Wire.Answer lacking = call("MCP", "X-None: 1").isError(403, 403, "30");
        assertThat(lacking.header("WWW-Authenticate").orElseThrow())
                .contains("error=\"insufficient_scope\"", "scope=\"pets:own\"");

        wayleave.platform.answer(r -> FakePlatform.response(401, "application/json", "{\"message\":\"Log in.\"}"));
        Wire.Answer plain = call("MCP", "X-None: 1");
        assertThat(plain.status()).isEqualTo(200);
        assertThat(plain.body()).contains("\"isError\":true", "401", "Log in.");

        wayleave.platform.answer(r -> "");
        Wire.Answer broken = call("MCP", "X-None: 1");
        assertThat(broken.status()).isEqualTo(200);
        assertThat(broken.body()).contains("\"isError\":true", "broke");
        wayleave.platform.answer(r -> FakePlatform.response(200, "application/json", "{}"));
    }
}
