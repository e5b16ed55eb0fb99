package dev.wayleave.audit;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;

/** One record on its way to the sink, and whoever waits for it. */
final class PendingRecord {
    /** What has become of it. */
    enum State {
        WAITING,
        TAKEN,
        ABANDONED,
        KEPT,
        FAILED
    }

    private final byte[] bytes;
    private final boolean durable;
    private final boolean owed;
    private final AtomicReference<State> state = new AtomicReference<>(State.WAITING);
    private final CountDownLatch done = new CountDownLatch(1);
    private boolean written;

    PendingRecord(byte[] bytes, boolean durable, boolean owed) {
        this.bytes = bytes;
        this.durable = durable;
        this.owed = owed;
    }

    byte[] bytes() {
        return bytes;
    }

    boolean isDurable() {
        return durable;
    }

    boolean isOwed() {
        return owed;
    }

    /** For the writer alone. */
    boolean isWritten() {
        return written;
    }

    State await(Duration patience) {
        try {
            if (!done.await(patience.toNanos(), TimeUnit.NANOSECONDS)) {
                return State.WAITING;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return State.FAILED;
        }
        return state.get();
    }

    /** Nobody waits any longer; what is owed is written all the same. */
    void abandon() {
        if (!owed) {
            state.compareAndSet(State.WAITING, State.ABANDONED);
        }
    }

    /** Whether it is still wanted, when the writer comes to it. */
    boolean take() {
        return state.compareAndSet(State.WAITING, State.TAKEN);
    }

    /** It is in the file; that is enough where it need not be durable. */
    void written() {
        written = true;
        if (!durable) {
            kept();
        }
    }

    void kept() {
        end(State.KEPT);
    }

    void failed() {
        end(State.FAILED);
    }

    private void end(State end) {
        state.compareAndSet(State.TAKEN, end);
        done.countDown();
    }
}
