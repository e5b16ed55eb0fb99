package dev.wayleave.mcp;

import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.IntSupplier;

/**
 * Keeps clients to so many connections. One more ends the oldest on which nothing goes on, so that who only holds connections
 * keeps nobody out; where something goes on on all of them, it ends itself.
 */
final class Connections {
    private final IntSupplier most;
    private final AtomicLong numbers = new AtomicLong();
    private final AtomicInteger count = new AtomicInteger();
    private final Map<Long, Open> all = new ConcurrentSkipListMap<>();

    Connections(IntSupplier most) {
        this.most = most;
    }

    /** One of them. */
    private record Open(long number, Channel channel, RequestTimer timer) {}

    @SuppressWarnings("FutureReturnValueIgnored") // closing is told by the channel's own future
    void opened(Channel channel, RequestTimer timer) {
        long number = numbers.getAndIncrement();
        boolean full = count.incrementAndGet() > most.getAsInt();
        channel.closeFuture().addListener((ChannelFutureListener) closed -> {
            all.remove(number);
            count.decrementAndGet();
        });
        if (full && !endOldestIdle()) {
            channel.close();
        } else {
            all.put(number, new Open(number, channel, timer));
        }
    }

    @SuppressWarnings("FutureReturnValueIgnored") // as above
    private boolean endOldestIdle() {
        Optional<Open> oldest = all.values().stream()
                .filter(open -> open.timer().isIdle())
                .filter(open -> all.remove(open.number()) != null)
                .findFirst();
        oldest.ifPresent(open -> open.channel().eventLoop().execute(() -> {
            // a request may have come meanwhile
            if (open.timer().isIdle()) {
                open.channel().close();
            } else if (open.channel().isActive()) {
                all.put(open.number(), open);
            }
        }));
        return oldest.isPresent();
    }
}
