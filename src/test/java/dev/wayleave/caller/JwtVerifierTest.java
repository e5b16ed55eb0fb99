package dev.wayleave.caller;

import static dev.wayleave.caller.TokenFixture.AUDIENCE;
import static dev.wayleave.caller.TokenFixture.EC;
import static dev.wayleave.caller.TokenFixture.ED;
import static dev.wayleave.caller.TokenFixture.ISSUER;
import static dev.wayleave.caller.TokenFixture.RSA;
import static dev.wayleave.caller.TokenFixture.header;
import static dev.wayleave.caller.TokenFixture.payload;
import static dev.wayleave.caller.TokenFixture.present;
import static dev.wayleave.caller.TokenFixture.settings;
import static dev.wayleave.caller.TokenFixture.token;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class JwtVerifierTest {
    private final MovableClock clock = new MovableClock();
    private final JwksServer issuer = JwksServer.publishing(RSA, EC, ED);
    private final JwtVerifier verifier = new JwtVerifier(settings(issuer.url()), clock);

    @AfterEach
    void close() {
        issuer.close();
    }

    private Caller verified(TokenVerifier by, String token) {
        Authentication outcome = present(by, token);
        assertThat(outcome).isInstanceOf(Authentication.Verified.class);
        return ((Authentication.Verified) outcome).caller();
    }

    @ParameterizedTest
    @CsvSource({"rsa-1,RS256", "rsa-1,PS256", "ec-1,ES256", "ed-1,EdDSA"})
    void everyDefaultAlgorithmWorks(String keyId, String algorithm) {
        SigningKey key = List.of(RSA, EC, ED).stream()
                .filter(each -> each.id().equals(keyId))
                .findFirst()
                .orElseThrow();
        String token = token(key, algorithm, payload(clock.epochSecond()));

        Caller caller = verified(verifier, token);

        assertThat(caller.issuer()).isEqualTo(ISSUER);
        assertThat(caller.subject()).isEqualTo("alice");
        assertThat(caller.clientId()).isEqualTo("cli");
        assertThat(caller.scopes()).containsExactlyInAnyOrder("read", "write");
        assertThat(caller.claims()).containsEntry("aud", AUDIENCE).containsEntry("scope", "read write");
        assertThat(caller.expires()).isEqualTo(clock.instant().plusSeconds(300));
        assertThat(caller.token()).isEqualTo(BearerToken.of(token));
    }

    @Test
    void nothingIsFetchedBeforeATokenDeservesIt() {
        assertThat(verifier.health()).isEqualTo(VerifierHealth.KEYLESS);
        present(verifier, "opaque");
        present(verifier, token(RSA, "RS256", payload(clock.epochSecond()).replace(AUDIENCE, "https://other.example")));
        assertThat(issuer.requests()).isEmpty();

        verified(verifier, token(RSA, "RS256", payload(clock.epochSecond())));
        assertThat(issuer.requests()).containsExactly("/jwks.json");
        assertThat(verifier.health()).isEqualTo(VerifierHealth.CURRENT);
    }

    @ParameterizedTest
    @ValueSource(strings = {"at+jwt", "AT+JWT", "application/at+jwt", "Application/At+Jwt"})
    void theTypeIsAMediaTypeInAnyCase(String type) {
        String header = header("RS256", "rsa-1").replace("at+jwt", type);
        verified(verifier, RSA.token("RS256", header, payload(clock.epochSecond())));
    }

    @Test
    void aTokenWithoutTypeNeedsJwtAmongTheTypes() {
        String untyped = "{\"alg\":\"RS256\",\"kid\":\"rsa-1\"}";
        String token = RSA.token("RS256", untyped, payload(clock.epochSecond()));
        JwtVerifier lenient = new JwtVerifier(settings(issuer.url(), Set.of("JWT"), "scope", List.of(), false), clock);

        assertThat(present(verifier, token)).isEqualTo(new Authentication.Refused(Refusal.INVALID));
        verified(lenient, token);
        verified(
                lenient,
                RSA.token("RS256", header("RS256", "rsa-1").replace("at+jwt", "jwt"), payload(clock.epochSecond())));
    }

    @Test
    void aTokenThatNamesNoKeyIsTriedWithThoseThatFit() {
        verified(verifier, EC.token("ES256", "{\"alg\":\"ES256\",\"typ\":\"at+jwt\"}", payload(clock.epochSecond())));
    }

    @Test
    void aTokenEndsWithItsSkewEvenIfItWasJustSeen() {
        String token = token(RSA, "RS256", payload(clock.epochSecond()));
        verified(verifier, token);
        clock.advance(Duration.ofSeconds(329));
        verified(verifier, token);
        clock.advance(Duration.ofSeconds(1));
        assertThat(present(verifier, token)).isEqualTo(new Authentication.Refused(Refusal.INVALID));
    }
}
