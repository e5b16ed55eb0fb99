package dev.wayleave.upstream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class BreakingUpstreamTest {
    private static final UpstreamRequest REQUEST =
            new UpstreamRequest("GET", "/", List.of(), null, null, true, Instant.MAX);
    private final AtomicInteger asked = new AtomicInteger();

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

    private static BreakingUpstream breaking(Upstream upstream, Hints hints) {
        return new BreakingUpstream(upstream, hints, InstantSource.system());
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
                        UpstreamException.class,
                        e -> assertThat(e.retryAfter()).isBetween(Duration.ofSeconds(4), Duration.ofSeconds(5)));
        assertThat(((BreakingUpstream) upstream).state()).isEqualTo("open");
        assertThat(((BreakingUpstream) upstream).refused()).isEqualTo(11);
    }

    @Test
    void whenItIsWellAgainItIsAskedAgain() throws Exception {
        AtomicInteger status = new AtomicInteger(500);
        BreakingUpstream upstream = breaking(
                request -> {
                    asked.incrementAndGet();
                    return new UpstreamResponse(status.get(), Map.of(), new byte[0]);
                },
                Hints.NONE);
        ask(upstream, 20);
        Thread.sleep(5_050);
        ask(upstream, 5);
        assertThat(asked).as("trials").hasValue(25);
        assertThat(upstream.state()).isEqualTo("open");
        status.set(200);
        Thread.sleep(5_050);
        ask(upstream, 50);
        assertThat(asked).hasValue(75);
        assertThat(upstream.state()).isEqualTo("closed");
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
    @EnumSource(names = {"UNREACHABLE", "TIMED_OUT", "BROKEN"})
    void silenceIsAFailure(UpstreamException.Kind kind) {
        ask(failing(kind), 30);

        assertThat(asked).hasValue(20);
    }

    @ParameterizedTest
    @EnumSource(names = {"TOO_LARGE", "REFUSED_ADDRESS", "CANCELLED", "EXPIRED", "NOT_RECORDED"})
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
