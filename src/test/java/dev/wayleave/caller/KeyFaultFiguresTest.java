package dev.wayleave.caller;

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
import java.util.Arrays;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What an hour of each fault of the key endpoint costs callers with good tokens: none of them is refused. */
class KeyFaultFiguresTest {
    private static final int SECONDS = 3_600;

    private final MovableClock clock = new MovableClock();
    private final JwksServer issuer = JwksServer.publishing(RSA);
    private final JwtVerifier verifier = new JwtVerifier(
            settings(issuer.url()),
            new KeyDownload(TokenFixture.ISSUER, issuer.url(), Duration.ofMillis(250))::fetch,
            clock);

    @AfterEach
    void close() {
        issuer.close();
    }

    /** What a key endpoint may do for an hour. */
    enum Fault {
        DEAD,
        HANGING,
        FLOODING,
        LYING,
        FAILING,
        UNKNOWN_KEYS;

        void happen(HttpExchange exchange) throws IOException {
            switch (this) {
                case DEAD -> exchange.close();
                case HANGING -> {
                    try {
                        Thread.sleep(2_000);
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                    }
                }
                case FLOODING -> JwksServer.answer(exchange, 200, " ".repeat(1 << 20) + JwksServer.set(RSA.jwk()));
                case LYING -> JwksServer.answer(exchange, 200, "{\"keys\":\"none\"}");
                case FAILING -> JwksServer.answer(exchange, 503, "");
                case UNKNOWN_KEYS -> JwksServer.answer(exchange, 200, JwksServer.set(RSA.jwk()));
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void anHourOfItRefusesNoGoodToken(Fault fault) throws InterruptedException {
        assertThat(present(verifier, good())).isInstanceOf(Authentication.Verified.class);
        issuer.behave(fault::happen);
        int before = issuer.fetches();
        long[] nanos = new long[SECONDS];
        String token = good();
        for (int second = 0; second < SECONDS; second++) {
            clock.advance(Duration.ofSeconds(1));
            if (second % 60 == 0) {
                token = good();
            }
            if (second % 5 == 0) {
                Thread.sleep(1); // for what goes on aside
            }
            if (fault == Fault.UNKNOWN_KEYS) {
                assertThat(present(
                                verifier,
                                RSA.token("RS256", header("RS256", "k" + second), payload(clock.epochSecond()))))
                        .isInstanceOf(Authentication.Refused.class);
            }
            long start = System.nanoTime();
            assertThat(present(verifier, token)).as("second " + second).isInstanceOf(Authentication.Verified.class);
            nanos[second] = System.nanoTime() - start;
        }
        Arrays.sort(nanos);
        System.out.printf(
                "figures: an hour of %s: %d good tokens verified, half within %d µs, 99%% within %d µs, all within %d ms; %d fetches%n",
                fault,
                SECONDS,
                nanos[SECONDS / 2] / 1_000,
                nanos[SECONDS * 99 / 100] / 1_000,
                nanos[SECONDS - 1] / 1_000_000,
                issuer.fetches() - before);
        assertThat(issuer.fetches() - before).isLessThanOrEqualTo(SECONDS / 30 + 90);
    }

    private String good() {
        return token(RSA, "RS256", payload(clock.epochSecond()));
    }
}
