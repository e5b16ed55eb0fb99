package dev.wayleave.platform;

import dev.wayleave.config.Settings;
import dev.wayleave.limit.Limits;
import java.time.Duration;
import java.util.Optional;

/** Reads how much a platform is asked at most. */
final class LimitSettings {
    private static final int CONCURRENT = 512;
    private static final int WAITING = 64;
    private static final Duration WAIT = Duration.ofMillis(40);
    private static final Limits.PerMinute ANY = new Limits.PerMinute(0, 0);
    private static final Limits.Options USUAL = new Limits.Options(CONCURRENT, true, WAITING, WAIT, ANY, ANY);

    private LimitSettings() {}

    static Limits.Options read(Settings platform) {
        return platform.child("limits")
                .map(limits -> limits.read(LimitSettings::of))
                .orElse(USUAL);
    }

    private static Limits.Options of(Settings s) {
        return new Limits.Options(
                s.count("concurrent", CONCURRENT, 1, 100_000),
                s.flag("adaptive", true),
                s.count("waiting", WAITING, 0, 10_000),
                s.duration("wait", WAIT),
                rates(s.child("per-caller")),
                rates(s.child("together")));
    }

    private static Limits.PerMinute rates(Optional<Settings> rates) {
        return rates.map(all -> all.read(s -> new Limits.PerMinute(
                        s.count("reads-per-minute", 0, 1, 1_000_000), s.count("writes-per-minute", 0, 1, 1_000_000))))
                .orElse(ANY);
    }
}
