package dev.wayleave.caller;

/** Why credentials were refused, as far as a caller may know. */
public enum Refusal {
    /** There are none: 401 without an error code. */
    MISSING,
    /** They are not one bearer token: 400 {@code invalid_request}, or 401. */
    MALFORMED,
    /** It is a token that is bound to a key (RFC 9449), which this resource does not take: 401 {@code invalid_token}. */
    SENDER_CONSTRAINED,
    /** The token is forged, expired, or not for us: 401 {@code invalid_token}. */
    INVALID
}
