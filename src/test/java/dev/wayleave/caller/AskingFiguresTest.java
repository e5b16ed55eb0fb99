package dev.wayleave.caller;

import static dev.wayleave.caller.TokenFixture.AUDIENCE;
import static dev.wayleave.caller.TokenFixture.present;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** An introspection endpoint that dies, hangs, trickles or lies, and callers who come in floods. */
class AskingFiguresTest {
    private final MovableClock clock = new MovableClock();
    private final AuthorizationServer server = new AuthorizationServer();
    private final TokenVerifier verifier = TokenVerifier.introspection(
            new IntrospectionSettings(
                    server.url(), "wayleave", ClientSecret.of("s"), null, ClaimRules.of(List.of(AUDIENCE))),
            clock);

    @AfterEach
    void close() {
        server.close();
    }

    private static String active(String subject) {
        return "{\"active\":true,\"sub\":\"" + subject + "\",\"aud\":\"" + AUDIENCE + "\"}";
    }

    private static void sleep(long millis) {
        try {
            Thread.sleep(millis);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** What an introspection endpoint may do instead of answering. */
    enum Fault {
        DEAD,
        HANGING,
        TRICKLING,
        FLOODING,
        FAILING,
        LYING;

        void happen(HttpExchange exchange) throws IOException {
            switch (this) {
                case DEAD -> exchange.close();
                case HANGING -> sleep(20_000);
                case TRICKLING -> {
                    exchange.sendResponseHeaders(200, 0);
                    for (int i = 0; i < 100; i++) {
                        exchange.getResponseBody().write(' ');
                        exchange.getResponseBody().flush();
                        sleep(100);
                    }
                }
                case FLOODING -> JwksServer.answer(exchange, 200, " ".repeat(5 << 20) + active("x"));
                case FAILING -> JwksServer.answer(exchange, 500, active("x"));
                case LYING -> JwksServer.answer(exchange, 200, "{\"active\":\"yes\"}");
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void aFaultIsNotTheTokensAndTheKnownOnesGoOn(Fault fault) {
        server.answer(AskingFiguresTest::active);
        assertThat(present(verifier, "known")).isInstanceOf(Authentication.Verified.class);
        server.behave((exchange, token) -> fault.happen(exchange));

        long start = System.nanoTime();
        assertThat(present(verifier, "new")).isInstanceOf(Authentication.Unavailable.class);
        long waited = millis(start);
        start = System.nanoTime();
        assertThat(present(verifier, "known")).isInstanceOf(Authentication.Verified.class);
        System.out.printf(
                "figures: introspection %s: a new token waits %d ms for its 503, a known one %d µs%n",
                fault, waited, (System.nanoTime() - start) / 1_000);
        assertThat(waited).isLessThan(4_500);

        clock.advance(Duration.ofSeconds(30));
        assertThat(present(verifier, "known")).isInstanceOf(Authentication.Unavailable.class);
        server.answer(AskingFiguresTest::active);
        assertThat(present(verifier, "known")).isInstanceOf(Authentication.Verified.class);
    }

    private static long millis(long start) {
        return (System.nanoTime() - start) / 1_000_000;
    }

    @Test
    void manyRequestsWithOneTokenAskOnce() throws Exception {
        server.behave((exchange, token) -> {
            sleep(200);
            JwksServer.answer(exchange, 200, active("alice"));
        });
        List<Authentication> outcomes = all(Collections.nCopies(500, "opaque"));

        assertThat(outcomes).hasSize(500).allMatch(Authentication.Verified.class::isInstance);
        assertThat(server.asked()).hasSize(1);
    }

    @Test
    void aFloodOfStrangersOpensFewConnections() throws Exception {
        AtomicInteger open = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        server.behave((exchange, token) -> {
            most.accumulateAndGet(open.incrementAndGet(), Math::max);
            sleep(50);
            // before the answer, which lets the next one in
            open.decrementAndGet();
            JwksServer.answer(exchange, 200, "{\"active\":false}");
        });
        List<String> strangers = new ArrayList<>();
        for (int i = 0; i < 5_000; i++) {
            strangers.add("stranger" + i);
        }
        long start = System.nanoTime();
        List<Authentication> outcomes = all(strangers);
        long refused = outcomes.stream()
                .filter(Authentication.Refused.class::isInstance)
                .count();
        System.out.printf(
                "figures: 5,000 strangers at once: %d ms, %d refused, %d told to come again, %d asked about, at most %d at a time%n",
                millis(start), refused, 5_000 - refused, server.asked().size(), most.get());
        assertThat(outcomes).noneMatch(Authentication.Verified.class::isInstance);
        assertThat(most.get()).isLessThanOrEqualTo(16);
    }

    @Test
    void aRegularDoesNotQueueBehindStrangers() {
        server.answer(AskingFiguresTest::active);
        assertThat(present(verifier, "regular")).isInstanceOf(Authentication.Verified.class);
        clock.advance(Duration.ofSeconds(31));
        server.behave((exchange, token) -> {
            if (token.equals("regular")) {
                JwksServer.answer(exchange, 200, active("regular"));
            } else {
                sleep(2_000);
                JwksServer.answer(exchange, 200, "{\"active\":false}");
            }
        });
        for (int i = 0; i < 100; i++) {
            String stranger = "stranger" + i;
            Thread.ofVirtual().start(() -> present(verifier, stranger));
        }
        while (server.asked().size() < 17) {
            sleep(5);
        }
        long start = System.nanoTime();
        assertThat(present(verifier, "regular")).isInstanceOf(Authentication.Verified.class);
        System.out.printf("figures: a regular among hanging strangers waits %d ms%n", millis(start));
        assertThat(millis(start)).isLessThan(1_000);
    }

    private List<Authentication> all(List<String> tokens) throws InterruptedException, ExecutionException {
        List<Authentication> outcomes = new ArrayList<>();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Authentication>> futures = new ArrayList<>();
            tokens.forEach(token -> futures.add(threads.submit(() -> present(verifier, token))));
            for (Future<Authentication> future : futures) {
                outcomes.add(future.get());
            }
        }
        return outcomes;
    }
}
