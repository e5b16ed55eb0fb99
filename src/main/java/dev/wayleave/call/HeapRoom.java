package dev.wayleave.call;

import java.util.concurrent.Semaphore;
import java.util.function.Supplier;

/**
 * Room on the heap for what is made of large answers while they are looked at: many at once wait for each other instead of
 * filling it. There is one heap, and so one room.
 */
final class HeapRoom {
    /** In bytes; what is as small as that needs no room of its own. */
    private static final int SMALL = 32 << 10;

    /** How much a tree of small objects takes, with the texts that it is made of, in times of its JSON. */
    private static final int TIMES = 24;

    private static final int KIB = 1 << 10;
    private static final int ALL =
            (int) Math.clamp(Runtime.getRuntime().maxMemory() / 4 / KIB, 1L, (long) Integer.MAX_VALUE);
    private static final Semaphore LEFT = new Semaphore(ALL, true);

    private HeapRoom() {}

    /** Does it as soon as there is room; it must end by itself and wait for nothing. */
    static <T> T within(int bytes, Supplier<T> work) {
        if (bytes <= SMALL) {
            return work.get();
        }
        int room = (int) Math.min(ALL, (long) bytes * TIMES / KIB);
        LEFT.acquireUninterruptibly(room);
        try {
            return work.get();
        } finally {
            LEFT.release(room);
        }
    }
}
