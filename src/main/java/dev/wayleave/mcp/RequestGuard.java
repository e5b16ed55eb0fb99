package dev.wayleave.mcp;

import dev.wayleave.upstream.BodyRoom;
import io.micronaut.context.BeanProvider;
import io.micronaut.context.event.BeanCreatedEvent;
import io.micronaut.context.event.BeanCreatedEventListener;
import io.micronaut.http.netty.channel.ChannelPipelineCustomizer;
import io.micronaut.http.server.netty.NettyServerCustomizer;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.handler.codec.http.TooLongHttpHeaderException;
import io.netty.handler.codec.http.TooLongHttpLineException;
import io.netty.handler.timeout.IdleStateEvent;
import io.netty.util.ReferenceCountUtil;
import jakarta.inject.Singleton;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Ends a connection whose bytes are not HTTP/1.1 as soon as that shows, with one answer: a request that was only half
 * understood is never carried out, and nothing that follows it is read (RFC 9112 §2.2, §7.1). A body for which there is no
 * room in memory is not taken either.
 */
@Singleton
class RequestGuard implements BeanCreatedEventListener<NettyServerCustomizer.Registry> {
    private final Connections connections;

    RequestGuard(BeanProvider<Endpoints> endpoints) {
        this.connections = new Connections(() -> endpoints.get().connections());
    }

    @Override
    public NettyServerCustomizer.Registry onCreated(BeanCreatedEvent<NettyServerCustomizer.Registry> event) {
        event.getBean().register(new Guarding(connections));
        return event.getBean();
    }

    /** Puts a handler behind the codec of each connection, and one in front of it. */
    private record Guarding(Connections connections) implements NettyServerCustomizer {
        @Override
        public NettyServerCustomizer specializeForChannel(Channel channel, ChannelRole role) {
            if (role == ChannelRole.LISTENER) {
                return this;
            }
            return new NettyServerCustomizer() {
                @Override
                public void onStreamPipelineBuilt() {
                    String codec = ChannelPipelineCustomizer.HANDLER_HTTP_SERVER_CODEC;
                    if (channel.pipeline().get(codec) != null) {
                        Handler handler = new Handler();
                        channel.pipeline()
                                .addBefore(codec, "request-timer", handler.timer)
                                .addAfter(codec, "request-guard", handler);
                        connections.opened(channel, handler.timer);
                    }
                }
            };
        }
    }

    /** Belongs to one connection. */
    private static final class Handler extends ChannelDuplexHandler {
        private static final Pattern ABSOLUTE = Pattern.compile("[A-Za-z][A-Za-z0-9+.-]*://([^/?#]*)");
        private final RequestTimer timer = new RequestTimer(this::tooLate);
        private boolean refused;
        private @Nullable ChannelHandlerContext own;

        /** Requests of which a head was read, and no head of an answer written. */
        private int unanswered;

        /** What came of them, in bytes; what comes after the answer is not kept by anybody. */
        private long held;

        @Override
        public void handlerAdded(ChannelHandlerContext context) {
            own = context;
        }

        private void tooLate() {
            if (own != null && !refused) {
                refuse(own, LastHttpContent.EMPTY_LAST_CONTENT, HttpResponseStatus.REQUEST_TIMEOUT);
            }
        }

        @Override
        public void channelRead(ChannelHandlerContext context, Object message) throws Exception {
            if (refused) {
                ReferenceCountUtil.release(message);
            } else if (message instanceof HttpObject object
                    && object.decoderResult().isFailure()) {
                refuse(context, message, status(object.decoderResult().cause()));
            } else if (message instanceof HttpRequest request
                    && request.protocolVersion().majorVersion() != 1) {
                refuse(context, message, HttpResponseStatus.HTTP_VERSION_NOT_SUPPORTED);
            } else if (message instanceof HttpRequest request
                    && request.method().equals(HttpMethod.CONNECT)) {
                // what follows would be for somebody else
                refuse(context, message, HttpResponseStatus.NOT_IMPLEMENTED);
            } else if (message instanceof HttpRequest request && namesTwoHosts(request)) {
                refuse(context, message, HttpResponseStatus.BAD_REQUEST);
            } else if (message instanceof HttpContent content && !holds(content)) {
                refuse(context, message, HttpResponseStatus.SERVICE_UNAVAILABLE);
            } else {
                if (message instanceof HttpRequest) {
                    unanswered++;
                    timer.headWasRead();
                }
                if (message instanceof LastHttpContent) {
                    timer.endWasRead();
                }
                super.channelRead(context, message);
            }
        }

