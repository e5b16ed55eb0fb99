package dev.wayleave.audit;

/** Where calls are remembered. Safe for use by many threads; each method returns when what it is given is kept. */
public interface AuditLog extends AutoCloseable {
    /**
     * Remembers, durably, that a call is about to be sent.
     *
     * @throws AuditUnavailableException where it could not, and so must not be sent
     */
    void started(AuditEvent.Began call) throws AuditUnavailableException;

    /**
     * Remembers what came of a call.
     *
     * @param unsafe whether the call may change something: where it was sent, its record outlives a failure of power, and any
     *     other one of this process
     * @throws AuditUnavailableException where it could not, and so must not be acknowledged
     */
    void ended(AuditEvent event, boolean unsafe) throws AuditUnavailableException;

    /** Remembers what was refused and not sent; of a flood from one caller, or from all together, some and the exact number. */
    void refused(AuditEvent event);

    /** Whether calls may be made: not where they would be forgotten, unless that is allowed. */
    boolean admitsCalls();

    /** Whether nothing can be remembered just now. */
    boolean isFailing();

    /** How many records wait to be kept. */
    int waiting();

    /** A keyed hash: equal for equal secrets, and of no use to whoever lacks the key. */
    String fingerprint(byte[] secret);

    @Override
    void close();
}
