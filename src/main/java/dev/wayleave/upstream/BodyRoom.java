package dev.wayleave.upstream;

import java.util.concurrent.atomic.AtomicLong;

/**
 * Room in memory for bodies that are on their way through the process: what comes in is turned away while it is full, instead
 * of filling the heap. There is one heap, and so one room of each kind.
 */
public final class BodyRoom {
    /** For what clients send, of whom nothing is known before: an eighth of the heap. */
    public static final BodyRoom REQUESTS = new BodyRoom(Runtime.getRuntime().maxMemory() / 8);

    /** For what platforms answer, until it has gone out: a quarter of the heap. */
    public static final BodyRoom ANSWERS = new BodyRoom(Runtime.getRuntime().maxMemory() / 4);

    /** In bytes; so much of each body is taken in any case, which is all of most. */
    private static final int ALWAYS = 4096;

    private final long all;
    private final AtomicLong taken = new AtomicLong();

    private BodyRoom(long all) {
        this.all = all;
    }

    /**
     * Takes room for bytes that came in; false, and nothing is taken, where there is none.
     *
     * @param before how many bytes of the same body have room
     */
    public boolean take(long before, long bytes) {
        if (taken.addAndGet(bytes) <= all || before + bytes <= ALWAYS) {
            return true;
        }
        give(bytes);
        return false;
    }

    /** Takes room for bytes that are needed, even where there is none. */
    public void keep(long bytes) {
        taken.addAndGet(bytes);
    }

    /** To be called once for all that was taken or kept. */
    public void give(long bytes) {
        taken.addAndGet(-bytes);
    }

    /** How much is taken now, in bytes. */
    public long taken() {
        return taken.get();
    }
}
