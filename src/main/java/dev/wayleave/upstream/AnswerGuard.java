package dev.wayleave.upstream;

import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.ReferenceCountUtil;
import java.nio.channels.ClosedChannelException;
import org.jspecify.annotations.Nullable;

/**
 * Lets one answer through for each request of a connection, and ends the connection where anything else comes: a pooled
 * connection must never hold what belongs to another call. So does an answer that nobody waits for any more. Interim answers (RFC 9110 §15.2) are passed over.
 */
final class AnswerGuard extends ChannelDuplexHandler {
    private static final int MOST_INTERIM = 20;
    private final Lines lines;
    private @Nullable Line line;
    private boolean awaiting;
    private boolean interim;
    private int interimSeen;

    /** @param lines where requests are found that can be given up */
    AnswerGuard(Lines lines) {
        this.lines = lines;
    }

    @Override
    public void write(ChannelHandlerContext context, Object message, ChannelPromise promise) throws Exception {
        if (message instanceof HttpRequest request) {
            awaiting = true;
            interimSeen = 0;
            Line going = lines.taken(request.headers());
            line = going;
            if (going != null && !going.goesOut(() -> breakOff(context, going))) {
                refuse(context, message);
                promise.tryFailure(new ClosedChannelException());
                return;
            }
        }
        super.write(context, message, promise);
    }

    /** Only while its answer is still to come: by then the connection may be another request's. */
    private void breakOff(ChannelHandlerContext context, Line givenUp) {
        context.executor().execute(() -> {
            if (awaiting && line == givenUp) {
                close(context);
            }
        });
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) throws Exception {
        if (!(message instanceof HttpObject object)) {
            super.channelRead(context, message);
            return;
        }
        if (!awaiting || object.decoderResult().isFailure()) {
            refuse(context, message);
            return;
        }
        if (message instanceof HttpResponse response) {
            int status = response.status().code();
            interim = status < 200;
            if (status < 100 || status == 101 || status > 599 || (interim && ++interimSeen > MOST_INTERIM)) {
                refuse(context, message);
                return;
            }
        }
        boolean passedOver = interim;
        if (message instanceof LastHttpContent) {
            awaiting = interim;
            interim = false;
        }
        if (passedOver) {
            ReferenceCountUtil.release(message);
        } else {
            super.channelRead(context, message);
        }
    }

    private void refuse(ChannelHandlerContext context, Object message) {
        ReferenceCountUtil.release(message);
        close(context);
    }

    @SuppressWarnings("FutureReturnValueIgnored") // the listener hears of it
    private void close(ChannelHandlerContext context) {
        awaiting = false;
        context.channel().close().addListener(ChannelFutureListener.FIRE_EXCEPTION_ON_FAILURE);
    }
}
