package dev.wayleave.mcp;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.wayleave.FakePlatform;
import dev.wayleave.RunningWayleave;
import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a group is not granted is not asked of the authorization server either, however much the token holds. */
class GroupExchangeWireTest {
    private static final String API = """
            openapi: 3.1.0
            info: {title: Vault, version: "1"}
            paths:
              /things:
                get: {operationId: listThings, security: [{o: ["admin"]}, {o: ["read", "list"]}], responses: {"200": {description: ok}}}
            components: {securitySchemes: {o: {type: http, scheme: bearer}}}
            """;

    @TempDir
    Path folder;

    @Test
    void theTokenForACallHasTheScopesThatTheGroupIsGranted() throws IOException {
        String upstream = "wayleave.platforms.test.upstream.";
        FakePlatform server = FakePlatform.json("{}");
        try (server;
                RunningWayleave wayleave = RunningWayleave.with(
                        folder,
                        API,
                        Map.of(
                                upstream + "credential",
                                "exchange",
                                upstream + "exchange.url",
                                server.url() + "/token",
                                upstream + "exchange.client-id",
                                "wayleave",
                                upstream + "exchange.client-secret",
                                "secret",
                                upstream + "exchange.audience",
                                "api",
                                "wayleave.platforms.test.access.groups",
                                Map.of(
                                        "claim",
                                        "groups",
                                        "grants",
                                        Map.of(
                                                "readers", Map.of("scopes", List.of("read", "list")),
                                                "owners", Map.of()))))) {
            for (var group : Map.of("readers", "list read", "owners", "admin").entrySet()) {
                String token = wayleave.issuer.token(
                        wayleave.url.toString(),
                        "admin read list",
                        claims -> claims.claim("groups", List.of(group.getKey())));
                wayleave.post(
                        "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"tools/call\",\"params\":{\"name\":\"list_things\"}}",
                        "Authorization",
                        "Bearer " + token);

                assertThat(URLDecoder.decode(server.received().getLast().body(), StandardCharsets.UTF_8))
                        .as(group.getKey())
                        .contains("scope=" + group.getValue());
                assertThat(new ObjectMapper()
                                .readTree(wayleave.audited().getLast())
                                .path("needed"))
                        .extracting(scope -> scope.asText())
                        .containsExactlyInAnyOrder(group.getValue().split(" ", -1));
            }
        }
    }
}
