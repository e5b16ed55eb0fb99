package dev.wayleave.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.nimbusds.jwt.JWTClaimsSet;
import dev.wayleave.FakePlatform;
import dev.wayleave.TestIssuer;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The shipped configurations, all in one server that is run the way an operator runs it. */
class AllPlatformsTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    /** A platform, what its tokens have, a tool that only reads, and how many tools such a token is offered. */
    private record Row(String name, String scope, Map<String, Object> claims, String tool, int tools) {
        JWTClaimsSet.Builder change(JWTClaimsSet.Builder builder) {
            claims.forEach(builder::claim);
            return builder;
        }
    }

    private static final List<Row> ROWS = List.of(
            new Row("softr", "databases.records:read", Map.of(), "list_databases", 9),
            new Row("schemastack", "", Map.of("workspace", "0b7f2f6e-6a0e-4a4a-9d7c-1f0d6f3c2b11"), "list_views", 8),
            new Row("bkend", "*:read", Map.of("organization", "o1"), "backend_org_list", 14),
            new Row("smallstack", "openid", Map.of("features", List.of("mcp")), "list_projects", 6),
            new Row(
                    "turso",
                    "",
                    Map.of("org", "acme", "scopes", Map.of("scopes", List.of("read"))),
                    "list_databases",
                    4));

    @TempDir
    Path folder;

    @Test
    void theyServeTogetherWithNothingSetButTheirVariables() throws Exception {
        String files = ROWS.stream()
                .map(row -> "openapi/" + row.name() + "/wayleave.yml")
                .collect(Collectors.joining(","));
        Map<String, String> environment = new HashMap<>(Map.of("MICRONAUT_CONFIG_FILES", files));
        try (FakePlatform platform = FakePlatform.json("{\"accessMode\":\"READ_ONLY\",\"databases\":[]}");
                FakePlatform own = FakePlatform.json("{\"data\":[]}");
                TestIssuer issuer = new TestIssuer()) {
            int port = WayleaveProcess.freePort();
            environment.put("MICRONAUT_SERVER_PORT", String.valueOf(port));
            environment.put("PUBLIC_URL", "http://127.0.0.1:" + port);
            environment.put("ISSUER", issuer.issuer());
            environment.put("JWKS_URL", issuer.jwksUrl().toString());
            environment.put("PLATFORM_URL", platform.url().toString());
            environment.put("DOCS_URL", own.url().toString());
            environment.put("SOFTR_URL", own.url() + "/api/v1");
            try (WayleaveProcess process =
                    WayleaveProcess.startHere(folder, environment).ready()) {
                for (Row row : ROWS) {
                    serves(row, process, port, issuer);
                }
                assertThat(own.received()).hasSize(1);
                assertThat(own.received().getFirst().target()).isEqualTo("/api/v1/databases");
                assertThat(process.err()).doesNotContain("ERROR", "selects nothing", "left out");
            }
        }
    }

    private static void serves(Row row, WayleaveProcess process, int port, TestIssuer issuer) throws Exception {
        String path = "/" + row.name() + "/mcp";
        String url = "http://127.0.0.1:" + port + path;
        String token = issuer.token(url, row.scope(), row::change);

        JsonNode tools = rpc(url, token, "tools/list", "{}").path("result").path("tools");
        assertThat(tools).as("%s: %s", row.name(), process.err()).hasSize(row.tools());
        JsonNode called = rpc(url, token, "tools/call", "{\"name\":\"" + row.tool() + "\",\"arguments\":{}}");
        assertThat(called.at("/result/content/0/text").asText())
                .as(called.toString())
                .isNotEmpty();

        String other = issuer.token("http://127.0.0.1:" + port + "/other/mcp", row.scope(), row::change);
        assertThat(post(url, other, "tools/list", "{}").statusCode()).isEqualTo(401);
        String metadata = get("http://127.0.0.1:" + port + "/.well-known/oauth-protected-resource" + path);
        assertThat(JSON.readTree(metadata).path("resource").asText()).isEqualTo(url);
    }

    @Test
    void noClassKnowsAPlatformsName() throws IOException {
        try (Stream<Path> files = Files.walk(Path.of("src", "main"))) {
            List<Path> knowing = files.filter(Files::isRegularFile)
                    .filter(AllPlatformsTest::names)
                    .toList();
            assertThat(knowing).isEmpty();
        }
    }

    private static boolean names(Path file) {
        try {
            String text = Files.readString(file).toLowerCase(java.util.Locale.ROOT);
            return ROWS.stream().map(Row::name).anyMatch(text::contains);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private static JsonNode rpc(String url, String token, String method, String params) throws Exception {
        return JSON.readTree(post(url, token, method, params).body());
    }

    private static HttpResponse<String> post(String url, String token, String method, String params) throws Exception {
        String body = "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"" + method + "\",\"params\":" + params + "}";
        return send(HttpRequest.newBuilder(URI.create(url))
                .header("Authorization", "Bearer " + token)
                .header("Content-Type", "application/json")
                .header("Accept", "application/json, text/event-stream")
                .header("MCP-Protocol-Version", "2025-06-18")
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build());
    }

    private static String get(String url) throws Exception {
        return send(HttpRequest.newBuilder(URI.create(url)).build()).body();
    }

    private static HttpResponse<String> send(HttpRequest request) throws Exception {
        try (HttpClient client = HttpClient.newHttpClient()) {
            return client.send(request, HttpResponse.BodyHandlers.ofString());
        }
    }
}
