package dev.wayleave.mcp;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.util.concurrent.Future;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Holds a client to sending what it has begun to send, before the codec of its connection: the head of a request within ten
 * seconds, all of it within thirty. What goes by between two requests, or while one is answered, does not count.
 */
final class RequestTimer extends ChannelInboundHandlerAdapter {
    private static final Duration HEAD = Duration.ofSeconds(10);
    private static final Duration ALL = Duration.ofSeconds(30);
    private final Runnable late;
    private boolean arriving;
    private boolean headRead;
    private boolean answering;
    private int unanswered;
    private long began;
    private volatile boolean idle = true;
    private @Nullable Future<?> alarm;

    /** @param late what is done where it takes too long */
    RequestTimer(Runnable late) {
        this.late = late;
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object bytes) throws Exception {
        if (!arriving) {
            arriving = true;
            headRead = false;
            began = System.nanoTime();
            idle = false;
        }
        super.channelRead(context, bytes);
        watch(context);
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) throws Exception {
        stop();
        super.channelInactive(context);
    }

    /** The codec has read the head of a request. */
    void headWasRead() {
        headRead = true;
    }

    /** The codec has read the end of a request. */
    void endWasRead() {
        arriving = false;
        unanswered++;
        idle = unanswered <= 0;
        stop();
    }

    /** The answer has begun. */
    void isAnswering() {
        answering = true;
    }

    /** The answer is whole; what came of the next request meanwhile begins to count. */
    void wasAnswered(ChannelHandlerContext context) {
        answering = false;
        unanswered--;
        idle = !arriving && unanswered <= 0;
        if (arriving) {
            began = System.nanoTime();
            watch(context);
        }
    }

    /** Whether a request has arrived of whose answer nothing was written. */
    boolean isWorkedOn() {
        return unanswered > 0 && !answering;
    }

    /** Whether nobody would miss the connection just now. From any thread. */
    boolean isIdle() {
        return idle;
    }

    private void watch(ChannelHandlerContext context) {
        if (arriving && unanswered <= 0 && alarm == null) {
            alarm = context.executor().schedule(() -> look(context), left(), TimeUnit.NANOSECONDS);
        }
    }

    private void look(ChannelHandlerContext context) {
        alarm = null;
        if (arriving && unanswered <= 0 && left() <= 0) {
            late.run();
        } else {
            watch(context);
        }
    }

    private long left() {
        return began + (headRead ? ALL : HEAD).toNanos() - System.nanoTime();
    }

    private void stop() {
        if (alarm != null) {
            alarm.cancel(false);
            alarm = null;
        }
    }
}
