package dev.wayleave.caller;

/** The issuer's keys could not be had. Its message is our own words, without those of any library or server. */
final class KeyFetchException extends Exception {
    private static final long serialVersionUID = 1L;

    KeyFetchException(String why) {
        super(why, null, false, false);
    }
}
