package dev.wayleave.mcp;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.wayleave.FakePlatform;
import dev.wayleave.RunningWayleave;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The authorization server's metadata on our own origin, where clients of MCP 2025-03-26 look for it. */
class MirrorWireTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String ROOT = "/.well-known/oauth-authorization-server";
    private static final String PLATFORMS = "wayleave.platforms.";

    @TempDir
    Path folder;

    private final FakePlatform server = FakePlatform.json("{}");

    @AfterEach
    void stop() {
        server.close();
    }

    private String metadata() {
        return """
                {"issuer":"%1$s","authorization_endpoint":"%1$s/authorize","token_endpoint":"%1$s/token",\
                "registration_endpoint":"%1$s/register","response_types_supported":["code"],\
                "code_challenge_methods_supported":["S256"],"client_secret":"canary","x":{"y":1},\
                "scopes_supported":["read",7]}""".formatted(server.url());
    }

    private RunningWayleave running(Map<String, Object> more) {
        Map<String, Object> settings = new HashMap<>(Map.of(
                PLATFORMS + "test.callers.authorization-servers",
                server.url().toString(),
                PLATFORMS + "test.callers.mirror-metadata",
                "true"));
        settings.putAll(more);
        return RunningWayleave.with(folder, PetStore.YAML, settings);
    }

    private static HttpResponse<String> get(RunningWayleave wayleave, String path) {
        return wayleave.send(HttpRequest.newBuilder(wayleave.url.resolve(path)).build());
    }

    @Test
    void itIsToldAtTheRootAndUnderThePathWithoutWhatIsNoneOfTheClientsBusiness() throws IOException {
        server.answer(asked -> FakePlatform.response(200, "application/json", metadata()));
        try (RunningWayleave wayleave = running(Map.of())) {
            for (String path : new String[] {ROOT, ROOT + "/mcp"}) {
                HttpResponse<String> response = get(wayleave, path);

                assertThat(response.statusCode()).isEqualTo(200);
                assertThat(response.headers().firstValue("Access-Control-Allow-Origin"))
                        .contains("*");
                JsonNode document = JSON.readTree(response.body());
                assertThat(document.path("issuer").asText())
                        .isEqualTo(server.url().toString());
                assertThat(document.path("token_endpoint").asText()).isEqualTo(server.url() + "/token");
                assertThat(document.at("/code_challenge_methods_supported/0").asText())
                        .isEqualTo("S256");
                assertThat(document.fieldNames()).toIterable().doesNotContain("client_secret", "x", "scopes_supported");
            }
            assertThat(server.received()).hasSize(1);
        }
    }

    @Test
    void itIsNotThereUnlessSwitchedOn() {
        server.answer(asked -> FakePlatform.response(200, "application/json", metadata()));
        try (RunningWayleave wayleave = running(Map.of(PLATFORMS + "test.callers.mirror-metadata", ""))) {
            assertThat(get(wayleave, ROOT).statusCode()).isEqualTo(404);
            assertThat(get(wayleave, ROOT + "/mcp").statusCode()).isEqualTo(404);
            assertThat(server.connections()).isZero();
        }
    }

    @Test
    void whereThereAreSeveralPlatformsTheRootMeansNone() {
        server.answer(asked -> FakePlatform.response(200, "application/json", metadata()));
        Map<String, Object> other = Map.of(
                PLATFORMS + "other.openapi", folder.resolve("openapi.yaml").toString(),
                PLATFORMS + "other.upstream.url", "http://127.0.0.1:1",
                PLATFORMS + "other.callers.verify", "none");
        try (RunningWayleave wayleave = running(other)) {
            assertThat(get(wayleave, ROOT).statusCode()).isEqualTo(404);
            assertThat(get(wayleave, ROOT + "/other/mcp").statusCode()).isEqualTo(404);
            assertThat(get(wayleave, ROOT + "/test/mcp").statusCode()).isEqualTo(200);
        }
    }

    /** What makes a document nobody's, or a trap. */
    private String lie(String kind) {
        String good = metadata();
        String lie = switch (kind) {
            case "another issuer" -> good.replace("\"issuer\":\"http", "\"issuer\":\"https");
            case "issuer with slash" -> good.replaceFirst("(\"issuer\":\"[^\"]+)\"", "$1/\"");
            case "plain http" -> with("token_endpoint", "http://evil.example/t");
            case "script" -> with("authorization_endpoint", "javascript:alert(1)");
            case "no tokens" -> good.replace("token_endpoint", "token_end");
            case "twice" -> good.replace("{\"issuer\"", "{\"issuer\":\"x\",\"issuer\"");
            case "huge" -> " ".repeat(300_000) + good;
            default -> kind;
        };
        assertThat(lie).isNotEqualTo(good);
        return FakePlatform.response(200, "application/json", lie);
    }

    private String with(String member, String value) {
        return metadata().replaceFirst("\"" + member + "\":\"[^\"]+", "\"" + member + "\":\"" + value);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "another issuer",
                "issuer with slash",
                "plain http",
                "script",
                "no tokens",
                "twice",
                "huge",
                "<html>",
                "[]"
            })
    void nothingIsToldThatIsNotTheServersOwnOrCouldBeATrap(String kind) {
        server.answer(asked -> lie(kind));
        try (RunningWayleave wayleave = running(Map.of())) {
            HttpResponse<String> response = get(wayleave, ROOT);

            assertThat(response.statusCode()).isEqualTo(503);
            assertThat(response.headers().firstValue("Retry-After")).contains("10");
            int asked = server.received().size();
            assertThat(get(wayleave, ROOT).statusCode()).isEqualTo(503);
            assertThat(server.received()).hasSize(asked);
        }
    }

    @Test
    void aRedirectIsNotFollowed() {
        FakePlatform elsewhere = FakePlatform.json("{}");
        server.answer(asked -> FakePlatform.response(302, "", "", "Location: " + elsewhere.url()));
        try (elsewhere;
                RunningWayleave wayleave = running(Map.of())) {
            assertThat(get(wayleave, ROOT).statusCode()).isEqualTo(503);
            assertThat(elsewhere.connections()).isZero();
        }
    }

    @Test
    void aBrowserMayAskForTheDocuments() {
        try (RunningWayleave wayleave = running(Map.of())) {
            for (String path : new String[] {ROOT, "/.well-known/oauth-protected-resource/mcp"}) {
                HttpResponse<String> response = wayleave.send(HttpRequest.newBuilder(wayleave.url.resolve(path))
                        .method("OPTIONS", BodyPublishers.noBody())
                        .header("Origin", "https://client.example")
                        .header("Access-Control-Request-Method", "GET")
                        .header("Access-Control-Request-Headers", "mcp-protocol-version")
                        .build());

                assertThat(response.statusCode()).isEqualTo(204);
                assertThat(response.headers().firstValue("Access-Control-Allow-Origin"))
                        .contains("*");
                assertThat(response.headers().firstValue("Access-Control-Allow-Headers"))
                        .contains("MCP-Protocol-Version");
                assertThat(response.headers().firstValue("Access-Control-Allow-Credentials"))
                        .isEmpty();
            }
            assertThat(server.connections()).isZero();
        }
    }
}
