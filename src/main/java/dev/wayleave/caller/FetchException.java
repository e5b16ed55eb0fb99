package dev.wayleave.caller;

/** A document could not be had. Its message is our own words, without those of any library or server. */
final class FetchException extends Exception {
    private static final long serialVersionUID = 1L;

    FetchException(String why) {
        super(why, null, false, false);
    }
}
