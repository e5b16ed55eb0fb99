package dev.wayleave.call;

import dev.wayleave.audit.AuditEvent;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * What is done step by step in one call, in the order in which it ended; for the audit, however the call ends, and for
 * whoever follows the call while it goes on.
 */
public final class StepLog {
    private final Queue<AuditEvent.Step> steps = new ConcurrentLinkedQueue<>();
    private final AtomicInteger passed = new AtomicInteger();
    private final Listener listener;

    /** Hears of steps as they end, from whatever thread does them. */
    public interface Listener {
        /** One that nobody is. */
        Listener NONE = new Listener() {
            @Override
            public void ended(AuditEvent.Step step) {}

            @Override
            public void passed(String step, int done, int total) {}
        };

        /** Something was sent, or could not be. */
        void ended(AuditEvent.Step step);

        /**
         * A step of the workflow itself is behind it.
         *
         * @param done how many that are now, those that were repeated counted again
         * @param total how many steps it has
         */
        void passed(String step, int done, int total);
    }

    StepLog() {
        this(Listener.NONE);
    }

    public StepLog(Listener listener) {
        this.listener = listener;
    }

    void add(AuditEvent.Step step) {
        steps.add(step);
        listener.ended(step);
    }

    void passed(String step, int total) {
        listener.passed(step, passed.incrementAndGet(), total);
    }

    List<AuditEvent.Step> all() {
        return List.copyOf(steps);
    }
}
