package dev.wayleave.limit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wayleave.caller.Caller;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class LimitsTest {
    private static final Limits.PerMinute ANY = new Limits.PerMinute(0, 0);
    private final AtomicLong now = new AtomicLong(Long.MAX_VALUE - 10);

    private Limits limits(Limits.PerMinute perCaller, Limits.PerMinute together) {
        return new Limits(new Limits.Options(100, true, 10, Duration.ofSeconds(1), perCaller, together), now::get);
    }

    private static Caller caller(String subject) {
        return new Caller("https://issuer", subject, null, Set.of(), Map.of(), Instant.MAX, null);
    }

    private static int through(Limits limits, String subject, boolean reading, int times) {
        int through = 0;
        for (int i = 0; i < times; i++) {
            if (limits.admit(caller(subject), reading) instanceof Admission.Place place) {
                place.leave("a", null);
                through++;
            }
        }
        return through;
    }

    @Test
    void withoutRatesAnyNumberIsLetThrough() {
        Limits limits = limits(ANY, ANY);
        assertThat(through(limits, "a", true, 10_000)).isEqualTo(10_000);
        assertThat(limits.reading()).isEqualTo(new Limits.Reading(100, 0, 0, 0, 10_000, 0, 0, 0));
    }

    @Test
    void eachCallerHasARateOfReadsAndOneOfWrites() {
        Limits limits = limits(new Limits.PerMinute(60, 6), ANY);
        assertThat(through(limits, "a", true, 100)).isEqualTo(10);
        assertThat(through(limits, "a", false, 100)).isEqualTo(1);
        assertThat(through(limits, "b", true, 100)).isEqualTo(10);
        int minute = 0;
        for (int second = 0; second < 60; second++) {
            now.addAndGet(Duration.ofSeconds(1).toNanos());
            minute += through(limits, "a", true, 100);
        }
        assertThat(minute).isEqualTo(60);
        assertThat(limits.reading().tooOften()).isPositive();
    }

    @Test
    void whoIsTooFastIsToldWhenToComeBack() {
        Limits limits = limits(new Limits.PerMinute(0, 6), ANY);
        through(limits, "a", false, 1);
        assertThat(limits.admit(caller("a"), false))
                .isEqualTo(new Admission.Refused(
                        429, Duration.ofSeconds(10), "limits.per-caller.writes-per-minute", "rate_limited"));
        assertThat(limits.admit(caller("a"), true)).isInstanceOf(Admission.Place.class);
    }

    @Test
    void allTogetherHaveARateToo() {
        Limits limits = limits(ANY, new Limits.PerMinute(60, 0));
        assertThat(through(limits, "a", true, 6)).isEqualTo(6);
        assertThat(through(limits, "b", true, 6)).isEqualTo(4);
        assertThat(limits.admit(caller("c"), true))
                .isEqualTo(new Admission.Refused(
                        503, Duration.ofSeconds(1), "limits.together.reads-per-minute", "rate_limited"));
        assertThat(through(limits, "c", false, 100)).isEqualTo(100);
    }
}
