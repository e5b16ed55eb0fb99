package dev.wayleave.mcp;

import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/**
 * An answer of the type {@code text/event-stream}, read by the edge as fast as the client takes it. Of what the client does
 * not take only the newest is kept, and the end; where nothing comes for a while, a comment keeps the connection alive.
 */
final class EventStream extends InputStream {
    private static final int MOST_WAITING = 64;
    private static final byte[] HEAD = "event: message\ndata: ".getBytes(StandardCharsets.UTF_8);
    private static final byte[] TAIL = "\n\n".getBytes(StandardCharsets.UTF_8);
    private static final byte[] COMMENT = ": still there\n\n".getBytes(StandardCharsets.UTF_8);
    private final Duration keepAlive;
    private final Deque<byte[]> waiting = new ArrayDeque<>();
    private byte[] current = new byte[0];
    private int at;
    private boolean ended;
    private Runnable closing = () -> {};

    /** @param keepAlive after which silence is broken */
    EventStream(Duration keepAlive) {
        this.keepAlive = keepAlive;
    }

    /** One more message, of which the oldest that waits gives way where too many do. */
    synchronized void tell(byte[] json) {
        if (!ended) {
            if (waiting.size() >= MOST_WAITING) {
                waiting.removeFirst();
            }
            waiting.addLast(event(json));
            notifyAll();
        }
    }

    /** The last message. */
    synchronized void end(byte[] json) {
        tell(json);
        ended = true;
        notifyAll();
    }

    /** Nothing comes any more, even if the last message did not. */
    synchronized void finish() {
        ended = true;
        notifyAll();
    }

    /** Whether nothing more can be told. */
    synchronized boolean isOver() {
        return ended;
    }

    /** Nobody reads it any more. */
    @Override
    public void close() {
        Runnable then;
        synchronized (this) {
            ended = true;
            waiting.clear();
            current = new byte[0];
            at = 0;
            notifyAll();
            then = closing;
        }
        then.run();
    }

    /** Runs this, perhaps more than once, when it is not read any more. */
    synchronized void whenClosed(Runnable hook) {
        closing = hook;
    }

    @Override
    public int read() {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public synchronized int read(byte[] into, int offset, int length) {
        if (at == current.length) {
            byte[] next = next();
            if (next == null) {
                return -1;
            }
            current = next;
            at = 0;
        }
        int count = Math.min(length, current.length - at);
        System.arraycopy(current, at, into, offset, count);
        at += count;
        return count;
    }

    /** Null where all was read. */
    private byte @Nullable [] next() {
        long end = System.nanoTime() + keepAlive.toNanos();
        while (waiting.isEmpty() && !ended) {
            long left = end - System.nanoTime();
            if (left <= 0) {
                return COMMENT;
            }
            try {
                wait(left / 1_000_000 + 1);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return null;
            }
        }
        return waiting.pollFirst();
    }

    /** One event; a line feed between two tokens of the JSON would end its line. */
    private static byte[] event(byte[] json) {
        ByteArrayOutputStream event = new ByteArrayOutputStream(json.length + HEAD.length + TAIL.length);
        event.writeBytes(HEAD);
        for (byte b : json) {
            event.write(b == '\n' || b == '\r' ? ' ' : b);
        }
        event.writeBytes(TAIL);
        return event.toByteArray();
    }
}
