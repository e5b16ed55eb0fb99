package dev.wayleave.platform;

import dev.wayleave.config.Settings;
import java.time.Duration;

/**
 * How a call that takes long is told of, where its client asks for that.
 *
 * @param after when the answer begins as a stream of events
 * @param keepAlive after which the silence of a stream is broken
 * @param logUnasked whether callers of tools with steps hear of these in the older eras, where a call cannot ask for it
 */
public record StreamSettings(Duration after, Duration keepAlive, boolean logUnasked) {
    private static final Duration LONGEST = Duration.ofMinutes(1);
    private static final StreamSettings USUAL =
            new StreamSettings(Duration.ofSeconds(2), Duration.ofSeconds(15), false);

    static StreamSettings read(Settings root) {
        return root.child("progress").map(s -> s.read(StreamSettings::of)).orElse(USUAL);
    }

    private static StreamSettings of(Settings s) {
        return new StreamSettings(
                bounded(s, "after", USUAL.after),
                bounded(s, "keep-alive", USUAL.keepAlive),
                s.flag("log-unasked", USUAL.logUnasked));
    }

    private static Duration bounded(Settings s, String key, Duration otherwise) {
        Duration duration = s.duration(key, otherwise);
        if (duration.compareTo(LONGEST) > 0) {
            throw s.wrong(key, "a duration of at most 1m");
        }
        return duration;
    }
}
