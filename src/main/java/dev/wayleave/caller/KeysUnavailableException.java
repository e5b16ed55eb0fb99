package dev.wayleave.caller;

import java.time.Duration;

/** No key set is at hand that could tell a good token from a bad one. Never leaves the package. */
final class KeysUnavailableException extends Exception {
    private static final long serialVersionUID = 1L;

    private final Duration retryAfter;

    KeysUnavailableException(Duration retryAfter) {
        super(null, null, false, false);
        this.retryAfter = retryAfter;
    }

    Duration retryAfter() {
        return retryAfter;
    }
}
