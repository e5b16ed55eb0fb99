package dev.wayleave.call;

import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * What all steps of one call share, also those of workflows within workflows.
 *
 * @param left how many steps may still be done
 * @param notes for the agent, told after the answer
 * @param done the steps that changed something, or may have
 */
record Session(ToolCall call, Secrets secrets, AtomicInteger left, List<String> notes, List<String> done) {
    private static final int MOST_STEPS = 100;

    static Session of(ToolCall call) {
        Session session = new Session(
                call,
                new Secrets(),
                new AtomicInteger(MOST_STEPS),
                new CopyOnWriteArrayList<>(),
                new CopyOnWriteArrayList<>());
        session.secrets.add(call.caller().token());
        return session;
    }

    boolean mayGoOn(Instant now) {
        return left.decrementAndGet() >= 0 && now.isBefore(call.deadline());
    }
}
