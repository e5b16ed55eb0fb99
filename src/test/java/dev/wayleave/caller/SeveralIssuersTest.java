package dev.wayleave.caller;

import static dev.wayleave.caller.TokenFixture.AUDIENCE;
import static dev.wayleave.caller.TokenFixture.RSA;
import static dev.wayleave.caller.TokenFixture.STRANGER;
import static dev.wayleave.caller.TokenFixture.header;
import static dev.wayleave.caller.TokenFixture.present;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SeveralIssuersTest {
    private static final Authentication INVALID = new Authentication.Refused(Refusal.INVALID);
    private static final String ONE = "https://one.example";
    private static final String OTHER = "https://other.example";

    private final MovableClock clock = new MovableClock();
    // both call their keys by one name
    private final JwksServer one = JwksServer.publishing(RSA);
    private final JwksServer other = JwksServer.publishing(STRANGER);
    private final TokenVerifier verifier = TokenVerifier.jwt(
            List.of(
                    JwtSettings.of(ONE, one.url(), List.of(AUDIENCE)),
                    JwtSettings.of(OTHER, other.url(), List.of("https://other-audience.example"))),
            clock);

    @AfterEach
    void close() {
        one.close();
        other.close();
    }

    private String token(SigningKey key, String issuer, String audience) {
        return key.token("RS256", header("RS256", "rsa-1"), """
                {"iss":"%s","aud":"%s","sub":"alice","exp":%d}""".formatted(issuer, audience, clock.epochSecond() + 300));
    }

    @Test
    void eachIssuersTokensAreVerifiedByItsOwnKeysAndRules() {
        for (int round = 0; round < 2; round++) {
            Authentication first = present(verifier, token(RSA, ONE, AUDIENCE));
            Authentication second = present(verifier, token(STRANGER, OTHER, "https://other-audience.example"));
            assertThat(((Authentication.Verified) first).caller().issuer()).isEqualTo(ONE);
            assertThat(((Authentication.Verified) second).caller().issuer()).isEqualTo(OTHER);
        }
    }

    @Test
    void noIssuersKeyVerifiesATokenOfAnother() {
        present(verifier, token(RSA, ONE, AUDIENCE));
        present(verifier, token(STRANGER, OTHER, "https://other-audience.example"));

        assertThat(present(verifier, token(STRANGER, ONE, AUDIENCE))).isEqualTo(INVALID);
        assertThat(present(verifier, token(RSA, OTHER, "https://other-audience.example")))
                .isEqualTo(INVALID);
        assertThat(present(verifier, token(RSA, ONE, "https://other-audience.example")))
                .isEqualTo(INVALID);
    }

    @Test
    void theIssuerIsMetExactly() {
        for (String near : List.of(ONE + "/", "https://ONE.example", "http://one.example", "", "one.example")) {
            assertThat(present(verifier, token(RSA, near, AUDIENCE))).as(near).isEqualTo(INVALID);
        }
        assertThat(one.requests()).isEmpty();
    }

    @Test
    void oneIssuersOutageIsNotTheOthers() {
        other.serve(500, "");
        assertThat(present(verifier, token(RSA, ONE, AUDIENCE))).isInstanceOf(Authentication.Verified.class);
        assertThat(present(verifier, token(STRANGER, OTHER, "https://other-audience.example")))
                .isEqualTo(new Authentication.Unavailable(Duration.ofSeconds(1)));
        assertThat(present(verifier, token(RSA, ONE, AUDIENCE))).isInstanceOf(Authentication.Verified.class);
        assertThat(verifier.health()).isEqualTo(VerifierHealth.UNAVAILABLE);
    }
}
