package dev.wayleave.mcp;

import dev.wayleave.upstream.Cancellation;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpRequestWrapper;
import io.micronaut.http.server.netty.NettyHttpRequest;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelFutureListener;
import org.jspecify.annotations.Nullable;

/** Notices that a client goes away while its request is carried out: its connection ends. */
final class Departure implements AutoCloseable {
    private final Cancellation cancellation = new Cancellation();
    private final @Nullable ChannelFuture end;
    private final ChannelFutureListener listener = closed -> cancellation.cancel();
    private boolean streaming;

    private Departure(@Nullable ChannelFuture end) {
        this.end = end;
        if (end != null) {
            end.addListener(listener);
        }
    }

    static Departure of(HttpRequest<?> request) {
        return switch (request) {
            case NettyHttpRequest<?> netty ->
                new Departure(netty.getChannelHandlerContext().channel().closeFuture());
            case HttpRequestWrapper<?> wrapper -> of(wrapper.getDelegate());
            default -> new Departure(null);
        };
    }

    Cancellation cancellation() {
        return cancellation;
    }

    /** The answer goes on when the request has been handled: until the stream was read, or the client goes. */
    void waitFor(EventStream events) {
        streaming = true;
        cancellation.whenCancelled(events::close);
        events.whenClosed(this::forget);
    }

    @Override
    public void close() {
        if (!streaming) {
            forget();
        }
    }

    private void forget() {
        if (end != null) {
            end.removeListener(listener);
        }
    }
}
