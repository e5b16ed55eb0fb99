package dev.wayleave.caller;

/** Our own words for what is wrong with a token; the only ones that are logged. */
enum Reason {
    TOO_LONG,
    NOT_COMPACT,
    NOT_BASE64URL,
    NOT_JSON,
    HEADER,
    ALGORITHM,
    TYPE,
    KEY_ID,
    UNKNOWN_KEY,
    SIGNATURE,
    ISSUER,
    AUDIENCE,
    SUBJECT,
    EXPIRES,
    NOT_BEFORE,
    ISSUED_AT,
    MAX_AGE,
    SCOPE,
    CLIENT_ID,
    REQUIRED_CLAIMS,
    SENDER_CONSTRAINED,
    INACTIVE,
    PLATFORM,
    FAULT
}
