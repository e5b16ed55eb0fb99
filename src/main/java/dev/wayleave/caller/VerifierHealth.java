package dev.wayleave.caller;

/** How well tokens can be verified just now, from well to badly. */
public enum VerifierHealth {
    /** Nobody has called yet, so nobody was asked. */
    UNTRIED,
    /** The keys are the issuer's own, as of the last minutes; or whoever was asked last has answered. */
    CURRENT,
    /** The issuer's keys are out of reach; tokens are verified with those of before. */
    STALE,
    /** There are no keys to verify a token with, or whoever was asked last has not answered. */
    UNAVAILABLE,
    /** The keys of no issuer were ever fetched, so that nobody was or can be verified. */
    KEYLESS
}
