package dev.wayleave.platform;

import dev.wayleave.call.Asking;
import dev.wayleave.config.Settings;
import dev.wayleave.tool.Asks.Otherwise;
import dev.wayleave.tool.Confirming;
import java.time.Duration;
import java.util.Map;

/** What a person is asked, and what counts as an answer. */
record AskSettings(Confirming confirming, Asking.Rules rules) {
    private static final Duration LONGEST = Duration.ofHours(1);
    private static final Duration USUAL = Duration.ofMinutes(10);
    private static final AskSettings NONE =
            new AskSettings(new Confirming(false, Otherwise.REFUSE), new Asking.Rules(USUAL, false));

    static AskSettings read(Settings platform) {
        return platform.child("asks").map(asks -> asks.read(AskSettings::of)).orElse(NONE);
    }

    private static AskSettings of(Settings s) {
        Duration expires = s.duration("expires", USUAL);
        if (expires.compareTo(LONGEST) > 0 || expires.toSeconds() < 1) {
            throw s.wrong("expires", "a duration from 1s to 1h");
        }
        return new AskSettings(
                new Confirming(
                        s.choice("confirm", Map.of("marked", false, "destructive", true), false),
                        s.choice(
                                "otherwise",
                                Map.of(
                                        "refuse", Otherwise.REFUSE,
                                        "allow", Otherwise.ALLOW,
                                        "argument", Otherwise.ARGUMENT),
                                Otherwise.REFUSE)),
                new Asking.Rules(expires, s.choice("done-by", Map.of("any", false, "asker", true), false)));
    }
}
