package dev.wayleave.audit;

/** A log that cannot be continued, because what it remembered is gone. */
public final class BrokenAuditException extends Exception {
    private static final long serialVersionUID = 1L;

    BrokenAuditException(String what) {
        super(what);
    }

    /** In words that complete "the file …". */
    public String what() {
        return String.valueOf(getMessage());
    }
}
