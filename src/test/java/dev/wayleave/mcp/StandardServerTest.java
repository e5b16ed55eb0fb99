package dev.wayleave.mcp;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.wayleave.NodeScripts;
import dev.wayleave.RunningWayleave;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.ServerSocket;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Beside an authorization server that others wrote: oidc-provider, with tokens of both kinds. */
class StandardServerTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String CALLERS = "wayleave.platforms.test.callers.";
    private static final String AUDIENCE = "https://mcp.example.com/mcp";
    private static final String CALL =
            "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"tools/call\",\"params\":{\"name\":\"%s\",\"arguments\":%s}}";
    private static final String READ = CALL.formatted("list_pets", "{}");
    private static final String WRITE = CALL.formatted("create_pet", "{\"name\":\"Rex\"}");

    @TempDir
    static Path folder;

    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private static Process server;
    private static URI issuer;

    @BeforeAll
    static void start() throws IOException, InterruptedException {
        NodeScripts.install();
        int port = freePort();
        issuer = URI.create("http://127.0.0.1:" + port);
        server = new ProcessBuilder("node", "issuer.mjs", String.valueOf(port), AUDIENCE)
                .directory(NodeScripts.FOLDER.toFile())
                .redirectError(folder.resolve("issuer-err.txt").toFile())
                .start();
        BufferedReader out = new BufferedReader(new InputStreamReader(server.getInputStream(), StandardCharsets.UTF_8));
        String line = out.readLine();
        while (line != null && !line.equals("ready")) {
            line = out.readLine();
        }
        assertThat(line).as("the server's last line").isEqualTo("ready");
    }

    @AfterAll
    static void stop() {
        HTTP.close();
        if (server != null) {
            server.destroy();
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    private static JsonNode post(String path, String client, String secret, String form)
            throws IOException, InterruptedException {
        String pair = encoded(client) + ":" + encoded(secret);
        HttpRequest.Builder request = HttpRequest.newBuilder(issuer.resolve(path))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .header(
                        "Authorization",
                        "Basic " + Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8)))
                .POST(BodyPublishers.ofString(form));
        HttpResponse<String> response = HTTP.send(request.build(), BodyHandlers.ofString());
        assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
        return response.body().isEmpty() ? JSON.nullNode() : JSON.readTree(response.body());
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    private static String token(String resource, String scope) throws IOException, InterruptedException {
        return post(
                        "/token",
                        "agent",
                        "agent-secret",
                        "grant_type=client_credentials&resource=" + encoded(resource) + "&scope=" + encoded(scope))
                .path("access_token")
                .asText();
    }

    private static RunningWayleave running(Map<String, Object> more) {
        Map<String, Object> settings = new HashMap<>(Map.of(
                CALLERS + "issuer", issuer.toString(), CALLERS + "jwks-url", "", CALLERS + "audience", AUDIENCE));
        settings.putAll(more);
        return RunningWayleave.with(folder, PetStore.YAML, settings);
    }

    private static RunningWayleave introspecting() {
        return running(Map.of(
                CALLERS + "verify", "introspection",
                CALLERS + "introspection.url", issuer + "/token/introspection",
                CALLERS + "introspection.client-id", "wayleave",
                CALLERS + "introspection.client-secret", "p%s w+rd:/"));
    }

    private static int status(RunningWayleave wayleave, String body, String token) {
        return wayleave.post(body, "Authorization", "Bearer " + token).statusCode();
    }

    @Test
    void itsJwtsAreVerifiedByTheKeysThatItsMetadataNames() throws IOException, InterruptedException {
        try (RunningWayleave wayleave = running(Map.of(CALLERS + "mirror-metadata", "true"))) {
            String read = token(AUDIENCE, "pets:read");
            assertThat(status(wayleave, READ, read)).isEqualTo(200);
            assertThat(status(wayleave, WRITE, read)).isEqualTo(403);
            assertThat(status(wayleave, WRITE, token(AUDIENCE, "pets:read pets:write")))
                    .isEqualTo(200);
            assertThat(wayleave.platform.received()).hasSize(2);

            assertThat(status(wayleave, READ, token("https://other.example/mcp", "pets:read")))
                    .isEqualTo(401);
            assertThat(status(wayleave, READ, token(AUDIENCE + "?opaque", "pets:read")))
                    .isEqualTo(401);
            assertThat(status(wayleave, READ, read + "A")).isEqualTo(401);

            JsonNode mirrored = JSON.readTree(wayleave.send(
                            HttpRequest.newBuilder(wayleave.url.resolve("/.well-known/oauth-authorization-server"))
                                    .build())
                    .body());
            assertThat(mirrored.path("issuer").asText()).isEqualTo(issuer.toString());
            assertThat(mirrored.path("token_endpoint").asText()).isEqualTo(issuer + "/token");
        }
    }

    @Test
    void itsOpaqueTokensAreVerifiedByAskingIt() throws IOException, InterruptedException {
        try (RunningWayleave wayleave = introspecting()) {
            String read = token(AUDIENCE + "?opaque", "pets:read");
            assertThat(read).doesNotContain(".");
            assertThat(status(wayleave, READ, read)).isEqualTo(200);
            assertThat(wayleave.platform.received().getLast().header("Authorization"))
                    .containsExactly("Bearer " + read);
            assertThat(status(wayleave, WRITE, read)).isEqualTo(403);
            assertThat(status(wayleave, WRITE, token(AUDIENCE + "?opaque", "pets:write")))
                    .isEqualTo(200);
            assertThat(status(wayleave, READ, "made-up")).isEqualTo(401);
        }
    }

    @Test
    void aTokenThatItRevokedIsRefused() throws IOException, InterruptedException {
        try (RunningWayleave wayleave = introspecting()) {
            String token = token(AUDIENCE + "?opaque", "pets:read");
            post("/token/revocation", "agent", "agent-secret", "token=" + token);
            assertThat(status(wayleave, READ, token)).isEqualTo(401);
            assertThat(wayleave.platform.received()).isEmpty();
        }
    }

    @Test
    void aClientWhoseSecretItDoesNotKnowLearnsNothing() throws IOException, InterruptedException {
        try (RunningWayleave wayleave = running(Map.of(
                CALLERS + "verify", "introspection",
                CALLERS + "introspection.url", issuer + "/token/introspection",
                CALLERS + "introspection.client-id", "wayleave",
                CALLERS + "introspection.client-secret", "wrong"))) {
            assertThat(status(wayleave, READ, token(AUDIENCE + "?opaque", "pets:read")))
                    .isEqualTo(503);
        }
    }
}
