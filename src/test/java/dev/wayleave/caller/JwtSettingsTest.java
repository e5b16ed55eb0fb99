package dev.wayleave.caller;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JwtSettingsTest {
    private static final URI JWKS = URI.create("https://auth.example.com/jwks");

    private static JwtSettings of(Set<String> types, Set<String> algorithms, Duration skew, @Nullable Duration maxAge) {
        return new JwtSettings(
                "https://i.example",
                JWKS,
                types,
                algorithms,
                new ClaimRules(List.of("a"), false, skew, "scope", List.of(), maxAge));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://auth.example.com/jwks",
                "http://127.0.0.1.evil.example/jwks",
                "http://localhost.evil.example/jwks",
                "http://10.0.0.1/jwks",
                "http://0.0.0.0/jwks",
                "ftp://127.0.0.1/jwks",
                "file:///etc/passwd",
                "https:/jwks",
                "/jwks",
                "https://user@auth.example.com/jwks"
            })
    void keysComeOverHttpsOrFromThisMachine(String url) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> JwtSettings.of("https://i.example", URI.create(url), List.of("a")))
                .withMessageStartingWith("callers.jwks-url:");
    }

    @ParameterizedTest
    @ValueSource(strings = {"http://127.0.0.1:1/j", "http://localhost/j", "HTTP://LOCALHOST/j", "http://[::1]:8/j"})
    void plainHttpIsForLoopback(String url) {
        assertThat(JwtSettings.of(url, URI.create(url), List.of("a")).jwksUrl()).hasToString(url);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "${ISSUER}", "https://<your-issuer>", "a\nb"})
    void aPlaceholderIsNoIssuerAndNoAudience(String text) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> JwtSettings.of(text, JWKS, List.of("a")))
                .withMessageStartingWith("callers.issuer:");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> JwtSettings.of("https://i.example", JWKS, List.of("a", text)))
                .withMessageStartingWith("callers.audience:");
    }

    @Test
    void anIssuerWithoutJwksUrlMustBeAUrlThatCanBeTrusted() {
        for (String issuer : List.of("turso", "http://auth.example.com", "https://auth.example.com#x")) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> JwtSettings.of(issuer, null, List.of("a")))
                    .withMessageStartingWith("callers.issuer:");
        }
        assertThatIllegalArgumentException()
                .isThrownBy(() -> JwtSettings.of("http://auth.example.com", JWKS, List.of("a")))
                .withMessageStartingWith("callers.issuer:");
        assertThat(JwtSettings.of("turso", JWKS, List.of("a")).issuer()).isEqualTo("turso");
    }

    @Test
    void anAudienceIsNeeded() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> JwtSettings.of("https://i.example", JWKS, List.of()))
                .withMessageStartingWith("callers.audience:");
    }

    @ParameterizedTest
    @ValueSource(strings = {"none", "HS256", "rs256", "ES256K", "RSA-OAEP"})
    void onlySignaturesByPublicKeysCount(String algorithm) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> of(Set.of("JWT"), Set.of("RS256", algorithm), Duration.ZERO, null))
                .withMessageStartingWith("callers.algorithms:");
    }

    @Test
    void timesAreBounded() {
        Set<String> algorithms = JwtSettings.DEFAULT_ALGORITHMS;
        for (Duration skew : List.of(Duration.ofSeconds(-1), Duration.ofSeconds(61))) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> of(Set.of("JWT"), algorithms, skew, null))
                    .withMessageStartingWith("callers.clock-skew:");
        }
        assertThatIllegalArgumentException()
                .isThrownBy(() -> of(Set.of("JWT"), algorithms, Duration.ZERO, Duration.ZERO))
                .withMessageStartingWith("callers.max-age:");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> of(Set.of(), algorithms, Duration.ZERO, null))
                .withMessageStartingWith("callers.token-types:");
    }
}