        private boolean holds(HttpContent content) {
            int bytes = unanswered > 0 ? content.content().readableBytes() : 0;
            if (!BodyRoom.REQUESTS.take(held, bytes)) {
                return false;
            }
            held += bytes;
            return true;
        }

        @Override
        @SuppressWarnings("FutureReturnValueIgnored") // it is told to the promise
        public void write(ChannelHandlerContext context, Object message, ChannelPromise promise) throws Exception {
            boolean provisional = message instanceof HttpResponse response
                    && response.status().code() < 200;
            if (message instanceof HttpResponse && !provisional) {
                timer.isAnswering();
                unanswered--;
                if (unanswered <= 0) {
                    letGo();
                }
            }
            if (message instanceof HttpContent content && !provisional) {
                // it is there until it has gone out, which a slow reader decides
                int bytes = content.content().readableBytes();
                boolean last = message instanceof LastHttpContent;
                BodyRoom.ANSWERS.keep(bytes);
                super.write(context, message, promise.unvoid().addListener(written -> goneOut(context, bytes, last)));
            } else {
                super.write(context, message, promise);
            }
        }

        private void goneOut(ChannelHandlerContext context, int bytes, boolean last) {
            BodyRoom.ANSWERS.give(bytes);
            if (last) {
                timer.wasAnswered(context);
            }
        }

        @Override
        public void channelInactive(ChannelHandlerContext context) throws Exception {
            letGo();
            super.channelInactive(context);
        }

        private void letGo() {
            BodyRoom.REQUESTS.give(held);
            held = 0;
        }

        /** A connection is not idle while its call is under way, however long that takes. */
        @Override
        public void userEventTriggered(ChannelHandlerContext context, Object event) throws Exception {
            if (!(event instanceof IdleStateEvent) || !timer.isWorkedOn()) {
                super.userEventTriggered(context, event);
            }
        }

        /** An absolute target beside a {@code Host} that differs: whoever reads the one would not see the other. */
        private static boolean namesTwoHosts(HttpRequest request) {
            Matcher absolute = ABSOLUTE.matcher(request.uri());
            return absolute.lookingAt()
                    && !absolute.group(1).equalsIgnoreCase(request.headers().get(HttpHeaderNames.HOST));
        }

        private static HttpResponseStatus status(Throwable cause) {
            if (cause instanceof TooLongHttpHeaderException) {
                return HttpResponseStatus.REQUEST_HEADER_FIELDS_TOO_LARGE;
            }
            return cause instanceof TooLongHttpLineException
                    ? HttpResponseStatus.REQUEST_URI_TOO_LONG
                    : HttpResponseStatus.BAD_REQUEST;
        }

        @SuppressWarnings("FutureReturnValueIgnored") // the listener closes whatever came of it
        private void refuse(ChannelHandlerContext context, Object message, HttpResponseStatus status) {
            refused = true;
            ReferenceCountUtil.release(message);
            byte[] body = JsonRpc.error(null, ProtocolError.http(status.code(), status.reasonPhrase(), Map.of()));
            DefaultFullHttpResponse response =
                    new DefaultFullHttpResponse(HttpVersion.HTTP_1_1, status, Unpooled.wrappedBuffer(body));
            response.headers()
                    .set(HttpHeaderNames.CONTENT_TYPE, "application/json")
                    .set(HttpHeaderNames.CONTENT_LENGTH, body.length)
                    .set(HttpHeaderNames.CONNECTION, HttpHeaderValues.CLOSE);
            if (status.equals(HttpResponseStatus.SERVICE_UNAVAILABLE)) {
                response.headers().set(HttpHeaderNames.RETRY_AFTER, 1);
            }
            context.writeAndFlush(response).addListener(ChannelFutureListener.CLOSE);
        }
    }
}
