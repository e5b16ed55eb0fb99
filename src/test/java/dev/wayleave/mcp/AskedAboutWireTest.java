package dev.wayleave.mcp;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.wayleave.FakePlatform;
import dev.wayleave.RunningWayleave;
import dev.wayleave.TestIssuer;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Callers whose tokens no key can verify, over the wire: somebody is asked about them. */
class AskedAboutWireTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String CALLERS = "wayleave.platforms.test.callers.";
    private static final String CALL =
            "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"tools/call\",\"params\":{\"name\":\"list_pets\",\"arguments\":{}}}";
    private static final String LIST = "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"tools/list\"}";

    @TempDir
    Path folder;

    private RunningWayleave introspecting(FakePlatform server) throws IOException {
        Path secret = Files.writeString(folder.resolve("secret.txt"), "s3cret-canary\n");
        return RunningWayleave.with(
                folder,
                PetStore.YAML,
                Map.of(
                        CALLERS + "verify", "introspection",
                        CALLERS + "jwks-url", "",
                        CALLERS + "introspection.url", server.url() + "/introspect",
                        CALLERS + "introspection.client-id", "wayleave",
                        CALLERS + "introspection.client-secret", "file:" + secret));
    }

    private static RunningWayleave probing(Path folder, Map<String, Object> more) {
        Map<String, Object> settings = new HashMap<>(Map.of(
                CALLERS + "verify", "probe",
                CALLERS + "issuer", "",
                CALLERS + "jwks-url", "",
                CALLERS + "probe.path", "/me"));
        settings.putAll(more);
        return RunningWayleave.with(folder, PetStore.YAML, settings);
    }

    private static HttpResponse<String> post(RunningWayleave wayleave, String body, String token) {
        return wayleave.post(body, "Authorization", "Bearer " + token);
    }

    @Test
    void anOpaqueTokenOpensWhatTheAuthorizationServerSays() throws IOException {
        FakePlatform server = FakePlatform.json("{}");
        try (server;
                RunningWayleave wayleave = introspecting(server)) {
            server.answer(asked -> FakePlatform.response(
                    200,
                    "application/json",
                    asked.body().contains("token=opaque-canary&")
                            ? "{\"active\":true,\"aud\":\"" + wayleave.url
                                    + "\",\"sub\":\"alice\",\"scope\":\"pets:read\"}"
                            : "{\"active\":false}"));

            assertThat(post(wayleave, CALL, "opaque-canary").statusCode()).isEqualTo(200);
            assertThat(wayleave.platform.received().getLast().header("Authorization"))
                    .containsExactly("Bearer opaque-canary");
            assertThat(post(wayleave, LIST, "opaque-canary").body())
                    .contains("list_pets")
                    .doesNotContain("create_pet");
            assertThat(server.received()).hasSize(1);
            assertThat(server.received().getFirst().header("Authorization"))
                    .containsExactly("Basic d2F5bGVhdmU6czNjcmV0LWNhbmFyeQ==");

            HttpResponse<String> refused = post(wayleave, CALL, "stranger");
            assertThat(refused.statusCode()).isEqualTo(401);
            assertThat(refused.headers().firstValue("WWW-Authenticate").orElseThrow())
                    .contains("error=\"invalid_token\"", "resource_metadata=");
            assertThat(Files.readString(wayleave.audit)).doesNotContain("canary", "stranger");
        }
    }

    @Test
    void anAuthorizationServerThatDoesNotAnswerIsNotTheTokensFault() throws IOException {
        FakePlatform server = FakePlatform.answering(asked -> FakePlatform.response(500, "text/plain", "boom"));
        try (server;
                RunningWayleave wayleave = introspecting(server)) {
            HttpResponse<String> response = post(wayleave, CALL, "opaque");

            assertThat(response.statusCode()).isEqualTo(503);
            assertThat(response.headers().firstValue("Retry-After")).contains("1");
            assertThat(response.headers().firstValue("WWW-Authenticate")).isEmpty();
            assertThat(response.body()).doesNotContain("boom", "opaque");
            assertThat(wayleave.platform.received()).isEmpty();
            HttpResponse<String> health = wayleave.send(
                    HttpRequest.newBuilder(wayleave.url.resolve("/health")).build());
            assertThat(health.statusCode()).isEqualTo(200);
            assertThat(health.body()).contains("DEGRADED");
        }
    }

    @Test
    void aPersonalTokenIsShownToThePlatformItselfAndNowhereElse() {
        try (RunningWayleave wayleave = probing(
                folder,
                Map.of(
                        "wayleave.platforms.test.upstream.credential-header",
                        "X-Pets-Key",
                        CALLERS + "probe.claims",
                        "/token",
                        CALLERS + "probe.subject",
                        "/id"))) {
            wayleave.platform.answer(asked -> asked.target().equals("/me")
                    ? FakePlatform.response(
                            asked.header("X-Pets-Key").equals(List.of("pat_1")) ? 200 : 401,
                            "application/json",
                            "{\"id\":7,\"token\":{\"scope\":\"pets:read\"}}")
                    : FakePlatform.response(200, "application/json", "[]"));

            assertThat(post(wayleave, CALL, "pat_1").statusCode()).isEqualTo(200);
            assertThat(wayleave.platform.received())
                    .extracting(FakePlatform.Received::requestLine)
                    .containsExactly("GET /me HTTP/1.1", "GET /pets HTTP/1.1");
            assertThat(wayleave.platform.received().getFirst().header("Authorization"))
                    .isEmpty();
            assertThat(post(wayleave, CALL, "pat_2").statusCode()).isEqualTo(401);
            assertThat(post(wayleave, CALL, "pat_2").statusCode()).isEqualTo(401);
            assertThat(wayleave.platform.received()).hasSize(3);
        }
    }

    @Test
    void aRedirectOfTheProbeIsNotFollowed() {
        FakePlatform elsewhere = FakePlatform.json("{}");
        try (elsewhere;
                RunningWayleave wayleave = probing(folder, Map.of())) {
            wayleave.platform.answer(asked -> FakePlatform.response(
                    302, "", "", "Location: " + elsewhere.url().resolve("/me")));

            assertThat(post(wayleave, CALL, "pat_1").statusCode()).isEqualTo(503);
            assertThat(elsewhere.connections()).isZero();
        }
    }

    @Test
    void aSilentPlatformIsWaitedForBrieflyAndIsNotTheTokensFault() {
        try (RunningWayleave wayleave = probing(folder, Map.of())) {
            wayleave.platform.answer(asked -> {
                try {
                    Thread.sleep(8_000);
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
                return "";
            });
            long start = System.nanoTime();
            assertThat(post(wayleave, CALL, "pat_1").statusCode()).isEqualTo(503);
            assertThat((System.nanoTime() - start) / 1_000_000).isLessThan(4_500);
        }
    }

    @Test
    void withoutAPlaceToSignInTheMetadataNamesNone() throws IOException {
        try (RunningWayleave wayleave = probing(folder, Map.of())) {
            HttpResponse<String> metadata = wayleave.send(
                    HttpRequest.newBuilder(wayleave.url.resolve("/.well-known/oauth-protected-resource/mcp"))
                            .build());

            assertThat(JSON.readTree(metadata.body()).path("resource").asText()).isEqualTo(wayleave.url.toString());
            assertThat(JSON.readTree(metadata.body()).has("authorization_servers"))
                    .isFalse();
        }
    }

    @Test
    void aBoundTokenIsForwardedInNoMode() {
        Map<String, Object> none = Map.of(CALLERS + "verify", "none", CALLERS + "issuer", "", CALLERS + "jwks-url", "");
        try (RunningWayleave wayleave = RunningWayleave.with(folder, PetStore.YAML, none)) {
            String bound = wayleave.issuer.token("x", "pets:read", c -> c.claim("cnf", Map.of("jkt", "x")));

            HttpResponse<String> refused = post(wayleave, CALL, bound);
            assertThat(refused.statusCode()).isEqualTo(401);
            assertThat(refused.headers().firstValue("WWW-Authenticate")).contains("Bearer");
            assertThat(wayleave.post(CALL, "Authorization", "DPoP " + bound).statusCode())
                    .isEqualTo(401);
            assertThat(wayleave.platform.received()).isEmpty();
            assertThat(post(wayleave, CALL, "opaque").statusCode()).isEqualTo(200);
        }
    }

    @Test
    void eachOfSeveralIssuersIsHeldToItsOwnKeys() throws IOException {
        try (TestIssuer one = new TestIssuer();
                TestIssuer other = new TestIssuer();
                RunningWayleave wayleave = RunningWayleave.with(
                        folder,
                        PetStore.YAML,
                        Map.of(
                                CALLERS + "issuer", "",
                                CALLERS + "jwks-url", "",
                                CALLERS + "issuers.one.issuer", one.issuer(),
                                CALLERS + "issuers.one.jwks-url", one.jwksUrl().toString(),
                                CALLERS + "issuers.other.issuer", other.issuer(),
                                CALLERS + "issuers.other.jwks-url",
                                        other.jwksUrl().toString()))) {
            String audience = wayleave.url.toString();
            assertThat(post(wayleave, CALL, one.token(audience, "pets:read")).statusCode())
                    .isEqualTo(200);
            assertThat(post(wayleave, CALL, other.token(audience, "pets:read")).statusCode())
                    .isEqualTo(200);
            String crossed = other.token(audience, "pets:read", c -> c.issuer(one.issuer()));
            assertThat(post(wayleave, CALL, crossed).statusCode()).isEqualTo(401);

            HttpResponse<String> metadata = wayleave.send(
                    HttpRequest.newBuilder(wayleave.url.resolve("/.well-known/oauth-protected-resource/mcp"))
                            .build());
            assertThat(JSON.readTree(metadata.body())
                            .path("authorization_servers")
                            .valueStream())
                    .extracting(JsonNode::asText)
                    .containsExactlyInAnyOrder(one.issuer(), other.issuer());
        }
    }
}
