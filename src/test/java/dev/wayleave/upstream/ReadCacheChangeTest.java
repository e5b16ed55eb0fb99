package dev.wayleave.upstream;

import static dev.wayleave.upstream.Caching.alice;
import static dev.wayleave.upstream.Caching.bob;
import static dev.wayleave.upstream.Caching.request;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.wayleave.FakePlatform;
import dev.wayleave.caller.Caller;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What changes make it forget, and what happens at the same time. */
class ReadCacheChangeTest {
    private final AtomicInteger count = new AtomicInteger();
    private final CountDownLatch arrived = new CountDownLatch(1);
    private final CountDownLatch gate = new CountDownLatch(1);
    private Caching caching = Caching.usual();

    @AfterEach
    void close() {
        gate.countDown();
        caching.close();
    }

    private void use(Caching other) {
        caching.close();
        caching = other;
        counting();
    }

    private static void await(CountDownLatch latch) {
        try {
            assertThat(latch.await(5, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private void counting() {
        caching.platform.answer(
                request -> FakePlatform.response(200, "text/plain", "" + count.incrementAndGet(), "ETag: \"same\""));
    }

    /** Reads wait at the platform until the gate is opened. */
    private void holdingReads() {
        caching.platform.answer(request -> {
            String answer = "" + count.incrementAndGet();
            if (request.requestLine().startsWith("GET")) {
                arrived.countDown();
                await(gate);
            }
            return FakePlatform.response(200, "text/plain", answer);
        });
    }

    private FutureTask<Caching.Told> reading(Caller caller, Duration within) {
        FutureTask<Caching.Told> task =
                new FutureTask<>(() -> caching.read(caller, request(caller, "GET", "/a", within)));
        Thread.ofVirtual().start(task);
        return task;
    }

    @ParameterizedTest
    @CsvSource({"/a, true", "/a/b, true", "/, true", "/A%2fb, false", "/b, false"})
    void aChangeMakesItForgetWhatIsAboveAndBelowForAllCallers(String changed, boolean forgotten) throws Exception {
        counting();
        caching.read(alice(), "/a");
        caching.read(bob(), "/a?x=1");
        caching.change(bob(), changed);
        int before = caching.asked();
        caching.read(alice(), "/a");
        caching.read(bob(), "/a?x=1");
        assertThat(caching.asked() - before).isEqualTo(forgotten ? 2 : 0);
        if (forgotten) {
            assertThat(caching.platform.received().getLast().header("If-None-Match"))
                    .as("what was changed is read whole")
                    .isEmpty();
        }
    }

    @Test
    void aChangeOnAnotherOriginMakesItForgetAllOfTheTenant() throws Exception {
        use(Caching.with(new ReadCache.Terms(1 << 20, "org.id", false, "Authorization")));
        Caller other = Caching.caller("eve", "token-eve", "two");
        caching.read(alice(), "/a");
        caching.read(other, "/a");
        caching.cache.changeElsewhere(caching.http, request(bob(), "PUT", "/z", Caching.TTL), bob());
        assertThat(caching.read(other, "/a").use()).isEqualTo(CacheUse.HIT);
        assertThat(caching.read(alice(), "/a").use()).isEqualTo(CacheUse.MISS);
    }

    @Test
    void aChangeIsThatOfItsTenantAndOfAllWhereNobodyKnowsTheTenant() throws Exception {
        use(Caching.with(new ReadCache.Terms(1 << 20, "org.id", false, "Authorization")));
        caching.read(alice(), "/a");
        caching.change(Caching.caller("eve", "token-eve", "two"), "/a");
        assertThat(caching.read(alice(), "/a").use()).isEqualTo(CacheUse.HIT);
        caching.change(Caller.anonymous(), "/z");
        assertThat(caching.read(alice(), "/a").use()).isEqualTo(CacheUse.MISS);
    }

    @ParameterizedTest
    @ValueSource(ints = {202, 500, 504, 0})
    void aChangeWhoseEndNobodyToldKeepsWhatIsReadFromBeingKept(int status) throws Exception {
        counting();
        caching.read(alice(), "/a");
        caching.platform.answer(request -> status == 0 ? "" : FakePlatform.response(status, "", ""));
        try {
            caching.change(alice(), "/a");
            assertThat(status).isNotZero();
        } catch (UpstreamException e) {
            assertThat(status).isZero();
        }
        counting();
        caching.read(alice(), "/a");
        caching.pass(Duration.ofSeconds(59));
        assertThat(caching.read(alice(), "/a").use()).isEqualTo(CacheUse.MISS);
        caching.pass(Duration.ofSeconds(1));
        assertThat(caching.read(alice(), "/a").use()).isEqualTo(CacheUse.MISS);
        assertThat(caching.read(alice(), "/a").use()).isEqualTo(CacheUse.HIT);
    }

    @Test
    void aChangeThatIsRefusedMakesItForget() throws Exception {
        counting();
        caching.read(alice(), "/a");
        caching.platform.answer(request -> FakePlatform.response(409, "", ""));
        caching.change(alice(), "/a");
        counting();
        assertThat(caching.read(alice(), "/a").use()).isEqualTo(CacheUse.MISS);
        assertThat(caching.read(alice(), "/a").use()).isEqualTo(CacheUse.HIT);
    }

    @Test
    void whatIsKeptIsForgottenBeforeTheChangeIsSent() throws Exception {
        counting();
        caching.read(alice(), "/a");
        List<CacheUse> meanwhile = new ArrayList<>();
        caching.platform.answer(request -> {
            if (request.requestLine().startsWith("PUT")) {
                try {
                    meanwhile.add(caching.read(alice(), "/a").use());
                } catch (UpstreamException e) {
                    throw new IllegalStateException(e);
                }
            }
            return FakePlatform.response(200, "text/plain", "new");
        });
        caching.change(bob(), "/a");
        assertThat(meanwhile).containsExactly(CacheUse.MISS);
        assertThat(caching.read(alice(), "/a").use())
                .as("it was read during the change")
                .isEqualTo(CacheUse.MISS);
    }

    @Test
    void aReadThatWasUnderWayDuringAChangeIsNotKeptAndNobodyJoinsItAfterwards() throws Exception {
        holdingReads();
        FutureTask<Caching.Told> old = reading(alice(), Duration.ofSeconds(5));
        await(arrived);
        caching.change(bob(), "/a/b");
        FutureTask<Caching.Told> fresh = reading(alice(), Duration.ofSeconds(5));
        for (int i = 0; i < 500 && caching.asked() < 3; i++) {
            Thread.sleep(10);
        }
        gate.countDown();
        assertThat(old.get().text()).isEqualTo("1");
        assertThat(fresh.get().text()).isEqualTo("3");
        assertThat(caching.read(alice(), "/a").text()).isEqualTo("3");
    }

    @Test
    void identicalReadsOfOneCallerMakeOneRequest() throws Exception {
        holdingReads();
        List<FutureTask<Caching.Told>> all = new ArrayList<>();
        all.add(reading(alice(), Duration.ofSeconds(5)));
        await(arrived);
        for (int i = 0; i < 20; i++) {
            all.add(reading(alice(), Duration.ofSeconds(5)));
        }
        FutureTask<Caching.Told> other = reading(bob(), Duration.ofSeconds(5));
        Thread.sleep(200);
        gate.countDown();
        for (FutureTask<Caching.Told> one : all) {
            assertThat(one.get().text()).isEqualTo("1");
        }
        assertThat(other.get().text()).isEqualTo("2");
        assertThat(caching.asked()).isEqualTo(2);
        assertThat(caching.cache.figures().reads().get(CacheUse.JOINED)).isPositive();
    }

    @Test
    void whoWaitsForAnotherWaitsNoLongerThanItHasTime() throws Exception {
        holdingReads();
        FutureTask<Caching.Told> first = reading(alice(), Duration.ofSeconds(5));
        await(arrived);
        assertThatThrownBy(() -> caching.read(alice(), request(alice(), "GET", "/a", Duration.ofMillis(100))))
                .isInstanceOfSatisfying(
                        UpstreamException.class, e -> assertThat(e.kind()).isEqualTo(UpstreamException.Kind.TIMED_OUT));
        gate.countDown();
        assertThat(first.get().text()).isEqualTo("1");
    }

    /** The first has too little time, is cancelled, or is told what nobody else may be. */
    @ParameterizedTest
    @ValueSource(strings = {"late", "cancelled", "500", "404", "no-store"})
    void whatBecomesOfTheFirstIsNothingToThoseWhoWaitForIt(String end) throws Exception {
        caching.platform.answer(request -> {
            int number = count.incrementAndGet();
            arrived.countDown();
            if (number > 1) {
                return FakePlatform.response(200, "text/plain", "" + number);
            }
            await(gate);
            return switch (end) {
                case "no-store" -> FakePlatform.response(200, "text/plain", "1", "Cache-Control: no-store");
                case "500", "404" -> FakePlatform.response(Integer.parseInt(end), "", "");
                default -> FakePlatform.response(200, "text/plain", "1");
            };
        });
        FutureTask<Caching.Told> first = new FutureTask<>(() -> caching.read(
                alice(), request(alice(), "GET", "/a", Duration.ofMillis(end.equals("late") ? 300 : 5000))));
        Thread leader = Thread.ofVirtual().start(first);
        await(arrived);
        List<FutureTask<Caching.Told>> others = List.of(
                reading(alice(), Duration.ofSeconds(5)),
                reading(alice(), Duration.ofSeconds(5)),
                reading(alice(), Duration.ofSeconds(5)));
        Thread.sleep(100);
        switch (end) {
            case "late" -> {}
            case "cancelled" -> leader.interrupt();
            default -> gate.countDown();
        }
        for (FutureTask<Caching.Told> one : others) {
            assertThat(one.get(5, TimeUnit.SECONDS).text()).isEqualTo("2");
        }
        assertThat(caching.asked()).isEqualTo(2);
        if (end.equals("late") || end.equals("cancelled")) {
            assertThatThrownBy(first::get)
                    .isInstanceOf(ExecutionException.class)
                    .hasCauseInstanceOf(UpstreamException.class);
        }
    }
}
