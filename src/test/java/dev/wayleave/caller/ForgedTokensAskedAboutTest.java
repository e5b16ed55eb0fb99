package dev.wayleave.caller;

import static dev.wayleave.caller.TokenFixture.AUDIENCE;
import static dev.wayleave.caller.TokenFixture.ISSUER;
import static dev.wayleave.caller.TokenFixture.RSA;
import static dev.wayleave.caller.TokenFixture.present;
import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/** The forged tokens where somebody else is asked about them: an authorization server, or the platform. */
class ForgedTokensAskedAboutTest {
    private static final Logger ROOT = (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
    private static final Level LEVEL = ROOT.getLevel();

    /** What anybody can see without a key. */
    private static final List<String> VISIBLE = List.of(
            "alg none without signature",
            "alg none with signature",
            "signature missing",
            "alg twice",
            "alg twice, escaped",
            "kid twice",
            "kid enormous",
            "kid not a string",
            "typ twice",
            "typ not a string",
            "crit unknown",
            "crit malformed",
            "b64 false",
            "payload not encoded",
            "zip",
            "enc",
            "padding",
            "padding, signed",
            "dot at the end",
            "four parts",
            "quoted",
            "JSON serialization",
            "dot escaped",
            "more than the token",
            "unused bits in the header",
            "unused bits in the payload",
            "payload in another charset",
            "payload not UTF-8",
            "payload in overlong UTF-8",
            "payload not an object",
            "payload and more",
            "payload not JSON",
            "payload deep",
            "exp twice",
            "iss twice",
            "aud twice",
            "sub twice",
            "sub twice, escaped",
            "scope twice",
            "a nested member twice",
            "bound by DPoP",
            "bound by mutual TLS",
            "bound by something",
            "too long",
            "far too long",
            "signature far too long");

    /** What the platform's word stands for, where the token does not say. */
    private static final Set<String> UNSAID =
            Set.of("iss missing", "exp missing", "sub missing", "sub not a string", "client_id not a string");

    private final Instant now = Instant.now();
    private final Clock clock = Clock.fixed(now, ZoneOffset.UTC);
    private final JwksServer listener = new JwksServer();
    private final AuthorizationServer server = new AuthorizationServer();
    private final ForgedTokens corpus = new ForgedTokens(now.getEpochSecond(), listener.origin());
    private final ClaimRules rules = new ClaimRules(
            List.of(AUDIENCE),
            false,
            ClaimRules.DEFAULT_CLOCK_SKEW,
            "scope",
            List.of(List.of("org")),
            Duration.ofDays(1));
    private final Set<String> shown = new HashSet<>();

    @BeforeAll
    static void quiet() {
        ROOT.setLevel(Level.OFF);
    }

    @AfterAll
    static void loud() {
        ROOT.setLevel(LEVEL);
    }

    @AfterEach
    void close() {
        server.close();
        listener.close();
    }

    private TokenVerifier probe(boolean gullible) {
        return TokenVerifier.probe(
                new ProbeSettings("https://p.example", ISSUER, Duration.ofSeconds(30), null, null, rules, Map.of()),
                (token, within) -> {
                    shown.add(token.compact());
                    int status = gullible || corpus.isHonest(token.compact()) ? 200 : 401;
                    return Optional.of(new TokenProbe.Answer(status, "{}".getBytes(StandardCharsets.UTF_8)));
                },
                clock);
    }

    private String introspected(String token, boolean gullible) {
        return gullible || corpus.isHonest(token)
                ? """
                {"active":true,"iss":"%s","aud":"%s","sub":"alice","org":"acme","iat":%d,"exp":%d}""".formatted(ISSUER, AUDIENCE, now.getEpochSecond(), now.getEpochSecond() + 300)
                : "{\"active\":false}";
    }

    private TokenVerifier introspection(boolean gullible) {
        server.answer(token -> introspected(token, gullible));
        return TokenVerifier.introspection(
                new IntrospectionSettings(server.url(), "wayleave", ClientSecret.of("s"), ISSUER, rules), clock);
    }

    private Set<String> accepted(TokenVerifier verifier) {
        Set<String> accepted = new TreeSet<>();
        corpus.families()
                .forEach((family, tokens) -> tokens.forEach(token -> {
                    Authentication outcome = present(verifier, token);
                    assertThat(outcome).as(family).isNotInstanceOf(Authentication.Unavailable.class);
                    if (outcome instanceof Authentication.Verified) {
                        accepted.add(family);
                    }
                }));
        return accepted;
    }

    private void assertNobodyWasShown(Set<String> tokens, String who) {
        for (String family : VISIBLE) {
            assertThat(corpus.families()).containsKey(family);
            assertThat(tokens)
                    .as(family)
                    .doesNotContainAnyElementsOf(corpus.families().get(family));
        }
        long reaching = corpus.families().values().stream()
                .filter(family -> family.stream().anyMatch(tokens::contains))
                .count();
        System.out.printf(
                "%d of %d families reach %s, all others nobody%n",
                reaching, corpus.families().size(), who);
    }

    @Test
    void anAuthorizationServerThatKnowsItsTokensIsShownNothingThatIsBroken() {
        TokenVerifier verifier = introspection(false);
        assertThat(present(verifier, corpus.honest(RSA, "RS256"))).isInstanceOf(Authentication.Verified.class);
        assertThat(accepted(verifier)).isEmpty();

        Set<String> asked = new HashSet<>();
        server.asked().forEach(each -> asked.add(each.token()));
        assertNobodyWasShown(asked, "the introspection endpoint");
        assertThat(listener.requests()).isEmpty();
    }

    @Test
    void aPlatformThatKnowsItsTokensIsShownNothingThatIsBroken() {
        TokenVerifier verifier = probe(false);
        assertThat(present(verifier, corpus.honest(RSA, "RS256"))).isInstanceOf(Authentication.Verified.class);
        assertThat(accepted(verifier)).isEmpty();
        assertNobodyWasShown(shown, "the platform");
    }

    @Test
    void aPlatformThatTakesEverythingVouchesForSignaturesAndNotForClaims() {
        Set<String> accepted = accepted(probe(true));

        assertThat(accepted).doesNotContainAnyElementsOf(VISIBLE);
        assertThat(accepted)
                .filteredOn(family -> family.matches("(iss|aud|exp|nbf|iat|sub|client_id|required|scope|bound) .*"))
                .isSubsetOf(UNSAID);
        System.out.println("a platform that takes every token lets " + accepted.size() + " families through");
    }

    @Test
    void anAuthorizationServerThatCallsEverythingActiveIsNotBelievedWhatIsPlainlyWrong() {
        assertThat(accepted(introspection(true))).doesNotContainAnyElementsOf(VISIBLE);
    }

    @Test
    void noMutantOfAGoodTokenIsAcceptedOrShownIfItIsBroken() {
        long seed = now.toEpochMilli();
        System.out.println("mutants that a platform is asked about: seed " + seed);
        TokenMutator mutator = new TokenMutator(new Random(seed), corpus.all());
        TokenVerifier verifier = probe(false);
        String good = corpus.honest(RSA, "RS256");
        for (int i = 0; i < 5_000; i++) {
            String mutant = mutator.mutate(good);
            if (!corpus.isHonest(mutant)) {
                assertThat(present(verifier, mutant))
                        .as("seed %d: %s", seed, mutant)
                        .isInstanceOf(Authentication.Refused.class);
            }
        }
        shown.forEach(
                token -> assertThat(BearerToken.isWellFormed(token)).as(token).isTrue());
    }
}
