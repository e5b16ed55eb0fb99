package dev.wayleave.sandbox;

import static dev.wayleave.sandbox.SandboxFixture.json;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.nimbusds.jose.crypto.ECDSAVerifier;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jwt.SignedJWT;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** Signing in as clients and browsers do it: metadata, registration, consent, tokens. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class SignInTest {
    private SandboxFixture sandbox;

    @BeforeAll
    void start(@TempDir Path folder) {
        sandbox = SandboxFixture.start(folder);
    }

    @AfterAll
    void stop() {
        sandbox.close();
    }

    @Test
    void theMetadataNamesTheIssuerByteForByteAndWhatClientsLookFor() {
        JsonNode metadata = json(sandbox.get("/.well-known/oauth-authorization-server", "none"));

        assertThat(metadata.path("issuer").asText())
                .isEqualTo(sandbox.issuer().toString())
                .doesNotEndWith("/");
        assertThat(metadata.path("code_challenge_methods_supported"))
                .map(JsonNode::asText)
                .containsExactly("S256");
        assertThat(metadata.path("token_endpoint_auth_methods_supported"))
                .map(JsonNode::asText)
                .containsExactly("none");
        assertThat(metadata.path("client_id_metadata_document_supported").asBoolean())
                .isTrue();
        assertThat(metadata.path("authorization_response_iss_parameter_supported")
                        .asBoolean())
                .isTrue();
        assertThat(metadata.path("scopes_supported"))
                .map(JsonNode::asText)
                .containsExactly("read", "db:create", "db:delete", "db:configure", "db:mint-token");
    }

    @Test
    void theDefaultFormGivesFullAccessToTheFirstOrganization() throws Exception {
        HttpResponse<String> answer = sandbox.submit(sandbox.consentForm().with("decision", "approve"));

        assertThat(answer.statusCode()).isEqualTo(303);
        assertThat(answer.headers().firstValue("Location").orElse("")).startsWith(SandboxFixture.REDIRECT + "?");
        Parameters callback = SandboxFixture.callback(answer);
        assertThat(callback.find("state")).isEqualTo("a b&c");
        assertThat(callback.find("iss")).isEqualTo(sandbox.issuer().toString());

        JsonNode tokens = json(sandbox.form("/oauth/token", sandbox.exchange(callback.find("code", ""))));
        assertThat(tokens.path("token_type").asText()).isEqualTo("Bearer");
        assertThat(tokens.path("expires_in").asInt()).isEqualTo(3600);
        SignedJWT token = SignedJWT.parse(tokens.path("access_token").asText());
        assertThat(token.getHeader().getType().getType()).isEqualTo("at+jwt");
        JWKSet keys = JWKSet.parse(sandbox.get("/oauth/jwks", "none").body());
        assertThat(keys.containsNonPublicKeys()).isFalse();
        assertThat(token.verify(new ECDSAVerifier(keys.getKeys().getFirst().toECKey())))
                .isTrue();
        assertThat(token.getJWTClaimsSet().getIssuer())
                .isEqualTo(sandbox.issuer().toString());
        assertThat(token.getJWTClaimsSet().getAudience())
                .containsExactly(SandboxFixture.RESOURCE, sandbox.issuer().toString());
        assertThat(token.getJWTClaimsSet().getClaims())
                .containsEntry("org", "acme")
                .containsEntry("sub", "demo")
                .containsEntry("client_id", sandbox.client())
                .containsEntry("scope", "read db:create db:delete db:configure db:mint-token")
                .containsKeys("iat", "exp", "jti")
                .doesNotContainKey("group");
    }

    @Test
    void fullAccessIsPreselectedBecauseClientsAskForTheLeastFirst() {
        Map<String, String> parameters = sandbox.authorization();
        parameters.put("scope", "read");

        ConsentForm form = ConsentForm.parse(sandbox.authorize(parameters).body());

        assertThat(form.fields()).containsEntry("permissions", List.of("full-access"));
        assertThat(sandbox.signIn(form).scope()).contains("db:create");
    }

    @Test
    void theTokenHasWhatWasPickedWhateverTheClientAsked() throws Exception {
        Map<String, String> parameters = sandbox.authorization();
        parameters.put("scope", "read offline_access");
        ConsentForm form = ConsentForm.parse(sandbox.authorize(parameters).body())
                .with("organization", "acme")
                .with("group", "acme/research")
                .with("permissions", "custom")
                .with("scope", "read", "db:delete");

        SandboxFixture.Tokens tokens = sandbox.signIn(form);

        assertThat(tokens.scope()).isEqualTo("read db:delete");
        assertThat(SignedJWT.parse(tokens.access()).getJWTClaimsSet().getClaims())
                .containsEntry("group", "research")
                .containsEntry("scope", "read db:delete");
    }

    @Test
    void theFormOffersEveryOrganizationGroupAndPermission() {
        assertThat(sandbox.consentForm().choices())
                .containsEntry("organization", List.of("acme", "personal"))
                .containsEntry("group", List.of("", "acme/default", "acme/research", "personal/default"))
                .containsEntry("permissions", List.of("read-only", "full-access", "custom"))
                .containsEntry("scope", List.of("read", "db:create", "db:delete", "db:configure", "db:mint-token"));
    }

    @Test
    void aGroupOfAnotherOrganizationIsRefused() {
        ConsentForm form =
                sandbox.consentForm().with("organization", "personal").with("decision", "approve");

        assertThat(sandbox.submit(form.with("group", "acme/research")).statusCode())
                .isEqualTo(400);
        assertThat(sandbox.submit(form.with("group", "acme/default")).statusCode())
                .isEqualTo(400);
        assertThat(sandbox.submit(form.with("group", "research")).statusCode()).isEqualTo(400);
        assertThat(sandbox.submit(form.with("group", "personal/default")).statusCode())
                .isEqualTo(303);
    }

    @Test
    void denyingIsToldToTheClient() {
        Parameters callback =
                SandboxFixture.callback(sandbox.submit(sandbox.consentForm().with("decision", "deny")));

        assertThat(callback.find("error")).isEqualTo("access_denied");
        assertThat(callback.find("state")).isEqualTo("a b&c");
        assertThat(callback.find("iss")).isEqualTo(sandbox.issuer().toString());
        assertThat(callback.find("code")).isNull();
    }

    @Test
    void theConsentPageCannotBeFramedScriptedOrCached() {
        HttpResponse<String> page = sandbox.authorize(sandbox.authorization());

        assertThat(page.headers().firstValue("Content-Security-Policy").orElse(""))
                .contains("default-src 'none'", "frame-ancestors 'none'", "form-action 'self' http://127.0.0.1:33418")
                .doesNotContain("unsafe");
        assertThat(page.headers().firstValue("Cache-Control")).contains("no-store");
        assertThat(page.body())
                .doesNotContain("<script", "javascript:", "http-equiv")
                .contains("asks for no password");
    }

    @Test
    void aClientsNameIsTextOnThePageAndNothingElse() {
        String id = json(sandbox.register(
                        "{\"client_name\":\"<b onload=x>{{hidden}}\\u202e'\\\"&\",\"redirect_uris\":[\""
                                + SandboxFixture.REDIRECT + "\"]}"))
                .path("client_id")
                .asText();
        Map<String, String> parameters = sandbox.authorization();
        parameters.put("client_id", id);

        String page = sandbox.authorize(parameters).body();

        assertThat(page)
                .contains("<h1>&lt;b onload=x&gt;&#123;&#123;hidden}}&#39;&quot;&amp; wants")
                .doesNotContain("<b onload");
    }

    @Test
    void aFormFromElsewhereIsRefused() {
        String form = sandbox.consentForm().with("decision", "approve").encoded();
        HttpRequest.Builder post = sandbox.to("/oauth/authorize")
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(HttpRequest.BodyPublishers.ofString(form));

        assertThat(SandboxFixture.send(post.copy()
                                .header("Origin", "https://evil.example")
                                .build())
                        .statusCode())
                .isEqualTo(403);
        assertThat(SandboxFixture.send(post.copy().header("Origin", "null").build())
                        .statusCode())
                .isEqualTo(403);
        assertThat(SandboxFixture.send(post.copy()
                                .header("Sec-Fetch-Site", "cross-site")
                                .build())
                        .statusCode())
                .isEqualTo(403);
        assertThat(SandboxFixture.send(post.copy()
                                .header("Origin", sandbox.issuer().toString())
                                .build())
                        .statusCode())
                .isEqualTo(303);
    }

    @Test
    void aFormThatWasNotWrittenForThisRequestIsRefused() {
        ConsentForm form = sandbox.consentForm().with("decision", "approve");
        String request = form.fields().getOrDefault("request", List.of()).getFirst();

        assertThat(sandbox.submit(form.with("proof", "")).statusCode()).isEqualTo(403);
        assertThat(sandbox.submit(form.with("proof", "9999999999.00")).statusCode())
                .isEqualTo(403);
        assertThat(sandbox.submit(form.with("request", request.replace("33418", "33419")))
                        .statusCode())
                .isEqualTo(403);
        sandbox.clock().advance(Duration.ofMinutes(16));
        assertThat(sandbox.submit(form).statusCode()).isEqualTo(403);
    }

    @Test
    void clientsInBrowsersMayReadMetadataAndTokensButNotThePage() {
        assertThat(sandbox.get("/.well-known/oauth-authorization-server", "x")
                        .headers()
                        .firstValue("Access-Control-Allow-Origin"))
                .contains("*");
        assertThat(sandbox.call("OPTIONS", "/oauth/token", null, null).statusCode())
                .isEqualTo(204);
        assertThat(sandbox.authorize(sandbox.authorization()).headers().firstValue("Access-Control-Allow-Origin"))
                .isEmpty();
    }
}
