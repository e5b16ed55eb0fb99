package dev.wayleave.upstream;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wayleave.FakePlatform;
import dev.wayleave.TestClients;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * However a platform fails, and however well it was before, it gets at most a tenth more requests than there are calls, and
 * three in ten seconds: 2,000 calls of each kind of outage, or 100,000 under the guarantees. {@code -Dsabotage=true} takes the
 * budget away, and this fails.
 */
class OutageTest {
    private static final int CALLS = Boolean.getBoolean("guarantees") ? 100_000 : 2_000;
    private static final int HEALTHY = 500;
    private static final int AT_A_TIME = 32;
    private static final int UNLIMITED = 1_000;
    private static final int SHARE = Boolean.getBoolean("sabotage") ? UNLIMITED : RetryBudget.SHARE;
    private static final InstantSource CLOCK = InstantSource.system();
    private static final UpstreamResponse WELL = new UpstreamResponse(200, Map.of(), new byte[0]);

    enum Shape {
        ALL_503,
        ALL_503_KNOWN_AS_LATER,
        HALF_503,
        BROKEN,
        REFUSED,
        SILENT;

        Hints hints() {
            return this == ALL_503_KNOWN_AS_LATER ? response -> new Hints.Hint(true, true, Duration.ZERO) : Hints.NONE;
        }

        Duration patience() {
            return this == SILENT ? Duration.ofMillis(50) : Duration.ofSeconds(10);
        }

        String answer(boolean half) {
            return switch (this) {
                case ALL_503, ALL_503_KNOWN_AS_LATER, REFUSED -> FakePlatform.response(503, "", "");
                case HALF_503 -> FakePlatform.response(half ? 503 : 200, "", "");
                case BROKEN -> "";
                case SILENT -> {
                    try {
                        Thread.sleep(1_000);
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                    }
                    yield "";
                }
            };
        }
    }

    /** What an outage came to. */
    private record Figures(long calls, long attempts, long atPlatform, long millis) {
        double most() {
            return 1.10 * calls + 3 * (millis / 10_000 + 1);
        }
    }

    private static Figures outage(Shape shape, int share, boolean breaker, long seed)
            throws IOException, InterruptedException {
        Random random = new Random(seed);
        URI nobody;
        try (ServerSocket closed = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            nobody = URI.create("http://127.0.0.1:" + closed.getLocalPort());
        }
        try (FakePlatform platform = FakePlatform.counting(request -> {
                    boolean half;
                    synchronized (random) {
                        half = random.nextInt(100) < 48;
                    }
                    return shape.answer(half);
                });
                HttpUpstream http = new HttpUpstream(
                        new PlatformAddress(shape == Shape.REFUSED ? nobody : platform.url()),
                        "Authorization",
                        new HttpUpstream.Terms(Duration.ofSeconds(1), Duration.ofMinutes(1), 10_000),
                        TestClients.CLIENTS,
                        CLOCK)) {
            RetryBudget budget = new RetryBudget(share, CLOCK);
            AtomicBoolean healthy = new AtomicBoolean(true);
            Upstream turning = request -> healthy.get() ? WELL : http.send(request);
            RetryingUpstream retrying = new RetryingUpstream(
                    turning, shape.hints(), budget, Duration.ofMillis(20), new Random(seed), CLOCK);
            Upstream upstream = breaker ? new BreakingUpstream(retrying, shape.hints(), CLOCK) : retrying;
            call(upstream, HEALTHY, shape.patience());
            healthy.set(false);
            long began = System.nanoTime();
            call(upstream, CALLS, shape.patience());
            long millis = (System.nanoTime() - began) / 1_000_000;
            long calls = retrying.calls() - HEALTHY;
            return new Figures(calls, calls + retrying.retries(), platform.requests(), millis);
        }
    }

    private static void call(Upstream upstream, int calls, Duration patience) throws InterruptedException {
        AtomicInteger left = new AtomicInteger(calls);
        List<Thread> threads = IntStream.range(0, AT_A_TIME)
                .mapToObj(index -> Thread.ofVirtual().start(() -> {
                    while (left.getAndDecrement() > 0) {
                        try {
                            upstream.send(new UpstreamRequest(
                                    "GET",
                                    "/",
                                    List.of(),
                                    null,
                                    null,
                                    true,
                                    Instant.now().plus(patience)));
                        } catch (UpstreamException e) {
                            // an outage
                        }
                    }
                }))
                .toList();
        for (Thread thread : threads) {
            thread.join();
        }
    }

    @ParameterizedTest
    @EnumSource
    void anOutageIsNotMadeWorse(Shape shape) throws Exception {
        long seed = Long.getLong("seed", System.nanoTime());
        boolean alone = shape != Shape.SILENT;
        for (boolean breaker : alone ? new boolean[] {true, false} : new boolean[] {true}) {
            Figures figures = outage(shape, SHARE, breaker, seed);
            System.out.println("outage " + shape + (breaker ? "" : " without a breaker") + ": " + figures.attempts()
                    + " attempts for " + figures.calls() + " calls of " + CALLS + ", at most "
                    + Math.round(figures.most()) + ", seed " + seed);
            assertThat(figures.attempts()).isLessThanOrEqualTo((long) figures.most());
            assertThat(figures.atPlatform()).isLessThanOrEqualTo(figures.attempts());
        }
    }

    /** The sabotage: with a budget that nobody can use up, the same run shows up to three times the calls. */
    @Test
    void withoutABudgetItWouldBe() throws Exception {
        Figures figures = outage(Shape.ALL_503_KNOWN_AS_LATER, UNLIMITED, true, 1);
        System.out.println("outage without a budget: " + figures.attempts() + " attempts for " + figures.calls());
        assertThat(figures.attempts()).isGreaterThan(Math.round(2 * figures.most()));
    }
}
