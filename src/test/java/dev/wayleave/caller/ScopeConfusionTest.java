package dev.wayleave.caller;

import static dev.wayleave.caller.TokenFixture.RSA;
import static dev.wayleave.caller.TokenFixture.payload;
import static dev.wayleave.caller.TokenFixture.present;
import static dev.wayleave.caller.TokenFixture.settings;
import static dev.wayleave.caller.TokenFixture.token;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ScopeConfusionTest {
    private final MovableClock clock = new MovableClock();
    private final JwksServer issuer = JwksServer.publishing(RSA);

    @AfterEach
    void close() {
        issuer.close();
    }

    private Caller callerWith(String scopeClaim, String member) {
        JwtVerifier verifier = new JwtVerifier(
                settings(issuer.url(), JwtSettings.DEFAULT_TOKEN_TYPES, scopeClaim, List.of(), false), clock);
        String payload = payload(clock.epochSecond()).replace("\"scope\":\"read write\"", member);
        Authentication outcome = present(verifier, token(RSA, "RS256", payload));
        assertThat(outcome).isInstanceOf(Authentication.Verified.class);
        return ((Authentication.Verified) outcome).caller();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"Admin\"",
                "\"ADMIN\"",
                "\"admin2\"",
                "\"xadmin\"",
                "\"admin:read\"",
                "\"read,admin\"",
                "\"read;admin\"",
                "\"read+admin\"",
                "\"read%20admin\"",
                "\"read\\u00a0admin\"",
                "\"read\\u2003admin\"",
                "\"read\\u200badmin\"",
                "\"read\\tadmin\"",
                "\"read\\nadmin\"",
                "\"read\\r\\nadmin\"",
                "\"\\u0430dmin\"",
                "\"\\\"admin\\\"\"",
                "\"admin\\u0000\"",
                "\"admin\\\\\"",
                "[\"read admin\"]",
                "[\" admin\"]",
                "[\"admin \"]",
                "[\"admin,read\"]",
                "[\"\"]",
                "\"\""
            })
    void nothingButTheScopeItselfGrantsIt(String claim) {
        assertThat(callerWith("scope", "\"scope\":" + claim).scopes()).doesNotContain("admin", "");
    }

    @Test
    void aStringIsPartedBySpacesAndEmptyPartsAreIgnored() {
        assertThat(callerWith("scope", "\"scope\":\"  read  admin:x read \"").scopes())
                .isEqualTo(Set.of("read", "admin:x"));
    }

    @Test
    void anArrayHasOneScopeInEachElement() {
        assertThat(callerWith("scp", "\"scp\":[\"read\",\"a b\",\"write\"]").scopes())
                .isEqualTo(Set.of("read", "write"));
    }

    @Test
    void aDottedPathLeadsIntoObjectsUnlessAClaimHasThatName() {
        assertThat(callerWith("realm.roles", "\"realm\":{\"roles\":[\"read\"]}").scopes())
                .isEqualTo(Set.of("read"));
        assertThat(callerWith("https://a.example/scope", "\"https://a.example/scope\":\"read\"")
                        .scopes())
                .isEqualTo(Set.of("read"));
    }

    @Test
    void noClaimMeansNoScope() {
        assertThat(callerWith("scope", "\"x\":1").scopes()).isEmpty();
        assertThat(callerWith("scope", "\"scope\":null").scopes()).isEmpty();
    }
}
