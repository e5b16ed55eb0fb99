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
     * @param durable whether it must outlive a failure of power; otherwise it outlives one of this process
     * @throws AuditUnavailableException where it could not, and so must not be acknowledged
     */
    void ended(AuditEvent event, boolean durable) throws AuditUnavailableException;

    /** Remembers a request that got no further than the door; of a flood of them, some and the exact number. */
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
