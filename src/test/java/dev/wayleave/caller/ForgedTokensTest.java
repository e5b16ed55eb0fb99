package dev.wayleave.caller;

import static dev.wayleave.caller.TokenFixture.AUDIENCE;
import static dev.wayleave.caller.TokenFixture.ISSUER;
import static dev.wayleave.caller.TokenFixture.RSA;
import static dev.wayleave.caller.TokenFixture.present;
import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import io.micronaut.context.ApplicationContext;
import io.micronaut.security.token.jwt.validator.ReactiveJsonWebTokenValidator;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.reactivestreams.Publisher;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Mono;

class ForgedTokensTest {
    private static final Logger ROOT = (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
    private static final Level LEVEL = ROOT.getLevel();
    private static final int MUTANTS_PER_TOKEN = 12;

    private final Instant now = Instant.now();
    private final JwksServer issuer = new JwksServer();
    private final JwksServer listener = new JwksServer();
    private final ForgedTokens corpus = new ForgedTokens(now.getEpochSecond(), listener.origin());
    private final JwtVerifier verifier = new JwtVerifier(
            TokenFixture.settings(
                    issuer.url(), JwtSettings.DEFAULT_TOKEN_TYPES, "scope", List.of(List.of("org")), false),
            Clock.fixed(now, ZoneOffset.UTC));

    ForgedTokensTest() {
        issuer.serve(200, ForgedSignatures.jwks());
    }

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
        issuer.close();
        listener.close();
    }

    @Test
    void noForgedTokenIsAccepted() {
        assertThat(present(verifier, corpus.honest(RSA, "RS256"))).isInstanceOf(Authentication.Verified.class);
        assertThat(corpus.families()).hasSizeGreaterThan(60);

        corpus.families().forEach((family, tokens) -> {
            for (String token : tokens) {
                assertThat(present(verifier, token)).as(family).isInstanceOf(Authentication.Refused.class);
            }
        });

        System.out.printf(
                "%d forged tokens in %d families: 0 accepted, %d key fetches%n",
                corpus.all().size(), corpus.families().size(), issuer.fetches());
        assertThat(issuer.fetches()).isLessThanOrEqualTo(2);
        assertThat(listener.requests()).isEmpty();
    }

    @Test
    void noMutantOfAForgedTokenIsAccepted() {
        long seed = now.toEpochMilli();
        System.out.println("mutants: seed " + seed);
        TokenMutator mutator = new TokenMutator(new Random(seed), corpus.all());
        int mutants = 0;
        for (Map.Entry<String, List<String>> family : corpus.families().entrySet()) {
            for (String token : family.getValue()) {
                for (int i = 0; i < MUTANTS_PER_TOKEN; i++) {
                    String mutant = mutator.mutate(token);
                    if (!corpus.isHonest(mutant)) {
                        mutants++;
                        assertThat(present(verifier, mutant))
                                .as("%s, seed %d: %s", family.getKey(), seed, mutant)
                                .isInstanceOf(Authentication.Refused.class);
                    }
                }
            }
        }
        System.out.println("mutants: " + mutants + ", 0 accepted");
    }

    @Test
    void noMutantOfAGoodTokenIsAccepted() {
        long seed = now.toEpochMilli() + 1;
        System.out.println("mutants of good tokens: seed " + seed);
        TokenMutator mutator = new TokenMutator(new Random(seed), corpus.all());
        for (String good : List.of(
                corpus.honest(RSA, "RS256"),
                corpus.honest(RSA, "PS256"),
                corpus.honest(TokenFixture.EC, "ES256"),
                corpus.honest(TokenFixture.ED, "EdDSA"))) {
            for (int i = 0; i < 1_000; i++) {
                String mutant = mutator.mutate(good);
                if (!corpus.isHonest(mutant)) {
                    assertThat(present(verifier, mutant))
                            .as("seed %d: %s", seed, mutant)
                            .isInstanceOf(Authentication.Refused.class);
                }
            }
        }
    }

    /** If the stock validator took none of them, the corpus would prove little. */
    @Test
    void theStockValidatorAcceptsSomeOfThem() {
        try (ApplicationContext context = ApplicationContext.run(Map.of(
                "micronaut.lifecycle.graceful-shutdown.enabled",
                false,
                "micronaut.security.enabled",
                true,
                "micronaut.security.token.jwt.signatures.jwks.issuer.url",
                issuer.url().toString(),
                "micronaut.security.token.jwt.claims-validators.issuer",
                ISSUER,
                "micronaut.security.token.jwt.claims-validators.audience",
                AUDIENCE))) {
            ReactiveJsonWebTokenValidator<?, ?> stock = context.getBean(ReactiveJsonWebTokenValidator.class);
            assertThat(accepts(stock, corpus.honest(RSA, "RS256"))).isTrue();

            TreeSet<String> accepted = new TreeSet<>();
            corpus.families().forEach((family, tokens) -> {
                if (tokens.stream().anyMatch(token -> accepts(stock, token))) {
                    accepted.add(family);
                }
            });

            System.out.println("the stock validator accepts " + accepted.size() + " families: " + accepted);
            assertThat(accepted).hasSizeGreaterThanOrEqualTo(6);
        }
    }

    private static <T> boolean accepts(ReactiveJsonWebTokenValidator<T, ?> validator, String token) {
        try {
            Publisher<T> outcome = validator.validate(token, null);
            return Mono.from(outcome).blockOptional().isPresent();
        } catch (RuntimeException e) {
            return false;
        }
    }
}
