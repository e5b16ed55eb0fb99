package dev.wayleave.caller;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class MetadataMirrorTest {
    private final MovableClock clock = new MovableClock();
    private final JwksServer server = new JwksServer();
    private final MetadataMirror mirror = new MetadataMirror(server.origin().toString(), clock);

    @AfterEach
    void close() {
        server.close();
    }

    private void publish() {
        server.serve(200, """
                {"issuer":"%1$s","authorization_endpoint":"%1$s/a","token_endpoint":"%1$s/t"}""".formatted(server.origin()));
    }

    @Test
    void nothingIsFetchedUntilItIsAskedForAndThenOnceInFiveMinutes() {
        publish();
        assertThat(server.requests()).isEmpty();
        for (int i = 0; i < 100; i++) {
            assertThat(mirror.json()).isPresent();
        }
        assertThat(server.requests()).containsExactly("/.well-known/oauth-authorization-server");
        clock.advance(Duration.ofMinutes(5));
        assertThat(mirror.json()).isPresent();
        assertThat(server.requests()).hasSize(2);
    }

    @Test
    void anOutageIsBridgedForFourHoursAtAFetchInTenSeconds() {
        publish();
        assertThat(mirror.json()).isPresent();
        server.serve(503, "");
        int before = server.fetches();
        clock.advance(Duration.ofMinutes(5));
        for (int i = 0; i < 100; i++) {
            assertThat(mirror.json()).isPresent();
            clock.advance(Duration.ofMillis(100));
        }
        assertThat(server.fetches() - before).isEqualTo(2);
        clock.advance(Duration.ofHours(4));
        assertThat(mirror.json()).isEmpty();
        publish();
        clock.advance(Duration.ofSeconds(10));
        assertThat(mirror.json()).isPresent();
    }

    @Test
    void aServerThatCannotBeTrustedIsNotMirrored() {
        assertThatIllegalArgumentException().isThrownBy(() -> new MetadataMirror("http://as.example.com", clock));
    }
}
