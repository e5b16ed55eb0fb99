package dev.wayleave.caller;

import static dev.wayleave.caller.TokenFixture.AUDIENCE;
import static dev.wayleave.caller.TokenFixture.ISSUER;
import static dev.wayleave.caller.TokenFixture.RSA;
import static dev.wayleave.caller.TokenFixture.header;
import static dev.wayleave.caller.TokenFixture.present;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class CanaryTest {
    private static final String CANARY = "canary-5d0c1b";

    private final MovableClock clock = new MovableClock();
    private final JwksServer issuer = JwksServer.publishing(RSA);
    private final JwtVerifier verifier = new JwtVerifier(TokenFixture.settings(issuer.url()), clock);
    private final EverythingLogged log = new EverythingLogged();

    @AfterEach
    void close() {
        log.close();
        issuer.close();
    }

    private String good() {
        return RSA.token("RS256", header("RS256", "rsa-1"), payload());
    }

    private String payload() {
        return """
                {"iss":"%s","aud":"%s","sub":"%s","scope":"%s","client_id":"%s","exp":%d}""".formatted(ISSUER, AUDIENCE, CANARY, CANARY, CANARY, clock.epochSecond() + 300);
    }

    private List<String> tokens() {
        String good = good();
        ForgedTokens corpus = new ForgedTokens(clock.epochSecond(), issuer.origin());
        List<String> tokens = new ArrayList<>(corpus.all());
        tokens.addAll(List.of(
                good,
                good + "A",
                CANARY,
                "a." + SigningKey.base64("{" + CANARY) + ".b",
                RSA.token("RS256", header("RS256", CANARY), payload()),
                RSA.token("RS256", header(CANARY, "rsa-1"), payload()),
                RSA.token("RS256", header("RS256", "rsa-1"), payload() + CANARY),
                RSA.token("RS256", header("RS256", "rsa-1"), payload().replace(AUDIENCE, CANARY)),
                RSA.token("RS256", header("RS256", "rsa-1"), payload().replace("\"exp\":", "\"exp\":1" + CANARY))));
        return tokens;
    }

    @Test
    void nothingOfAnyTokenIsLoggedOrRendered() {
        List<String> tokens = tokens();
        List<String> rendered = new ArrayList<>();
        for (String token : tokens) {
            rendered.add(present(verifier, token).toString());
        }
        issuer.serve(500, CANARY);
        clock.advance(Duration.ofSeconds(61));
        rendered.add(present(verifier, good()).toString());
        rendered.add(present(verifier, RSA.token("RS256", header("RS256", "unknown"), payload()))
                .toString());
        assertThat(log.text()).as("the log is listened to").contains("refused");
        rendered.add(log.text());
        assertFree(String.join("\n", rendered), tokens);
    }

    /** No canary, and no sixteen characters from the middle of any part of any token. */
    private static void assertFree(String text, List<String> tokens) {
        assertThat(text).doesNotContain(CANARY);
        for (String token : tokens) {
            for (String part : token.split("\\.", -1)) {
                if (part.length() > 40) {
                    assertThat(text).doesNotContain(part.substring(20, 36));
                }
            }
        }
    }

    @Test
    void nothingThatHoldsATokenRendersIt() throws Exception {
        BearerToken token = BearerToken.of(good());
        Authentication verified = present(verifier, good());
        Caller caller = ((Authentication.Verified) verified).caller();
        CompactJws jws = CompactJws.parse(good());
        KeySet keys = KeySet.parse(JwksServer.set(RSA.jwk()).getBytes(StandardCharsets.UTF_8));
        List<Object> holders = List.of(
                token,
                verified,
                caller,
                caller.presenting(token),
                new AuthorizationHeader.Credentials.Presented(token),
                jws,
                jws.header(),
                new VerifiedTokens.Entry(
                        caller, new TrustedIssuer(TokenFixture.settings(issuer.url()), clock), keys, 1),
                new RejectedTokenException(Reason.SIGNATURE),
                verifier);

        holders.forEach(holder -> assertFree(holder.toString(), List.of(good())));
        assertThat(caller.token()).isEqualTo(token);
        assertThat(token.in("Authorization")).isEqualTo("Bearer " + good());
        assertThat(token.digest()).hasSize(32);
    }

    @Test
    void noExceptionRepeatsWhatItRefuses() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> BearerToken.of(CANARY + " x"))
                .withMessageNotContaining(CANARY)
                .withNoCause();
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Challenge.unauthenticated(issuer.url(), List.of(CANARY + " x")))
                .withMessageNotContaining(CANARY)
                .withNoCause();
    }

    @Test
    void aFaultWhileKeysAreFetchedIsAnOutageWithoutWords() {
        JwtVerifier faulty = new JwtVerifier(
                TokenFixture.settings(issuer.url()),
                () -> {
                    throw new IllegalStateException(CANARY);
                },
                clock);

        assertThat(present(faulty, good())).isInstanceOf(Authentication.Unavailable.class);
        assertThat(log.events()).isNotEmpty();
        log.events().forEach(event -> {
            assertThat(event.getFormattedMessage()).doesNotContain(CANARY);
            assertThat(event.getThrowableProxy()).isNull();
        });
    }
}
