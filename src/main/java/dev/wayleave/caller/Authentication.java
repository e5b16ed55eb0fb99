package dev.wayleave.caller;

import java.time.Duration;

/** What became of a request's credentials. */
public sealed interface Authentication {
    /** They prove who calls. */
    record Verified(Caller caller) implements Authentication {}

    /** They prove nothing, and the reason tells no more than RFC 6750 §3.1 would. */
    record Refused(Refusal why) implements Authentication {}

    /**
     * They can be neither proven nor disproven now: the keys are out of reach. To be answered with 503.
     *
     * @param retryAfter at least one second
     */
    record Unavailable(Duration retryAfter) implements Authentication {}
}
