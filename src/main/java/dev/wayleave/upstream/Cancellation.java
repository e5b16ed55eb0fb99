package dev.wayleave.upstream;

import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Whether anybody still waits for what a call brings; where nobody does, what only reads is given up. */
public final class Cancellation {
    private final Set<Runnable> hooks = new LinkedHashSet<>();
    private boolean cancelled;

    /** Nobody waits any more. */
    public void cancel() {
        for (Runnable hook : cancelling()) {
            hook.run();
        }
    }

    private synchronized List<Runnable> cancelling() {
        List<Runnable> all = List.copyOf(hooks);
        hooks.clear();
        cancelled = true;
        notifyAll();
        return all;
    }

    public synchronized boolean isCancelled() {
        return cancelled;
    }

    /** Pauses for so long, or until nobody waits. */
    public synchronized void rest(Duration pause) throws InterruptedException {
        long end = System.nanoTime() + pause.toNanos();
        while (!cancelled && end - System.nanoTime() > 0) {
            wait((end - System.nanoTime()) / 1_000_000 + 1);
        }
    }

    /** Runs this when nobody waits any more, at once where that is so already; until it is forgotten. */
    public void whenCancelled(Runnable hook) {
        synchronized (this) {
            if (!cancelled) {
                hooks.add(hook);
                return;
            }
        }
        hook.run();
    }

    synchronized void forget(Runnable hook) {
        hooks.remove(hook);
    }
}
