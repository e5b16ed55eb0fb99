package dev.wayleave.upstream;

/** Why the answer to a token exchange is not used; the only words of it that are written down. */
enum ExchangeFault {
    NOT_JSON("the answer is not a token response"),
    ISSUED_TYPE("what was issued is neither an access token nor a JWT"),
    TOKEN_TYPE("what was issued is not a bearer token"),
    TOKEN("what was issued is not a well-formed token"),
    SAME("what was issued is the caller's own token"),
    SCOPE("what was issued has scopes that were not asked for"),
    UNPROVEN_SCOPE("no scope was asked for, and what was issued does not show that it has none"),
    JWT("what was issued is a JWT that not everyone reads alike"),
    SUBJECT("what was issued is for another subject"),
    AUDIENCE("what was issued is for another audience, or for more than one"),
    LIFE("what was issued has expired, never expires, or lives longer than the caller's token"),
    BOUND("what was issued is bound to a key, or has authorization details");

    private final String words;

    ExchangeFault(String words) {
        this.words = words;
    }

    String words() {
        return words;
    }
}
