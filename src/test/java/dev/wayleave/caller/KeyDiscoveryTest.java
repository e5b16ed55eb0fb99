package dev.wayleave.caller;

import static dev.wayleave.caller.TokenFixture.AUDIENCE;
import static dev.wayleave.caller.TokenFixture.RSA;
import static dev.wayleave.caller.TokenFixture.payload;
import static dev.wayleave.caller.TokenFixture.present;
import static dev.wayleave.caller.TokenFixture.token;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KeyDiscoveryTest {
    private final MovableClock clock = new MovableClock();
    private final JwksServer server = new JwksServer();
    private final String issuer = server.origin() + "/tenant";
    private final JwtVerifier verifier = new JwtVerifier(JwtSettings.of(issuer, null, List.of(AUDIENCE)), clock);

    @AfterEach
    void close() {
        server.close();
    }

    private Authentication presentOne() {
        String payload = payload(clock.epochSecond()).replace(TokenFixture.ISSUER, issuer);
        return present(verifier, token(RSA, "RS256", payload));
    }

    private void serveMetadata(String path, String issuer, String keys) {
        server.behave(exchange -> {
            String requested = exchange.getRequestURI().getPath();
            if (requested.equals(path)) {
                JwksServer.answer(exchange, 200, "{\"issuer\":\"%s\",\"jwks_uri\":\"%s\"}".formatted(issuer, keys));
            } else if (requested.equals("/keys")) {
                JwksServer.answer(exchange, 200, JwksServer.set(RSA.jwk()));
            } else {
                JwksServer.answer(exchange, 404, "{}");
            }
        });
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/.well-known/oauth-authorization-server/tenant",
                "/.well-known/openid-configuration/tenant",
                "/tenant/.well-known/openid-configuration"
            })
    void theKeysAreFoundByTheIssuersMetadataWhenATokenComes(String path) {
        serveMetadata(path, issuer, server.origin() + "/keys");
        assertThat(server.requests()).isEmpty();

        assertThat(presentOne()).isInstanceOf(Authentication.Verified.class);
        assertThat(server.requests()).endsWith(path, "/keys").hasSizeLessThanOrEqualTo(4);

        clock.advance(Duration.ofSeconds(60));
        int before = server.fetches();
        assertThat(presentOne()).isInstanceOf(Authentication.Verified.class);
        assertThat(server.requests().subList(before, server.fetches())).containsExactly("/keys");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "/", "x"})
    void anotherIssuersMetadataIsNotFollowed(String suffix) {
        String other = suffix.isEmpty() ? "" : issuer + suffix;
        serveMetadata("/.well-known/oauth-authorization-server/tenant", other, server.origin() + "/keys");

        assertThat(presentOne()).isInstanceOf(Authentication.Unavailable.class);
        assertThat(server.requests()).doesNotContain("/keys");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "/keys", "http://keys.example/keys", "file:///etc/passwd", "https://u@h/", "%%"})
    void keysElsewhereThanOverHttpsAreNotFetched(String keys) {
        serveMetadata("/.well-known/oauth-authorization-server/tenant", issuer, keys);
        assertThat(presentOne()).isInstanceOf(Authentication.Unavailable.class);
    }

    @Test
    void withAJwksUrlNothingIsFetchedFromTheIssuer() {
        try (JwksServer keys = new JwksServer()) {
            keys.serve(404, "");
            JwtVerifier configured = new JwtVerifier(JwtSettings.of(issuer, keys.url(), List.of(AUDIENCE)), clock);
            String payload = payload(clock.epochSecond()).replace(TokenFixture.ISSUER, issuer);

            assertThat(present(configured, token(RSA, "RS256", payload)))
                    .isInstanceOf(Authentication.Unavailable.class);
            keys.publish(RSA);
            clock.advance(Duration.ofSeconds(1));
            assertThat(present(configured, token(RSA, "RS256", payload))).isInstanceOf(Authentication.Verified.class);
            assertThat(server.requests()).isEmpty();
        }
    }

    @Test
    void anIssuerWithoutPathHasTwoPlacesForItsMetadata() {
        assertThat(IssuerMetadata.urls(URI.create("https://as.example/")))
                .containsExactly(
                        URI.create("https://as.example/.well-known/oauth-authorization-server"),
                        URI.create("https://as.example/.well-known/openid-configuration"));
    }
}
