package dev.wayleave.platform;

import dev.wayleave.config.Settings;
import java.time.Duration;

/**
 * Whether a change of the configuration or of what it names is taken up while the server runs.
 *
 * @param on whether it is at all: at a signal, and where files are watched
 * @param every how often the files are looked at; zero for never
 * @param listeners the most clients that may wait to be told of changed lists
 * @param perCaller the most of them of one caller
 */
public record ReloadSettings(boolean on, Duration every, int listeners, int perCaller) {
    private static final int USUAL_LISTENERS = 1_000;
    private static final int USUAL_PER_CALLER = 10;
    private static final Duration SHORTEST = Duration.ofMillis(100);
    private static final Duration LONGEST = Duration.ofHours(1);
    private static final ReloadSettings OFF = new ReloadSettings(false, Duration.ZERO, 0, 0);

    static ReloadSettings read(Settings root) {
        return root.child("reload")
                .map(reload -> reload.read(ReloadSettings::of))
                .orElse(OFF);
    }

    private static ReloadSettings of(Settings s) {
        return new ReloadSettings(
                true,
                every(s),
                s.count("listeners", USUAL_LISTENERS, 1, 100_000),
                s.count("listeners-per-caller", USUAL_PER_CALLER, 1, 1_000));
    }

    /** YAML takes a bare {@code off} for a truth value. */
    private static Duration every(Settings s) {
        if (s.text("watch")
                .filter(text -> !text.equals("off") && !text.equals("false"))
                .isEmpty()) {
            return Duration.ZERO;
        }
        Duration every = s.duration("watch", Duration.ZERO);
        if (every.compareTo(SHORTEST) < 0 || every.compareTo(LONGEST) > 0) {
            throw s.wrong("watch", "off, or a duration from 100ms to 1h");
        }
        return every;
    }
}
