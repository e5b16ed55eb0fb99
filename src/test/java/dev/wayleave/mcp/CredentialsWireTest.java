package dev.wayleave.mcp;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.wayleave.FakePlatform;
import dev.wayleave.RunningWayleave;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a caller's credentials open, and what is said where they do not. */
@SuppressWarnings("JavaUtilDate") // Nimbus takes no other
class CredentialsWireTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String CALL =
            "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"tools/call\",\"params\":{\"name\":\"list_pets\",\"arguments\":{}}}";

    @TempDir
    Path folder;

    private RunningWayleave wayleave;

    @BeforeEach
    void start() {
        wayleave = RunningWayleave.over(folder, PetStore.YAML);
    }

    @AfterEach
    void stop() {
        wayleave.close();
    }

    private String metadataUrl() {
        return wayleave.url.resolve("/.well-known/oauth-protected-resource/mcp").toString();
    }

    @Test
    void withoutATokenTheChallengeSaysWhereToSignInAndAsksForTheLeast() throws IOException {
        int before = wayleave.platform.connections();
        HttpResponse<String> response = wayleave.post(CALL);

        assertThat(response.statusCode()).isEqualTo(401);
        assertThat(response.headers().firstValue("WWW-Authenticate"))
                .contains("Bearer scope=\"pets:read\", resource_metadata=\"" + metadataUrl() + "\"");
        assertThat(JSON.readTree(response.body()).at("/error/code").asInt()).isEqualTo(401);
        assertThat(wayleave.platform.connections()).isEqualTo(before);
        assertThat(wayleave.audited().getLast()).contains("\"decision\":\"deny\"", "token missing");
    }

    @Test
    void theMetadataIsAtThePathInsertedAddressForAnyone() throws IOException {
        HttpResponse<String> response =
                wayleave.send(HttpRequest.newBuilder(URI.create(metadataUrl())).build());

        assertThat(response.statusCode()).isEqualTo(200);
        JsonNode document = JSON.readTree(response.body());
        assertThat(document.path("resource").asText()).isEqualTo(wayleave.url.toString());
        assertThat(document.path("authorization_servers").toString())
                .isEqualTo("[\"" + wayleave.issuer.issuer() + "\"]");
        assertThat(document.path("scopes_supported").toString()).isEqualTo("[\"pets:read\"]");
        assertThat(document.path("bearer_methods_supported").toString()).isEqualTo("[\"header\"]");
    }

    @Test
    void aBadTokenIsToldSoAndNothingElse() {
        String audience = wayleave.url.toString();
        List<String> bad = List.of(
                wayleave.issuer.token("https://elsewhere.example/mcp", "pets:read"),
                wayleave.issuer.token(audience, "pets:read", c -> c.issuer("https://evil.example")),
                wayleave.issuer.token(
                        audience,
                        "pets:read",
                        c -> c.expirationTime(Date.from(Instant.now().minusSeconds(60)))),
                wayleave.issuer.token(
                        audience,
                        "pets:read",
                        c -> c.notBeforeTime(Date.from(Instant.now().plusSeconds(3600)))),
                wayleave.token("pets:read") + "x",
                "opaque");
        int before = wayleave.platform.connections();
        for (String token : bad) {
            HttpResponse<String> response = wayleave.post(CALL, "Authorization", "Bearer " + token);
            assertThat(response.statusCode()).isEqualTo(401);
            assertThat(response.headers().firstValue("WWW-Authenticate").orElseThrow())
                    .contains("error=\"invalid_token\"", metadataUrl());
            assertThat(response.body()).doesNotContain(token);
        }
        assertThat(wayleave.platform.connections()).isEqualTo(before);
    }

    @Test
    void aTokenAnywhereElseIsNoCredential() {
        String token = wayleave.token("pets:read");
        HttpResponse<String> response =
                wayleave.send(HttpRequest.newBuilder(wayleave.url.resolve("/mcp?access_token=" + token))
                        .POST(HttpRequest.BodyPublishers.ofString(CALL))
                        .header("Content-Type", "application/json")
                        .header("Cookie", "access_token=" + token)
                        .build());

        assertThat(response.statusCode()).isEqualTo(401);
    }

    @Test
    void noHeaderOfTheClientReachesThePlatform() {
        wayleave.post(
                CALL,
                "Authorization",
                "Bearer " + wayleave.token("pets:read"),
                "Cookie",
                "a=b",
                "X-Api-Key",
                "k",
                "X-Forwarded-For",
                "1.2.3.4",
                "Forwarded",
                "for=1.2.3.4",
                "X-HTTP-Method-Override",
                "DELETE",
                "Proxy-Authorization",
                "Basic x");

        FakePlatform.Received received = wayleave.platform.received().getLast();
        for (String header : List.of(
                "Cookie",
                "X-Api-Key",
                "X-Forwarded-For",
                "Forwarded",
                "X-HTTP-Method-Override",
                "Proxy-Authorization")) {
            assertThat(received.header(header)).as(header).isEmpty();
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "401 | Bearer error=\"invalid_token\" | 401 | error=\"invalid_token\"",
                "403 | Bearer error=\"insufficient_scope\", scope=\"a b\" | 403 | scope=\"a b\"",
            })
    void whatThePlatformSaysOfTheTokenIsSaidToTheClient(int answered, String challenge, int status, String expected) {
        wayleave.platform.answer(
                r -> FakePlatform.response(answered, "application/json", "{}", "WWW-Authenticate: " + challenge));
        HttpResponse<String> response = wayleave.post(CALL, "Authorization", "Bearer " + wayleave.token("pets:read"));

        assertThat(response.statusCode()).isEqualTo(status);
        assertThat(response.headers().firstValue("WWW-Authenticate").orElseThrow())
                .contains(expected, metadataUrl());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "401 | {\"error\":\"who are you\"} | The platform answered 401: who are you.",
                "403 | {\"message\":\"not yours\"} | The platform answered 403: not yours.",
                "404 | {\"error\":{\"message\":\"no such pet\"}} | The platform answered 404: no such pet.",
                "409 | {\"detail\":\"exists\"} | The platform answered 409: exists.",
                "422 | {\"errors\":[{\"message\":\"bad name\"}]} | The platform answered 422: bad name.",
                "429 | {\"error\":\"slow down\"} | The platform answered 429: slow down.",
                "500 | <html><head><title>x</title></head><body><h1>Boom</h1></body></html> | The platform answered 500: Boom.",
                "503 | busy | The platform answered 503: busy.",
                "302 | | The platform answered 302. Redirects are not followed.",
            })
    void anErrorOfThePlatformIsAResultToActOn(int status, String body, String expected) throws IOException {
        String type = body != null && body.startsWith("<") ? "text/html" : "application/json";
        wayleave.platform.answer(r -> FakePlatform.response(status, type, body == null ? "" : body));
        HttpResponse<String> response = wayleave.post(CALL, "Authorization", "Bearer " + wayleave.token("pets:read"));

        assertThat(response.statusCode()).isEqualTo(200);
        JsonNode result = JSON.readTree(response.body()).path("result");
        assertThat(result.path("isError").asBoolean()).isTrue();
        assertThat(result.at("/content/0/text").asText()).startsWith(expected);
    }

    @Test
    void aTokenThatThePlatformEchoesIsMasked() {
        String token = wayleave.token("pets:read");
        for (int status : new int[] {200, 401, 500}) {
            wayleave.platform.answer(r -> FakePlatform.response(
                    status,
                    "application/json",
                    "{\"error\":\"seen " + r.header("Authorization").getFirst() + "\"}"));
            HttpResponse<String> response = wayleave.post(CALL, "Authorization", "Bearer " + token);
            assertThat(response.body()).doesNotContain(token).contains("[token]");
        }
    }

    @Test
    void aTokenThatIsEchoedAsAScopeIsNoScope() {
        String token = wayleave.token("pets:read");
        for (String scope : List.of("  ", token, "x" + token)) {
            wayleave.platform.answer(r -> FakePlatform.response(
                    403,
                    "application/json",
                    "{}",
                    "WWW-Authenticate: Bearer error=\"insufficient_scope\", scope=\"" + scope + "\""));
            HttpResponse<String> response = wayleave.post(CALL, "Authorization", "Bearer " + token);
            assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
            assertThat(response.headers().toString() + response.body()).doesNotContain(token);
        }
    }

    @Test
    void jsonWithAByteOrderMarkIsPassedOnWithoutIt() throws IOException {
        wayleave.platform.answer(r -> FakePlatform.response(200, "application/json", "\ufeff{\"a\":1}"));
        assertThat(text(wayleave.post(CALL, "Authorization", "Bearer " + wayleave.token("pets:read"))))
                .isEqualTo("{\"a\":1}");
    }

    @Test
    void anAnswerThatIsCompressedUnaskedIsTold() throws IOException {
        wayleave.platform.answer(r -> FakePlatform.response(200, "application/json", "xxxx", "Content-Encoding: gzip"));
        assertThat(text(wayleave.post(CALL, "Authorization", "Bearer " + wayleave.token("pets:read"))))
                .contains("compressed");
    }

    @Test
    void aPlatformThatIsSilentOrGoneIsTold() throws IOException {
        wayleave.platform.answer(r -> "");
        assertThat(text(wayleave.post(CALL, "Authorization", "Bearer " + wayleave.token("pets:read"))))
                .startsWith("The connection to the platform broke.");
        wayleave.platform.answer(r -> {
            try {
                Thread.sleep(5_000);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            return "";
        });
        assertThat(text(wayleave.post(CALL, "Authorization", "Bearer " + wayleave.token("pets:read"))))
                .startsWith("The platform did not answer in time. Nothing was changed");
    }

    private static String text(HttpResponse<String> response) throws IOException {
        return JSON.readTree(response.body()).at("/result/content/0/text").asText();
    }
}
