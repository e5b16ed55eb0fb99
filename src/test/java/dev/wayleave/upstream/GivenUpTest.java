package dev.wayleave.upstream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.wayleave.FakePlatform;
import dev.wayleave.TestClients;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** What becomes of the connection to a platform when nobody waits for its answer any more. */
class GivenUpTest {
    private static UpstreamRequest request(Duration time, Trail trail) {
        return new UpstreamRequest(
                "GET", "/a", List.of(), null, null, true, true, Instant.now().plus(time), trail);
    }

    private static HttpUpstream upstream(FakePlatform platform) {
        return new HttpUpstream(
                new PlatformAddress(platform.url()),
                "Authorization",
                new HttpUpstream.Terms(Duration.ofSeconds(2), Duration.ofMinutes(1), 1024),
                TestClients.CLIENTS,
                InstantSource.system());
    }

    @Test
    void aRequestWhoseTimeIsOverEndsItsConnection() throws UpstreamException {
        try (FakePlatform platform = FakePlatform.json("{}");
                HttpUpstream upstream = upstream(platform)) {
            CompletableFuture<Void> ended = platform.hold();
            assertThatThrownBy(() -> upstream.send(request(Duration.ofMillis(300), Trail.none())))
                    .isInstanceOf(UpstreamException.class);
            assertThat(ended).succeedsWithin(Duration.ofSeconds(5));
        }
    }

    @Test
    void soDoesOneThatNobodyWaitsFor() throws UpstreamException {
        try (FakePlatform platform = FakePlatform.json("{}");
                HttpUpstream upstream = upstream(platform)) {
            CompletableFuture<Void> ended = platform.hold();
            Cancellation cancellation = new Cancellation();
            Thread.ofVirtual().start(() -> {
                while (platform.requests() == 0) {
                    Thread.onSpinWait();
                }
                cancellation.cancel();
            });
            assertThatThrownBy(
                            () -> upstream.send(request(Duration.ofSeconds(20), new Trail(() -> true, cancellation))))
                    .isInstanceOf(UpstreamException.class);
            assertThat(ended).succeedsWithin(Duration.ofSeconds(5));
        }
    }

    @Test
    void whatIsAnsweredKeepsItsConnectionAndNothingOfThisIsSent() throws UpstreamException {
        try (FakePlatform platform = FakePlatform.json("{}");
                HttpUpstream upstream = upstream(platform)) {
            for (int i = 0; i < 3; i++) {
                assertThat(upstream.send(request(Duration.ofSeconds(20), Trail.none()))
                                .status())
                        .isEqualTo(200);
            }
            assertThat(platform.connections()).isEqualTo(1);
            assertThat(platform.received())
                    .allSatisfy(
                            request -> assertThat(request.header(Lines.HEADER)).isEmpty());
        }
    }
}
