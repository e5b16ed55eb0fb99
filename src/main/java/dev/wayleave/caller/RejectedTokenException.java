package dev.wayleave.caller;

/** A token is refused. Has no message, no cause and no stack, and never leaves the package. */
final class RejectedTokenException extends Exception {
    private static final long serialVersionUID = 1L;

    private final Reason reason;

    RejectedTokenException(Reason reason) {
        super(null, null, false, false);
        this.reason = reason;
    }

    Reason reason() {
        return reason;
    }

    static void unless(boolean condition, Reason reason) throws RejectedTokenException {
        if (!condition) {
            throw new RejectedTokenException(reason);
        }
    }
}
