package dev.wayleave.call;

import dev.wayleave.audit.AuditEvent;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/** What is done step by step in one call, in the order in which it ended; for the audit, however the call ends. */
public final class StepLog {
    private final Queue<AuditEvent.Step> steps = new ConcurrentLinkedQueue<>();

    void add(AuditEvent.Step step) {
        steps.add(step);
    }

    List<AuditEvent.Step> all() {
        return List.copyOf(steps);
    }
}
