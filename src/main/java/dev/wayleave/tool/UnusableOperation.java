package dev.wayleave.tool;

/** An operation that no tool can stand for; the message says why, for its owner. */
final class UnusableOperation extends Exception {
    private static final long serialVersionUID = 1L;

    UnusableOperation(String message) {
        super(message);
    }
}
