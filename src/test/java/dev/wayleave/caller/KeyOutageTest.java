package dev.wayleave.caller;

import static dev.wayleave.caller.TokenFixture.EC;
import static dev.wayleave.caller.TokenFixture.RSA;
import static dev.wayleave.caller.TokenFixture.header;
import static dev.wayleave.caller.TokenFixture.payload;
import static dev.wayleave.caller.TokenFixture.present;
import static dev.wayleave.caller.TokenFixture.settings;
import static dev.wayleave.caller.TokenFixture.token;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class KeyOutageTest {
    private static final Authentication INVALID = new Authentication.Refused(Refusal.INVALID);

    private final MovableClock clock = new MovableClock();
    private final JwksServer listener = new JwksServer();
    private final JwksServer issuer = JwksServer.publishing(RSA);
    private final JwtVerifier verifier = new JwtVerifier(settings(issuer.url()), clock);

    @AfterEach
    void close() {
        issuer.close();
        listener.close();
    }

    private Authentication presentBy(SigningKey key) {
        return present(verifier, token(key, key.algorithm(), payload(clock.epochSecond())));
    }

    private static void assertVerified(Authentication outcome) {
        assertThat(outcome).isInstanceOf(Authentication.Verified.class);
    }

    /** What a key endpoint may do instead of answering. */
    enum Lie {
        HTML,
        HUGE,
        REDIRECT,
        ERROR,
        FORBIDDEN,
        NO_CONTENT,
        EMPTY,
        OTHER_JSON,
        LIST,
        CUT,
        DUPLICATE;

        void tell(HttpExchange exchange, String elsewhere) throws IOException {
            switch (this) {
                case HTML -> JwksServer.answer(exchange, 200, "<html><body>Please sign in</body></html>");
                case HUGE -> JwksServer.answer(exchange, 200, JwksServer.set(RSA.jwk()) + " ".repeat(5 * 1024 * 1024));
                case REDIRECT -> {
                    exchange.getResponseHeaders().set("Location", elsewhere);
                    JwksServer.answer(exchange, 302, "");
                }
                case ERROR -> JwksServer.answer(exchange, 500, JwksServer.set(RSA.jwk()));
                case FORBIDDEN -> JwksServer.answer(exchange, 401, JwksServer.set(RSA.jwk()));
                case NO_CONTENT -> JwksServer.answer(exchange, 204, "");
                case EMPTY -> JwksServer.answer(exchange, 200, "");
                case OTHER_JSON -> JwksServer.answer(exchange, 200, "{\"key\":[" + RSA.jwk() + "]}");
                case LIST -> JwksServer.answer(exchange, 200, "[" + RSA.jwk() + "]");
                case CUT ->
                    JwksServer.answer(exchange, 200, JwksServer.set(RSA.jwk()).replace("]}", ""));
                case DUPLICATE -> JwksServer.answer(exchange, 200, "{\"keys\":[],\"keys\":[" + RSA.jwk() + "]}");
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void aLieIsNoKeySetAndNoTokenIsInvalidForIt(Lie lie) {
        listener.publish(RSA);
        issuer.behave(exchange -> lie.tell(exchange, listener.url().toString()));

        assertThat(presentBy(RSA)).isEqualTo(new Authentication.Unavailable(Duration.ofSeconds(1)));
        assertThat(verifier.health()).isEqualTo(VerifierHealth.KEYLESS);
        assertThat(listener.requests()).isEmpty();

        issuer.publish(RSA);
        clock.advance(Duration.ofSeconds(1));
        assertVerified(presentBy(RSA));
        assertThat(verifier.health()).isEqualTo(VerifierHealth.CURRENT);
    }

    @Test
    void anOutageIsBridgedForFourHoursAndThenIsNotTheTokensFault() throws InterruptedException {
        assertVerified(presentBy(RSA));
        issuer.serve(503, "");
        int before = issuer.fetches();
        clock.advance(Duration.ofSeconds(50));
        for (long second = 50; second < Duration.ofHours(4).toSeconds(); second += 30) {
            assertVerified(presentBy(RSA));
            Thread.sleep(1);
            clock.advance(Duration.ofSeconds(30));
        }
        System.out.println("figures: four hours of 503: " + (issuer.fetches() - before) + " fetches");
        assertThat(issuer.fetches() - before).isBetween(100, 480 + 6);
        assertThat(presentBy(RSA)).isInstanceOf(Authentication.Unavailable.class);
        assertThat(verifier.health()).isEqualTo(VerifierHealth.UNAVAILABLE);

        issuer.publish(RSA);
        clock.advance(Duration.ofSeconds(30));
        assertVerified(presentBy(RSA));
    }

    @Test
    void duringAnOutageAnUnknownKeyMayBeANewOne() {
        assertVerified(presentBy(RSA));
        clock.advance(Duration.ofSeconds(1));
        issuer.serve(500, "");

        assertThat(presentBy(EC)).isInstanceOf(Authentication.Unavailable.class);
        assertThat(presentBy(EC)).isInstanceOf(Authentication.Unavailable.class);
        assertThat(issuer.fetches()).isEqualTo(2);
        assertVerified(presentBy(RSA));
        assertThat(verifier.health()).isEqualTo(VerifierHealth.STALE);

        issuer.publish(RSA, EC);
        clock.advance(Duration.ofSeconds(1));
        assertVerified(presentBy(EC));
    }

    @Test
    void aForgedTokenIsInvalidEvenWithoutKeys() {
        issuer.serve(500, "");
        assertThat(present(verifier, RSA.token("RS256", header("none", "rsa-1"), payload(clock.epochSecond()))))
                .isEqualTo(INVALID);
        assertThat(issuer.requests()).isEmpty();
    }

    @Test
    void thereIsABackoffToAFloodDuringAnOutage() {
        issuer.serve(500, "");
        for (int i = 0; i < 3_000; i++) {
            assertThat(presentBy(EC)).isInstanceOf(Authentication.Unavailable.class);
            clock.advance(Duration.ofMillis(100));
        }
        System.out.println("figures: 3,000 calls in 300 s without keys: " + issuer.fetches() + " fetches");
        assertThat(issuer.fetches()).isBetween(5, 16);
    }

    @Test
    void aDeadIssuerIsAnOutage() {
        assertVerified(presentBy(RSA));
        issuer.close();
        clock.advance(Duration.ofHours(3));
        assertVerified(presentBy(RSA));
        assertThat(verifier.health()).isEqualTo(VerifierHealth.STALE);
    }

    @Test
    void aTricklingIssuerHoldsUpOneCallAndOnlyForItsBudget() throws InterruptedException {
        Duration budget = Duration.ofMillis(700);
        JwtVerifier patient = new JwtVerifier(
                settings(issuer.url()), new KeyDownload(TokenFixture.ISSUER, issuer.url(), budget)::fetch, clock);
        String token = token(RSA, "RS256", payload(clock.epochSecond()));
        assertVerified(present(patient, token));
        issuer.behave(KeyOutageTest::trickle);
        clock.advance(Duration.ofSeconds(61));

        AtomicLong first = new AtomicLong();
        Thread held = Thread.ofVirtual().start(() -> first.set(millis(() -> assertVerified(present(patient, token)))));
        while (issuer.fetches() < 2) {
            Thread.sleep(5);
        }
        long others = millis(() -> assertVerified(present(patient, token)));
        held.join();

        System.out.println("figures: the issuer trickles: one call " + first + " ms, others " + others + " ms");
        assertThat(first.get()).isBetween(600L, 3_000L);
        assertThat(others).isLessThan(300);
    }

    private static long millis(Runnable work) {
        long start = System.nanoTime();
        work.run();
        return (System.nanoTime() - start) / 1_000_000;
    }

    private static void trickle(HttpExchange exchange) throws IOException {
        exchange.sendResponseHeaders(200, 0);
        try {
            for (int i = 0; i < 100; i++) {
                exchange.getResponseBody().write(' ');
                exchange.getResponseBody().flush();
                Thread.sleep(100);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
