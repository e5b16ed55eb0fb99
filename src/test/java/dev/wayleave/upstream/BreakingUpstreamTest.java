package dev.wayleave.upstream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class BreakingUpstreamTest {
    private static final UpstreamRequest REQUEST =
            new UpstreamRequest("GET", "/", List.of(), null, null, true, Instant.MAX);
    private final AtomicInteger asked = new AtomicInteger();
    private final AtomicReference<Instant> now = new AtomicReference<>(Instant.EPOCH);

    private Upstream answering(int status) {
        return breaking(
                request -> {
                    asked.incrementAndGet();
                    return new UpstreamResponse(status, Map.of(), new byte[0]);
                },
                Hints.NONE);
    }

    private Upstream failing(UpstreamException.Kind kind) {
        return breaking(
                request -> {
                    asked.incrementAndGet();
                    throw new UpstreamException(kind);
                },
                Hints.NONE);
    }

    private BreakingUpstream breaking(Upstream upstream, Hints hints) {
        return new BreakingUpstream(upstream, hints, now::get);
    }

    private void pass(long millis) {
        now.updateAndGet(time -> time.plusMillis(millis));
    }

    private static void ask(Upstream upstream, int times) {
        for (int i = 0; i < times; i++) {
            try {
                upstream.send(REQUEST);
            } catch (UpstreamException e) {
                // counted by the breaker
            }
        }
    }

    @Test
    void afterTwentyFailuresThePlatformIsLeftAlone() {
        Upstream upstream = answering(500);
        ask(upstream, 30);

        assertThat(asked).hasValue(20);
        assertThatThrownBy(() -> upstream.send(REQUEST))
                .hasMessage("FAILING")
                .isInstanceOfSatisfying(
                        UpstreamException.class, e -> assertThat(e.retryAfter()).isEqualTo(Duration.ofSeconds(5)));
        assertThat(((BreakingUpstream) upstream).state()).isEqualTo("open");
        assertThat(((BreakingUpstream) upstream).refused()).isEqualTo(11);
    }

    @Test
    void whenItIsWellAgainItIsAskedAgain() {
        AtomicInteger status = new AtomicInteger(500);
        BreakingUpstream upstream = breaking(
                request -> {
                    asked.incrementAndGet();
                    return new UpstreamResponse(status.get(), Map.of(), new byte[0]);
                },
                Hints.NONE);
        ask(upstream, 20);
        pass(5_000);
        ask(upstream, 5);
        assertThat(asked).as("trials").hasValue(25);
        assertThat(upstream.state()).isEqualTo("open");
        status.set(200);
        pass(5_000);
        ask(upstream, 50);
        assertThat(asked).hasValue(75);
        assertThat(upstream.state()).isEqualTo("closed");
    }

    /** Answers at once, with a failure or well; or when it is let go, and then fails. */
    private final class Moody implements Upstream {
        private final CountDownLatch letGo = new CountDownLatch(1);
        private final List<Thread> hanging = new ArrayList<>();
        private volatile boolean hangs;
        private volatile boolean fails;

        @Override
        public UpstreamResponse send(UpstreamRequest request) throws UpstreamException {
            boolean hung = hangs;
            asked.incrementAndGet();
            try {
                if (hung) {
                    letGo.await();
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            if (hung || fails) {
                throw new UpstreamException(UpstreamException.Kind.TIMED_OUT);
            }
            return new UpstreamResponse(200, Map.of(), new byte[0]);
        }

        void hang(BreakingUpstream upstream, int calls) throws InterruptedException {
            hangs = true;
            int before = asked.get();
            for (int i = 0; i < calls; i++) {
                hanging.add(Thread.ofVirtual().start(() -> ask(upstream, 1)));
            }
            for (int i = 0; i < 2_000 && asked.get() < before + calls; i++) {
                Thread.sleep(1);
            }
            assertThat(asked).hasValue(before + calls);
            hangs = false;
        }

        void end() throws InterruptedException {
            letGo.countDown();
            for (Thread thread : hanging) {
                thread.join();
            }
        }
    }

    @Test
    void trialsThatHangLetOthersTryAndTheWaitThatIsToldIsTrue() throws Exception {
        Moody moody = new Moody();
        BreakingUpstream upstream = breaking(moody, Hints.NONE);
        moody.fails = true;
        ask(upstream, 20);
        moody.fails = false;
        pass(5_000);
        moody.hang(upstream, 5);
        for (int left : List.of(5_000, 1_500)) {
            assertThatThrownBy(() -> upstream.send(REQUEST))
                    .isInstanceOfSatisfying(
                            UpstreamException.class,
                            e -> assertThat(e.retryAfter()).isEqualTo(Duration.ofMillis(left)));
            pass(left == 5_000 ? 3_500 : 1_499);
        }
        assertThat(upstream.state()).isEqualTo("half_open");
        pass(1);
        ask(upstream, 5);
        assertThat(upstream.state()).as("ten seconds after it was well").isEqualTo("closed");
        moody.end();
        ask(upstream, 20);
        assertThat(asked).hasValue(50);
        assertThat(upstream.state()).isEqualTo("closed");
    }

    @Test
    void whatBeganBeforeItOpenedSaysNothingOfHowItIsNow() throws Exception {
        Moody moody = new Moody();
        BreakingUpstream upstream = breaking(moody, Hints.NONE);
        moody.hang(upstream, 10);
        moody.fails = true;
        ask(upstream, 20);
        assertThat(upstream.state()).isEqualTo("open");
        moody.fails = false;
        pass(5_000);
        ask(upstream, 1);
        moody.end();
        assertThat(upstream.state()).isEqualTo("half_open");
        ask(upstream, 4);
        assertThat(upstream.state()).isEqualTo("closed");
    }

    @Test
    void anOriginThatStepsAreSentToIsSeenToFail() {
        try (Origins origins = new Origins(
                List.of(new Origins.Allowed(OriginPattern.parse("https://*.test.example"), true)),
                (origin, reach) -> answering(500),
                () -> {})) {
            Upstream there =
                    origins.find("https://a.test.example", true).orElseThrow().upstream();
            ask(there, 19);
            assertThat(origins.isFailing()).isFalse();
            ask(there, 1);
            assertThat(origins.isFailing()).isTrue();
        }
    }

    @Test
    void aTrialThatIsGivenUpMakesRoomForAnother() {
        AtomicReference<UpstreamException.Kind> kind = new AtomicReference<>(UpstreamException.Kind.BROKEN);
        BreakingUpstream upstream = breaking(
                request -> {
                    asked.incrementAndGet();
                    throw new UpstreamException(kind.get());
                },
                Hints.NONE);
        ask(upstream, 20);
        pass(5_000);
        kind.set(UpstreamException.Kind.CANCELLED);
        ask(upstream, 30);
        assertThat(asked).hasValue(50);
    }

    @Test
    void whatItsOwnerKnowsAsLaterIsNone() {
        Upstream later = breaking(
                request -> {
                    asked.incrementAndGet();
                    return new UpstreamResponse(503, Map.of(), new byte[0]);
                },
                response -> new Hints.Hint(false, null, Duration.ofSeconds(15)));
        ask(later, 50);

        assertThat(asked).hasValue(50);
    }

    @Test
    void whatItsOwnerTellsOfInParticularIsNone() {
        Upstream migrating = breaking(
                request -> {
                    asked.incrementAndGet();
                    return new UpstreamResponse(500, Map.of(), new byte[0]);
                },
                response -> new Hints.Hint(true, null, null));
        ask(migrating, 50);

        assertThat(asked).hasValue(50);
    }

    @Test
    void theAttemptsOfOneCallAreOneFailure() {
        Upstream http = request -> {
            asked.incrementAndGet();
            throw new UpstreamException(UpstreamException.Kind.BROKEN);
        };
        OriginUpstream upstream = new OriginUpstream(
                http,
                Hints.NONE,
                new RetryBudget(1_000, InstantSource.system()),
                new Random(1),
                InstantSource.system());
        ask(upstream, 30);

        assertThat(asked).hasValue(60);
        assertThat(upstream.reading()).isEqualTo(new OriginUpstream.Reading(20, 40, 0, "open", 10));
    }

    @ParameterizedTest
    @EnumSource(names = {"UNREACHABLE", "INSECURE", "TIMED_OUT", "SILENT", "BROKEN", "CUT_OFF"})
    void silenceIsAFailure(UpstreamException.Kind kind) {
        ask(failing(kind), 30);

        assertThat(asked).hasValue(20);
    }

    @ParameterizedTest
    @EnumSource(names = {"TOO_LARGE", "MALFORMED", "REFUSED_ADDRESS", "CANCELLED", "EXPIRED", "NOT_RECORDED"})
    void whatWeRefuseOrGiveUpIsNone(UpstreamException.Kind kind) {
        ask(failing(kind), 50);

        assertThat(asked).hasValue(50);
    }

    @ParameterizedTest
    @ValueSource(ints = {200, 400, 401, 404, 429})
    void whatThePlatformRefusesIsNone(int status) {
        ask(answering(status), 50);

        assertThat(asked).hasValue(50);
    }
}
