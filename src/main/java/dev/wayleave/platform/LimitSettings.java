package dev.wayleave.platform;

import dev.wayleave.config.Settings;
import dev.wayleave.limit.Limits;
import java.time.Duration;
import java.util.Optional;

/** Reads how much a platform is asked at most. */
final class LimitSettings {
    private static final int CONCURRENT = 512;

    /** As many as even an adaptive limit always lets through. */
    private static final int FEWEST = 20;

    private static final int WAITING = 64;
    private static final Duration WAIT = Duration.ofMillis(40);
    private static final Limits.PerMinute ANY = new Limits.PerMinute(0, 0);

    private LimitSettings() {}

    /** @param maxResponse in bytes, what is read of one answer */
    static Limits.Options read(Settings platform, int maxResponse) {
        int usual = usual(Runtime.getRuntime().maxMemory(), maxResponse);
        return platform.child("limits")
                .map(limits -> limits.read(s -> of(s, usual)))
                .orElseGet(() -> new Limits.Options(usual, true, WAITING, WAIT, ANY, ANY));
    }

    /** So many that the longest answers to all of them fill an eighth of the heap. */
    static int usual(long heap, int maxResponse) {
        return (int) Math.clamp(heap / 8 / maxResponse, (long) FEWEST, (long) CONCURRENT);
    }

    private static Limits.Options of(Settings s, int usual) {
        return new Limits.Options(
                s.count("concurrent", usual, 1, 100_000),
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
