package dev.wayleave.audit;

/** Nothing can be remembered now, so nothing may be done. */
public final class AuditUnavailableException extends Exception {
    private static final long serialVersionUID = 1L;

    AuditUnavailableException() {
        super("the audit cannot be written", null, false, false);
    }
}
