package dev.wayleave.caller;

import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/** Lets a few in at a time, a few more wait for a second, and nobody else. */
final class Lane {
    private static final int AT_A_TIME = 16;
    private static final int WAITING = 256;

    private final Semaphore inside = new Semaphore(AT_A_TIME, true);
    private final Semaphore queue = new Semaphore(WAITING);

    /** Whether there was room; who is let in must {@link #leave()}. */
    boolean enter() {
        if (inside.tryAcquire()) {
            return true;
        }
        if (!queue.tryAcquire()) {
            return false;
        }
        try {
            return inside.tryAcquire(1, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        } finally {
            queue.release();
        }
    }

    void leave() {
        inside.release();
    }
}
