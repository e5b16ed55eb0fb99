package dev.wayleave.upstream;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ChangesTest {
    private final AtomicLong time = new AtomicLong(Long.MAX_VALUE - 5);
    private final Changes changes = new Changes(time::get);

    @ParameterizedTest
    @CsvSource({
        "/a/b, /a/b, true",
        "/a/b, /a, true",
        "/a/b, /, true",
        "/a/b, /a/b/c/d, true",
        "/, /a/b, true",
        "/a/b, /a/c, false",
        "/a/b, /a/bc, false",
        "/a/b, /b, false",
        "/a/b, /a/b?x=/c, true",
        "/a/b/, /a/b, true",
        "/a/b%2Dc, /A/b-C, true",
        "/a/b%2fc, /a/b/c, false",
        "/a/b;v=1, /a/b, true",
        "/a/b%, /a/b%, true",
    })
    void aChangeTouchesItsPathAndThoseAboveAndBelow(String changed, String read, boolean touched) {
        long began = changes.now();
        changes.mark("t", Changes.path(changed), Duration.ZERO);
        assertThat(changes.since("t", Changes.path(read), began)).isEqualTo(touched);
        assertThat(changes.since("other", Changes.path(read), began)).isFalse();
        assertThat(changes.since("t", Changes.path(read), changes.now())).isFalse();
    }

    @Test
    void aChangeOfNobodyKnowsWhomTouchesAllTenants() {
        long began = changes.now();
        changes.mark(null, "/a", Duration.ZERO);
        assertThat(changes.since("t", "/z", began)).isTrue();
        assertThat(changes.since("t", "/z", changes.now())).isFalse();
    }

    @Test
    void aChangeThatMayStillGoOnTouchesUntilItIsSettled() {
        changes.mark("t", "/a", Duration.ofSeconds(60));
        assertThat(changes.since("t", "/a", changes.now())).isTrue();
        time.addAndGet(Duration.ofSeconds(59).toNanos());
        changes.mark("t", "/a", Duration.ZERO);
        assertThat(changes.since("t", "/a", changes.now())).isTrue();
        time.addAndGet(Duration.ofSeconds(1).toNanos());
        assertThat(changes.since("t", "/a", changes.now())).isFalse();
    }

    @Test
    void whatIsForgottenOfOnePathIsRememberedOfAll() {
        long began = changes.now();
        changes.mark("t", "/first", Duration.ZERO);
        for (int i = 0; i < 100_000; i++) {
            changes.mark("t", "/others/" + i, Duration.ZERO);
        }
        assertThat(changes.since("t", "/first", began)).isTrue();
        assertThat(changes.since("elsewhere", "/untouched", began)).isTrue();
    }

    @Test
    void aPathThatIsTooLongIsCutToOneAboveIt() {
        String longOne = "/a/" + "x".repeat(5000);
        assertThat(Changes.path(longOne)).isEqualTo("/a");
        long began = changes.now();
        changes.mark("t", Changes.path(longOne), Duration.ZERO);
        assertThat(changes.since("t", "/a/b", began)).isTrue();
    }
}
