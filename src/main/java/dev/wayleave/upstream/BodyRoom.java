package dev.wayleave.upstream;

import java.util.concurrent.atomic.AtomicLong;

/**
 * Room in memory for bodies that are on their way through the process: those that come in are turned away while it is full,
 * instead of filling the heap. There is one heap, and so one room.
 */
public final class BodyRoom {
    /** In bytes: what is made of a body takes more than the body itself, and has its own room. */
    private static final long ALL = Runtime.getRuntime().maxMemory() / 4;

    private static final AtomicLong TAKEN = new AtomicLong();

    private BodyRoom() {}

    /** Takes room for bytes that came in; false, and nothing is taken, where there is none. */
    public static boolean take(long bytes) {
        if (TAKEN.addAndGet(bytes) <= ALL) {
            return true;
        }
        give(bytes);
        return false;
    }

    /** Takes room for bytes that are there already, even where there is none. */
    public static void keep(long bytes) {
        TAKEN.addAndGet(bytes);
    }

    /** To be called once for all that was taken or kept. */
    public static void give(long bytes) {
        TAKEN.addAndGet(-bytes);
    }

    /** How much is taken now, in bytes. */
    public static long taken() {
        return TAKEN.get();
    }
}
