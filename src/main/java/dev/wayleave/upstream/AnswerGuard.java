package dev.wayleave.upstream;

import static java.util.concurrent.TimeUnit.MILLISECONDS;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelPipeline;
import io.netty.channel.ChannelPromise;
import io.netty.handler.codec.PrematureChannelClosureException;
import io.netty.handler.codec.http.HttpClientCodec;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpDecoderConfig;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.ReferenceCountUtil;
import java.nio.channels.ClosedChannelException;
import java.time.Duration;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;

/**
 * Lets one answer through for each request of a connection, and ends the connection where anything else comes: a pooled
 * connection must never hold what belongs to another call. So does an answer that nobody waits for any more. Interim answers
 * (RFC 9110 §15.2) are passed over. What goes wrong it tells as an {@link AnswerFault}, which knows whether a byte of the
 * answer had come.
 */
final class AnswerGuard extends ChannelDuplexHandler {
    private static final int MOST_INTERIM = 20;
    private final Lines lines;
    private @Nullable Line line;
    private boolean awaiting;
    private boolean begun;
    private boolean told;
    private boolean reading;
    private boolean early;
    private boolean interim;
    private int interimSeen;

    /** What came of the answer, in bytes. */
    private long held;

    private @Nullable Future<?> silence;

    private AnswerGuard(Lines lines) {
        this.lines = lines;
    }

    /**
     * Puts one around the codec of that name, which becomes one that refuses an answer with two lengths (RFC 9112 §6.3).
     *
     * @param lines where requests are found that can be given up
     */
    static void guard(ChannelPipeline pipeline, String codec, Lines lines) {
        AnswerGuard guard = new AnswerGuard(lines);
        HttpDecoderConfig strict = new HttpDecoderConfig().setUseRfc9112TransferEncoding(true);
        pipeline.replace(codec, codec, new HttpClientCodec(strict, false, false));
        pipeline.addBefore(codec, "answer-bytes", guard.new Bytes());
        pipeline.addAfter(codec, "answer-guard", guard);
    }

    /** Hears every byte before the codec makes something of it. */
    private final class Bytes extends ChannelInboundHandlerAdapter {
        @Override
        public void channelRead(ChannelHandlerContext context, Object message) throws Exception {
            if (awaiting && message instanceof ByteBuf bytes && bytes.isReadable()) {
                begun = true;
                stopWaiting();
            }
            reading = true;
            try {
                super.channelRead(context, message);
            } finally {
                reading = false;
                early = false;
            }
        }
    }

    @Override
    public void write(ChannelHandlerContext context, Object message, ChannelPromise promise) throws Exception {
        if (message instanceof HttpRequest request) {
            awaiting = true;
            begun = false;
            told = false;
            early = reading;
            interimSeen = 0;
            Line going = lines.taken(request.headers());
            line = going;
            if (going != null && !going.goesOut(() -> breakOff(context, going))) {
                ReferenceCountUtil.release(message);
                close(context);
                promise.tryFailure(new ClosedChannelException());
                return;
            }
        }
        Line written = line;
        Duration patience = written == null ? null : written.patience();
        if (message instanceof LastHttpContent && patience != null) {
            super.write(context, message, promise.unvoid().addListener(sent -> {
                if (sent.isSuccess() && awaiting && !begun && line == written) {
                    silence = context.executor().schedule(() -> silent(context), patience.toMillis(), MILLISECONDS);
                }
            }));
        } else {
            super.write(context, message, promise);
        }
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
        // what came with the end of the answer before is not the answer to a request that was written since
        if (!awaiting || early || object.decoderResult().isFailure()) {
            refuse(context, object);
            return;
        }
        if (message instanceof HttpResponse response) {
            int status = response.status().code();
            interim = status < 200;
            if (status < 100 || status == 101 || status > 599 || (interim && ++interimSeen > MOST_INTERIM)) {
                refuse(context, object);
                return;
            }
        }
        if (message instanceof HttpContent content && !holds(content)) {
            ReferenceCountUtil.release(message);
            tell(context, new AnswerFault(UpstreamException.Kind.NO_ROOM));
            close(context);
            return;
        }
        boolean passedOver = interim;
        if (message instanceof LastHttpContent) {
            awaiting = interim;
            interim = false;
            letGo();
        }
        if (passedOver) {
            ReferenceCountUtil.release(message);
        } else {
            super.channelRead(context, message);
        }
    }

    private boolean holds(HttpContent content) {
        int bytes = content.content().readableBytes();
        if (line == null || line.insists()) {
            BodyRoom.ANSWERS.keep(bytes);
        } else if (!BodyRoom.ANSWERS.take(held, bytes)) {
            return false;
        }
        held += bytes;
        return true;
    }

    /** Whoever has the whole answer keeps room for it. */
    private void letGo() {
        BodyRoom.ANSWERS.give(held);
        held = 0;
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) throws Exception {
        if (awaiting) {
            tell(context, new AnswerFault(lost(), cause));
        } else if (!told) {
            super.exceptionCaught(context, cause);
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) throws Exception {
        letGo();
        if (awaiting) {
            tell(context, new AnswerFault(lost()));
        } else if (!told) {
            super.channelInactive(context);
        }
    }

    private UpstreamException.Kind lost() {
        return begun ? UpstreamException.Kind.CUT_OFF : UpstreamException.Kind.BROKEN;
    }

    private void silent(ChannelHandlerContext context) {
        if (awaiting && !begun) {
            tell(context, new AnswerFault(UpstreamException.Kind.SILENT));
            close(context);
        }
    }

    private void refuse(ChannelHandlerContext context, HttpObject object) {
        Throwable failure = object.decoderResult().cause();
        ReferenceCountUtil.release(object);
        if (awaiting) {
            boolean ended = failure instanceof PrematureChannelClosureException;
            tell(context, new AnswerFault(ended ? lost() : UpstreamException.Kind.MALFORMED));
        }
        close(context);
    }

    private void tell(ChannelHandlerContext context, AnswerFault fault) {
        awaiting = false;
        told = true;
        letGo();
        stopWaiting();
        context.fireExceptionCaught(fault);
    }

    private void stopWaiting() {
        if (silence != null) {
            silence.cancel(false);
            silence = null;
        }
    }

    @SuppressWarnings("FutureReturnValueIgnored") // the listener hears of it
    private void close(ChannelHandlerContext context) {
        awaiting = false;
        stopWaiting();
        context.channel().close().addListener(ChannelFutureListener.FIRE_EXCEPTION_ON_FAILURE);
    }
}
