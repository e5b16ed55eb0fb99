package dev.wayleave.call;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wayleave.FakePlatform;
import dev.wayleave.TestClients;
import dev.wayleave.caller.BearerToken;
import dev.wayleave.upstream.CacheUse;
import dev.wayleave.upstream.Caches;
import dev.wayleave.upstream.HttpUpstream;
import dev.wayleave.upstream.PlatformAddress;
import dev.wayleave.upstream.ReadCache;
import dev.wayleave.upstream.Upstream;
import dev.wayleave.upstream.UpstreamException;
import dev.wayleave.upstream.UpstreamRequest;
import dev.wayleave.upstream.UpstreamResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * No answer goes to the wrong caller, and none is older than what a change that was answered before has written: 200,000
 * calls of 1,000 callers, or 5,000,000 under the guarantees, through the flow of calls with the platform in this process;
 * and some thousands more over sockets and pooled connections. {@code -Dsabotage=true} leaves the caller out of the key, and this
 * fails.
 */
class CacheGuaranteeTest {
    private static final boolean SABOTAGE = Boolean.getBoolean("sabotage");
    private static final boolean FULL = Boolean.getBoolean("guarantees");
    private static final long CALLS = FULL ? 5_000_000 : 200_000;
    private static final long OVER_SOCKETS = FULL ? 20_000 : 4_000;
    private static final long BYTES = 2 << 20;
    private final long seed = Long.getLong("seed", System.nanoTime());
    private final Random faults = new Random(seed);
    private volatile @Nullable CachedCrowd crowd;
    private final LongAdder cancelled = new LongAdder();

    private static ReadCache.Terms terms(boolean share) {
        return new ReadCache.Terms(BYTES, "org", share, "Authorization");
    }

    private static ReadCache cache(Upstream platform, boolean share, AtomicLong time) {
        return SABOTAGE
                ? Caches.withoutTheCaller(platform, terms(false), time::get)
                : Caches.whole(platform, terms(share), time::get);
    }

    /** The platform in this process: slow now and then, and broken at times. */
    private UpstreamResponse inProcess(UpstreamRequest request) throws UpstreamException {
        int dice = faults.nextInt(1000);
        try {
            if (dice < 20) {
                Thread.sleep(Duration.ofNanos(300_000));
            }
        } catch (InterruptedException e) {
            cancelled.increment();
            Thread.currentThread().interrupt();
            throw Caches.broken(e);
        }
        if (dice == 999) {
            throw Caches.broken(null);
        }
        String condition = request.headers().stream()
                .filter(header -> header.name().equals("If-None-Match"))
                .map(UpstreamRequest.Header::value)
                .findFirst()
                .orElse("");
        CachedCrowd.Said said = Objects.requireNonNull(crowd)
                .answer(request.method(), request.target(), Objects.requireNonNull(request.credential()), condition);
        return new UpstreamResponse(said.status(), said.headers(), said.text().getBytes(StandardCharsets.UTF_8));
    }

    private CachedCrowd run(CachedCrowd.Maker maker, long calls) throws Exception {
        CachedCrowd made = new CachedCrowd(maker);
        crowd = made;
        made.run(calls, seed);
        return made;
    }

    private void tell(String where, long calls, CachedCrowd made) {
        System.out.println("answers of the cache to the wrong caller: " + made.wrong + ", older than a change: "
                + made.stale + ", of " + calls + " calls " + where + " (" + made.answered + " answered, " + made.failed
                + " failed or cancelled, " + made.uses + ", evicted " + made.evicted + ", reloads " + made.reloads
                + ", cancelled at the platform " + cancelled + "), seed " + seed);
    }

    private static long used(CachedCrowd made, CacheUse use) {
        return made.uses.getOrDefault(use, new LongAdder()).sum();
    }

    @Test
    void noAnswerGoesToTheWrongCaller() throws Exception {
        Upstream platform = this::inProcess;
        CachedCrowd made = run((share, time) -> cache(platform, share, time), CALLS);
        tell("in this process", CALLS, made);
        assertThat(made.wrong.sum()).as("wrong callers, seed %d", seed).isZero();
        assertThat(made.stale.sum()).as("older than a change, seed %d", seed).isZero();
        assertThat(made.answered.sum()).isGreaterThan(CALLS / 2);
        for (CacheUse use :
                List.of(CacheUse.HIT, CacheUse.JOINED, CacheUse.MISS, CacheUse.REVALIDATED, CacheUse.SHARED)) {
            assertThat(used(made, use)).as(use.word()).isPositive();
        }
        assertThat(made.evicted.sum()).isPositive();
        assertThat(made.reloads.sum()).isPositive();
        assertThat(cancelled.sum()).isPositive();
    }

    @Test
    void itWouldBeFoundIfTheCallerWereNotAPartOfTheKey() throws Exception {
        Upstream platform = this::inProcess;
        CachedCrowd made = run((share, time) -> Caches.withoutTheCaller(platform, terms(false), time::get), 1000);
        assertThat(made.wrong.sum()).as("seed %d", seed).isPositive();
    }

    @Test
    void norOverSocketsAndPooledConnections() throws Exception {
        try (FakePlatform platform = FakePlatform.answering(this::overTheWire);
                HttpUpstream http = new HttpUpstream(
                        new PlatformAddress(platform.url()),
                        "Authorization",
                        new HttpUpstream.Terms(Duration.ofSeconds(5), Duration.ofMinutes(1), 65_536),
                        TestClients.CLIENTS,
                        InstantSource.system())) {
            CachedCrowd made = run((share, time) -> cache(http, share, time), OVER_SOCKETS);
            tell("over sockets", OVER_SOCKETS, made);
            assertThat(made.wrong.sum()).as("wrong callers, seed %d", seed).isZero();
            assertThat(made.stale.sum())
                    .as("older than a change, seed %d", seed)
                    .isZero();
            assertThat(used(made, CacheUse.HIT)).isPositive();
            assertThat(made.failed.sum()).as("cancelled").isPositive();
            assertThat(platform.connections())
                    .as("connections are pooled")
                    .isLessThan(platform.received().size());
        }
    }

    private String overTheWire(FakePlatform.Received request) {
        BearerToken token =
                BearerToken.of(request.header("Authorization").getFirst().substring("Bearer ".length()));
        String condition = request.header("If-None-Match").stream().findFirst().orElse("");
        CachedCrowd.Said said = Objects.requireNonNull(crowd)
                .answer(request.requestLine().split(" ", -1)[0], request.target(), token, condition);
        return FakePlatform.response(
                said.status(),
                "",
                said.text(),
                said.headers().entrySet().stream()
                        .map(field -> field.getKey() + ": " + field.getValue())
                        .toArray(String[]::new));
    }
}
