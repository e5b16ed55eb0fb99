package dev.wayleave.upstream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.wayleave.FakePlatform;
import dev.wayleave.TestClients;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import org.junit.jupiter.api.Test;

class MeasuredUpstreamTest {
    private static UpstreamRequest request(Instant deadline, Trail trail) {
        return new UpstreamRequest("GET", "/", List.of(), null, null, true, deadline, trail);
    }

    @Test
    void onlyWhatWasTriedCounts() throws UpstreamException {
        SimpleMeterRegistry registry = new SimpleMeterRegistry();
        try (FakePlatform platform = FakePlatform.json("{}");
                Upstream upstream = new MeasuredUpstream(
                        new HttpUpstream(
                                new PlatformAddress(platform.url()),
                                "Authorization",
                                new HttpUpstream.Terms(Duration.ofSeconds(1), Duration.ofMinutes(1), 10_000),
                                TestClients.CLIENTS,
                                InstantSource.system()),
                        "pets",
                        registry)) {
            Trail unannounced = new Trail(() -> false, new Cancellation());
            Instant soon = Instant.now().plusSeconds(5);
            assertThatThrownBy(() -> upstream.send(request(soon, unannounced))).hasMessage("NOT_RECORDED");
            assertThatThrownBy(() -> upstream.send(request(Instant.now().minusSeconds(1), Trail.none())))
                    .hasMessage("EXPIRED");
            assertThat(registry.find("wayleave.upstream.attempts").timers()).isEmpty();

            Trail trail = Trail.none();
            upstream.send(request(soon, trail));
            upstream.send(request(soon, trail));
            assertThat(registry.find("wayleave.upstream.attempts")
                            .tag("result", "2xx")
                            .timers())
                    .singleElement()
                    .satisfies(timer -> assertThat(timer.count()).isEqualTo(2));
            assertThat(registry.counter("wayleave.upstream.retries", "platform", "pets")
                            .count())
                    .isEqualTo(1);
        }
    }
}
