package dev.wayleave.upstream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.wayleave.FakePlatform;
import dev.wayleave.TestClients;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RetryingUpstreamTest {
    private static Upstream upstream(FakePlatform platform) {
        InstantSource clock = InstantSource.system();
        return new RetryingUpstream(
                new HttpUpstream(
                        new PlatformAddress(platform.url()),
                        "Authorization",
                        Duration.ofSeconds(1),
                        10_000,
                        TestClients.CLIENTS,
                        clock),
                answer -> answer.header("X-Known").isPresent(),
                Duration.ofMillis(5),
                clock);
    }

    private static UpstreamRequest request(String method, Duration left) {
        return new UpstreamRequest(
                method,
                "/",
                List.of(),
                null,
                null,
                method.equals("GET"),
                Instant.now().plus(left));
    }

    @ParameterizedTest
    @ValueSource(ints = {502, 503, 504})
    void aReadIsSentAgainWhereTheFaultMayPass(int status) throws UpstreamException {
        AtomicInteger seen = new AtomicInteger();
        try (FakePlatform platform = FakePlatform.answering(
                        r -> FakePlatform.response(seen.incrementAndGet() < 3 ? status : 200, "", ""));
                Upstream upstream = upstream(platform)) {
            assertThat(upstream.send(request("GET", Duration.ofSeconds(5))).status())
                    .isEqualTo(200);
            assertThat(seen).hasValue(3);
        }
    }

    @Test
    void whatItsOwnerKnowsIsToldAtOnce() throws UpstreamException {
        try (FakePlatform platform = FakePlatform.answering(r -> FakePlatform.response(503, "", "", "X-Known: yes"));
                Upstream upstream = upstream(platform)) {
            assertThat(upstream.send(request("GET", Duration.ofSeconds(5))).status())
                    .isEqualTo(503);
            assertThat(platform.received()).hasSize(1);
        }
    }

    @Test
    void aWriteIsNeverSentTwice() throws UpstreamException {
        try (FakePlatform platform = FakePlatform.answering(r -> FakePlatform.response(503, "", ""));
                Upstream upstream = upstream(platform)) {
            assertThat(upstream.send(request("POST", Duration.ofSeconds(5))).status())
                    .isEqualTo(503);
            assertThat(platform.received()).hasSize(1);
            platform.answer(r -> "");
            assertThatThrownBy(() -> upstream.send(request("DELETE", Duration.ofSeconds(5))))
                    .isInstanceOf(UpstreamException.class);
            assertThat(platform.received()).hasSize(2);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {200, 400, 401, 403, 404, 409, 422, 429, 500, 501})
    void anyOtherStatusIsTheAnswer(int status) throws UpstreamException {
        try (FakePlatform platform = FakePlatform.answering(r -> FakePlatform.response(status, "", ""));
                Upstream upstream = upstream(platform)) {
            assertThat(upstream.send(request("GET", Duration.ofSeconds(5))).status())
                    .isEqualTo(status);
            assertThat(platform.received()).hasSize(1);
        }
    }

    @Test
    void aBrokenConnectionIsTriedThreeTimesAtMost() {
        try (FakePlatform platform = FakePlatform.answering(r -> "");
                Upstream upstream = upstream(platform)) {
            assertThatThrownBy(() -> upstream.send(request("GET", Duration.ofSeconds(5))))
                    .hasMessage("BROKEN");
            assertThat(platform.received()).hasSize(3);
        }
    }

    @Test
    void aLongPauseIsTheAgentsToTake() throws UpstreamException {
        try (FakePlatform platform = FakePlatform.answering(r -> FakePlatform.response(503, "", "", "Retry-After: 6"));
                Upstream upstream = upstream(platform)) {
            assertThat(upstream.send(request("GET", Duration.ofSeconds(60))).status())
                    .isEqualTo(503);
            assertThat(platform.received()).hasSize(1);
        }
    }

    @Test
    void aPauseBeyondTheDeadlineIsNotTaken() throws UpstreamException {
        try (FakePlatform platform =
                        FakePlatform.answering(r -> FakePlatform.response(503, "", "", "Retry-After: 60"));
                Upstream upstream = upstream(platform)) {
            assertThat(upstream.send(request("GET", Duration.ofSeconds(5))).status())
                    .isEqualTo(503);
            assertThat(platform.received()).hasSize(1);
        }
    }
}
