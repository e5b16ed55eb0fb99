package dev.wayleave.sandbox;

import static dev.wayleave.sandbox.SandboxFixture.json;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the authorization server must not do. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class SignInRefusalTest {
    private SandboxFixture sandbox;

    @BeforeAll
    void start(@TempDir Path folder) {
        sandbox = SandboxFixture.start(folder);
    }

    @AfterAll
    void stop() {
        sandbox.close();
    }

    @ParameterizedTest
    @CsvSource({
        "code_challenge,            -,                         invalid_request",
        "code_challenge,            tooshort,                  invalid_request",
        "code_challenge_method,     -,                         invalid_request",
        "code_challenge_method,     plain,                     invalid_request",
        "resource,                  -,                         invalid_target",
        "resource,                  http://127.0.0.1:8080/mcp/, invalid_target",
        "resource,                  http://evil.example/mcp,   invalid_target",
        "response_type,             token,                     unsupported_response_type",
        "response_mode,             fragment,                  invalid_request",
        "request_uri,               https://x.example/r,       request_not_supported",
    })
    void aBadRequestGoesBackToTheClient(String name, String value, String error) {
        Map<String, String> parameters = sandbox.authorization();
        parameters.put(name, value);
        parameters.remove(name, "-");

        Parameters callback = SandboxFixture.callback(sandbox.authorize(parameters));

        assertThat(callback.find("error")).isEqualTo(error);
        assertThat(callback.find("state")).isEqualTo("a b&c");
        assertThat(callback.find("iss")).isEqualTo(sandbox.issuer().toString());
    }

    @ParameterizedTest
    @CsvSource({
        "client_id,    -",
        "client_id,    nobody",
        "redirect_uri, -",
        "redirect_uri, http://127.0.0.1:33418/other",
        "redirect_uri, http://127.0.0.1:33418/callback?x=1",
        "redirect_uri, http://127.0.0.1:33418/callback#x",
        "redirect_uri, http://localhost:33418/callback",
        "redirect_uri, http://127.0.0.1@evil.example/callback",
        "redirect_uri, https://evil.example/callback",
    })
    void anUnknownClientOrRedirectIsNeverRedirected(String name, String value) {
        Map<String, String> parameters = sandbox.authorization();
        parameters.put(name, value);
        parameters.remove(name, "-");

        HttpResponse<String> answer = sandbox.authorize(parameters);

        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.headers().firstValue("Location")).isEmpty();
        assertThat(answer.body()).contains("Nothing was granted");
    }

    @Test
    void theLoopbackPortMayDiffer() {
        Map<String, String> parameters = sandbox.authorization();
        parameters.put("redirect_uri", "http://127.0.0.1:51234/callback");

        assertThat(sandbox.authorize(parameters).statusCode()).isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://evil.example/cb",
                "http://127.0.0.1.evil.example/cb",
                "https://user@evil.example/cb",
                "https://evil.example/cb#x",
                "javascript:alert(1)",
                "data:text/html,x",
                "/cb",
                "https:",
            })
    void aRedirectThatCouldLeakIsNotRegistered(String redirect) {
        HttpResponse<String> answer = sandbox.register("{\"redirect_uris\":[\"" + redirect + "\"]}");

        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(json(answer).path("error").asText()).isEqualTo("invalid_redirect_uri");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://app.example/cb",
                "http://localhost/cb",
                "http://[::1]:1/cb",
                "cursor://anysphere.cursor/cb"
            })
    void appsOfEveryKindAreRegistered(String redirect) {
        HttpResponse<String> answer = sandbox.register("{\"redirect_uris\":[\"" + redirect
                + "\"],\"token_endpoint_auth_method\":\"client_secret_basic\",\"contacts\":[\"a@b.example\"]}");

        assertThat(answer.statusCode()).isEqualTo(201);
        JsonNode client = json(answer);
        assertThat(client.path("token_endpoint_auth_method").asText()).isEqualTo("none");
        assertThat(client.path("contacts")).hasSize(1);
        assertThat(client.has("client_secret")).isFalse();
        Map<String, String> parameters = sandbox.authorization();
        parameters.put("client_id", client.path("client_id").asText());
        parameters.put("redirect_uri", redirect);
        assertThat(sandbox.authorize(parameters).statusCode()).isEqualTo(200);
    }

    @ParameterizedTest
    @CsvSource({
        "code_verifier, -,                                            invalid_request",
        "code_verifier, AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA,  invalid_grant",
        "code_verifier, x,                                            invalid_grant",
        "redirect_uri,  -,                                            invalid_grant",
        "redirect_uri,  http://127.0.0.1:33419/callback,              invalid_grant",
        "client_id,     someone-else,                                 invalid_grant",
        "code,          guessed,                                      invalid_grant",
        "resource,      http://evil.example/mcp,                      invalid_target",
        "grant_type,    password,                                     unsupported_grant_type",
    })
    void aCodeIsOnlyForWhoAskedForIt(String name, String value, String error) {
        Map<String, String> parameters = sandbox.exchange(sandbox.code(sandbox.consentForm()));
        parameters.put(name, value);
        parameters.remove(name, "-");

        HttpResponse<String> answer = sandbox.form("/oauth/token", parameters);

        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(json(answer).path("error").asText()).isEqualTo(error);
    }

    @Test
    void aCodeWorksOnceAndItsReplayEndsWhatItGave() {
        String code = sandbox.code(sandbox.consentForm());
        SandboxFixture.Tokens tokens = SandboxFixture.tokens(sandbox.form("/oauth/token", sandbox.exchange(code)));
        assertThat(sandbox.get("/v1/auth/validate", tokens.access()).statusCode())
                .isEqualTo(200);

        HttpResponse<String> replay = sandbox.form("/oauth/token", sandbox.exchange(code));

        assertThat(json(replay).path("error").asText()).isEqualTo("invalid_grant");
        assertThat(sandbox.get("/v1/auth/validate", tokens.access()).statusCode())
                .isEqualTo(401);
        assertThat(sandbox.form("/oauth/token", sandbox.refreshing(tokens.refresh()))
                        .statusCode())
                .isEqualTo(400);
    }

    @Test
    void aCodeLivesOneMinute() {
        String code = sandbox.code(sandbox.consentForm());
        sandbox.clock().advance(Duration.ofSeconds(60));

        assertThat(sandbox.form("/oauth/token", sandbox.exchange(code)).statusCode())
                .isEqualTo(400);
    }

    @Test
    void aRefreshTokenRotatesAndItsReuseEndsEverything() {
        SandboxFixture.Tokens first = sandbox.signIn(sandbox.consentForm());
        SandboxFixture.Tokens second =
                SandboxFixture.tokens(sandbox.form("/oauth/token", sandbox.refreshing(first.refresh())));
        assertThat(second.refresh()).isNotEmpty().isNotEqualTo(first.refresh());
        assertThat(sandbox.get("/v1/auth/validate", second.access()).statusCode())
                .isEqualTo(200);

        HttpResponse<String> reuse = sandbox.form("/oauth/token", sandbox.refreshing(first.refresh()));

        assertThat(json(reuse).path("error").asText()).isEqualTo("invalid_grant");
        assertThat(sandbox.form("/oauth/token", sandbox.refreshing(second.refresh()))
                        .statusCode())
                .isEqualTo(400);
        assertThat(sandbox.get("/v1/auth/validate", second.access()).statusCode())
                .isEqualTo(401);
    }

    @Test
    void refreshingNarrowsButNeverWidens() {
        SandboxFixture.Tokens tokens = sandbox.signIn(
                sandbox.consentForm().with("permissions", "custom").with("scope", "read", "db:create"));
        Map<String, String> wider = sandbox.refreshing(tokens.refresh());
        wider.put("scope", "read db:delete");
        assertThat(json(sandbox.form("/oauth/token", wider)).path("error").asText())
                .isEqualTo("invalid_scope");

        Map<String, String> narrower = sandbox.refreshing(tokens.refresh());
        narrower.put("scope", "read");
        assertThat(SandboxFixture.tokens(sandbox.form("/oauth/token", narrower)).scope())
                .isEqualTo("read");
    }

    @Test
    void aRefreshTokenIsOnlyForItsClientAndThirtyDays() {
        String refresh = sandbox.signIn(sandbox.consentForm()).refresh();
        Map<String, String> other = sandbox.refreshing(refresh);
        other.put("client_id", "someone-else");
        assertThat(sandbox.form("/oauth/token", other).statusCode()).isEqualTo(400);

        sandbox.clock().advance(Duration.ofDays(30));
        assertThat(sandbox.form("/oauth/token", sandbox.refreshing(refresh)).statusCode())
                .isEqualTo(400);
    }

    @Test
    void revokingEndsTheWholeApproval() {
        SandboxFixture.Tokens tokens = sandbox.signIn(sandbox.consentForm());

        HttpResponse<String> answer =
                sandbox.form("/oauth/revoke", Map.of("client_id", sandbox.client(), "token", tokens.refresh()));

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(sandbox.get("/v1/auth/validate", tokens.access()).statusCode())
                .isEqualTo(401);
        assertThat(sandbox.form("/oauth/token", sandbox.refreshing(tokens.refresh()))
                        .statusCode())
                .isEqualTo(400);
    }
}
