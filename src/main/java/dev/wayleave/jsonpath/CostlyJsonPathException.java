package dev.wayleave.jsonpath;

/** A query that would visit or select more than it may. */
public final class CostlyJsonPathException extends Exception {
    private static final long serialVersionUID = 1L;

    CostlyJsonPathException(String message) {
        super(message, null, false, false);
    }
}
