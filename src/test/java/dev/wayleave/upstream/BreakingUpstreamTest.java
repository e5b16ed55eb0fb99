package dev.wayleave.upstream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.List;
import java.util.Map;
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
        return new BreakingUpstream(
                request -> {
                    asked.incrementAndGet();
                    return new UpstreamResponse(status, Map.of(), new byte[0]);
                },
                answer -> answer.status() == 503);
    }

    private Upstream failing(UpstreamException.Kind kind) {
        return new BreakingUpstream(
                request -> {
                    asked.incrementAndGet();
                    throw new UpstreamException(kind);
                },
                answer -> true);
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
        assertThatThrownBy(() -> upstream.send(REQUEST)).hasMessage("FAILING");
    }

    @ParameterizedTest
    @EnumSource(names = {"UNREACHABLE", "TIMED_OUT", "BROKEN"})
    void silenceIsAFailure(UpstreamException.Kind kind) {
        ask(failing(kind), 30);

        assertThat(asked).hasValue(20);
    }

    @ParameterizedTest
    @EnumSource(names = {"TOO_LARGE", "REFUSED_ADDRESS"})
    void whatWeRefuseIsNone(UpstreamException.Kind kind) {
        ask(failing(kind), 50);

        assertThat(asked).hasValue(50);
    }

    @ParameterizedTest
    @ValueSource(ints = {200, 400, 401, 404, 429, 503})
    void whatThePlatformRefusesOrItsOwnerKnowsIsNone(int status) {
        ask(answering(status), 50);

        assertThat(asked).hasValue(50);
    }
}
