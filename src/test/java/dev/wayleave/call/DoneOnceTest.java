package dev.wayleave.call;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wayleave.call.DoneOnce.Claim;
import dev.wayleave.caller.Caller;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class DoneOnceTest {
    private final AtomicReference<Instant> now = new AtomicReference<>(Instant.parse("2026-07-28T00:00:00Z"));

    private static Caller caller(String subject) {
        return new Caller("https://issuer", subject, null, Set.of(), Map.of(), Instant.MAX, null);
    }

    private DoneOnce with(int most, int ofOneCaller) {
        DoneOnce done = new DoneOnce("here", now::get, most, ofOneCaller);
        done.lasting(Duration.ofMinutes(1));
        return done;
    }

    private void pass(Duration time) {
        now.updateAndGet(then -> then.plus(time));
    }

    @Test
    void whatIsFullTakesMoreOnceTimeHasPassedThoughNobodyLooked() {
        DoneOnce done = with(2, 2);
        assertThat(done.claim("a", caller("u"))).isEqualTo(Claim.FIRST);
        assertThat(done.claim("b", caller("v"))).isEqualTo(Claim.FIRST);
        assertThat(done.claim("c", caller("w"))).isEqualTo(Claim.TOO_MANY);
        pass(Duration.ofMinutes(2));
        assertThat(done.claim("c", caller("w"))).isEqualTo(Claim.FIRST);
        assertThat(done.claim("c", caller("w"))).isEqualTo(Claim.AGAIN);
    }

    @Test
    void oneCallerDoesNotFillItForTheOthers() {
        DoneOnce done = with(10, 2);
        done.claim("a", caller("u"));
        done.claim("b", caller("u"));
        assertThat(done.claim("c", caller("u"))).isEqualTo(Claim.TOO_MANY);
        assertThat(done.claim("a", caller("u"))).isEqualTo(Claim.AGAIN);
        assertThat(done.claim("d", caller("v"))).isEqualTo(Claim.FIRST);
        pass(Duration.ofMinutes(2));
        assertThat(done.claim("c", caller("u"))).isEqualTo(Claim.FIRST);
    }

    @Test
    void whatIsGivenBackIsNobodysShare() {
        DoneOnce done = with(10, 1);
        assertThat(done.claim("a", caller("u"))).isEqualTo(Claim.FIRST);
        done.giveBack("a");
        assertThat(done.claim("a", caller("u"))).isEqualTo(Claim.FIRST);
        assertThat(done.claim("a", caller("u"))).isEqualTo(Claim.AGAIN);
        assertThat(done.claim("b", caller("u"))).isEqualTo(Claim.TOO_MANY);
    }

    @Test
    void aShorterTimeAfterAReloadForgetsNothingThatWasAskedBefore() {
        DoneOnce done = with(10, 10);
        done.lasting(Duration.ofSeconds(1));
        done.claim("a", caller("u"));
        pass(Duration.ofSeconds(50));
        assertThat(done.claim("a", caller("u"))).isEqualTo(Claim.AGAIN);
    }
}
