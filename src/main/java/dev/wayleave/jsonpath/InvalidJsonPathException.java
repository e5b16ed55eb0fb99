package dev.wayleave.jsonpath;

/** An expression that is no JSONPath; the message says why and at which character. */
public final class InvalidJsonPathException extends Exception {
    private static final long serialVersionUID = 1L;

    InvalidJsonPathException(String message) {
        super(message);
    }
}
