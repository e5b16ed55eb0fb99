package dev.wayleave.audit;

/** Where events are remembered. */
public interface AuditLog extends AutoCloseable {
    /** Remembers one event before it returns. */
    void record(AuditEvent event);

    @Override
    void close();
}
