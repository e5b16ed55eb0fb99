package dev.wayleave.caller;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Nobody is at hand who could tell a good token from a bad one. Never leaves the package. */
final class CannotVerifyException extends Exception {
    private static final long serialVersionUID = 1L;

    private final Duration retryAfter;

    /** @param why in our own words */
    CannotVerifyException(@Nullable String why) {
        super(why, null, false, false);
        this.retryAfter = Duration.ofSeconds(1);
    }

    CannotVerifyException(Duration retryAfter) {
        super(null, null, false, false);
        this.retryAfter = retryAfter;
    }

    Duration retryAfter() {
        return retryAfter;
    }
}
