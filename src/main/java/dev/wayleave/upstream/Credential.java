package dev.wayleave.upstream;

import dev.wayleave.caller.BearerToken;
import org.jspecify.annotations.Nullable;

/** What a request to the platform may carry. */
public sealed interface Credential {
    /** Nothing at all. */
    Credential NONE = new Granted(null);

    /** This token; null for none. */
    record Granted(@Nullable BearerToken token) implements Credential {}

    /**
     * There is no token that is narrow enough: nothing may be sent.
     *
     * @param why in our own words, for the audit
     */
    record Refused(String why) implements Credential {}

    /**
     * None can be had just now: nothing may be sent, and a later try may go better.
     *
     * @param why in our own words, for the audit
     */
    record Unavailable(String why) implements Credential {}
}
