package dev.wayleave.caller;

/** How well tokens can be verified just now. */
public enum KeyHealth {
    /** Nobody has called yet, so no key was fetched. */
    UNTRIED,
    /** The keys are the issuer's own, as of the last minutes. */
    CURRENT,
    /** The issuer's keys are out of reach; tokens are verified with those of before. */
    STALE,
    /** There are no keys to verify a token with. */
    UNAVAILABLE
}
