package dev.wayleave.mcp;

import dev.wayleave.caller.Authentication;
import dev.wayleave.caller.Caller;
import dev.wayleave.platform.ReloadSettings;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The clients that wait to be told that what they see listed has changed (MCP 2026-07-28, subscriptions): each until its
 * token ends or is no longer accepted, it goes away, or the server stops.
 */
final class Subscriptions implements AutoCloseable {
    static final String LISTEN = "subscriptions/listen";
    private static final Logger LOG = LoggerFactory.getLogger(Subscriptions.class);
    private static final Duration LOOK_AGAIN = Duration.ofMinutes(5);
    private final Function<String, @Nullable Endpoint> endpoints;
    private final ReloadSettings settings;
    private final Duration keepAlive;
    private final InstantSource clock;
    private final Set<Subscription> open = ConcurrentHashMap.newKeySet();
    private final Set<Subscription> putOff = ConcurrentHashMap.newKeySet();
    private final @Nullable ScheduledThreadPoolExecutor timer;
    private boolean closed;

    /**
     * None yet.
     *
     * @param endpoints enters the endpoint that is now at a path
     * @param keepAlive after which the silence of a stream is broken
     */
    Subscriptions(
            Function<String, @Nullable Endpoint> endpoints,
            ReloadSettings settings,
            Duration keepAlive,
            InstantSource clock) {
        this.endpoints = endpoints;
        this.settings = settings;
        this.keepAlive = keepAlive;
        this.clock = clock;
        this.timer = settings.on() ? timer() : null;
    }

    private static ScheduledThreadPoolExecutor timer() {
        ScheduledThreadPoolExecutor timer = new ScheduledThreadPoolExecutor(
                1, Thread.ofVirtual().name("subscriptions").factory());
        timer.setRejectedExecutionHandler(new ThreadPoolExecutor.DiscardPolicy());
        return timer;
    }

    /** Whether there can be any: only a reload changes a list. */
    boolean isOn() {
        return settings.on();
    }

    /** A stream that begins with an acknowledgement. */
    Reply open(Endpoint at, Caller caller, Message.Call call, Request request) throws ProtocolError {
        if (!SlowCalls.takesEvents(request)) {
            throw ProtocolError.http(406, "The answer is text/event-stream.", Map.of());
        }
        EventStream events = new EventStream(keepAlive);
        Subscription subscription = new Subscription(at, caller, call, events);
        admit(subscription);
        request.gone().whenCancelled(() -> open.remove(subscription));
        follow(subscription, caller.expires());
        // a reload since then was not told
        refresh(subscription);
        return Reply.of(events);
    }

    private synchronized void admit(Subscription subscription) throws ProtocolError {
        open.removeIf(Subscription::isOver);
        long own = open.stream()
                .filter(other -> other.owner().equals(subscription.owner()))
                .count();
        if (own >= settings.perCaller()) {
            throw ProtocolError.http(
                    429, "You listen to as many streams as one caller may.", Map.of("Retry-After", "60"));
        }
        if (closed || open.size() >= settings.listeners()) {
            throw ProtocolError.http(503, "There is no room for another listener.", Map.of("Retry-After", "60"));
        }
        open.add(subscription);
    }

    /** Looks at the lists of everybody who listens, in its own time. */
    void changed() {
        if (!open.isEmpty()) {
            Thread.ofVirtual().name("list-changes").start(() -> open.forEach(this::refresh));
        }
    }

    /** Ends it where its token is no longer accepted; tells what its caller sees changed, and in doubt that it may have. */
    private void refresh(Subscription subscription) {
        synchronized (subscription) {
            refreshAlone(subscription);
        }
    }

    private void refreshAlone(Subscription subscription) {
        Endpoint endpoint = endpoints.apply(subscription.path());
        if (endpoint == null) {
            end(subscription);
            return;
        }
        try {
            switch (endpoint.platform().verifier().verify(subscription.credentials())) {
                case Authentication.Verified verified -> show(endpoint, verified.caller(), subscription);
                case Authentication.Refused refused -> end(subscription);
                case Authentication.Unavailable unavailable -> putOff(subscription, unavailable.retryAfter());
            }
        } catch (ProtocolError | RuntimeException e) {
            LOG.warn("what a listener sees could not be told from what it saw", e);
            subscription.show(Map.of());
        } finally {
            endpoint.leave();
        }
    }

    /** Whose token cannot be judged now still sees what it saw, as far as it is told. */
    private void putOff(Subscription subscription, Duration pause) {
        if (putOff.add(subscription)) {
            later(pause.compareTo(LOOK_AGAIN) > 0 ? LOOK_AGAIN : pause, () -> {
                putOff.remove(subscription);
                if (open.contains(subscription)) {
                    refresh(subscription);
                }
            });
        }
    }

    private void show(Endpoint endpoint, Caller caller, Subscription subscription) throws ProtocolError {
        if (endpoint.platform().policy().closed(caller) != null) {
            end(subscription);
        } else {
            subscription.show(endpoint.seen(caller));
        }
    }

    /** It ends with its token; until then its caller is looked at again now and then. */
    private void follow(Subscription subscription, Instant expires) {
        Instant now = clock.instant();
        Duration left = expires.isAfter(now.plus(LOOK_AGAIN)) ? LOOK_AGAIN : Duration.between(now, expires);
        later(left, () -> due(subscription, expires));
    }

    @SuppressWarnings("FutureReturnValueIgnored") // it does nothing where the subscription has ended before
    private void later(Duration pause, Runnable look) {
        if (timer != null) {
            timer.schedule(
                    () -> Thread.ofVirtual().start(look), Math.max(pause.toMillis(), 0) + 1, TimeUnit.MILLISECONDS);
        }
    }

    private void due(Subscription subscription, Instant expires) {
        if (!clock.instant().isBefore(expires)) {
            end(subscription);
        } else if (open.contains(subscription)) {
            refresh(subscription);
            follow(subscription, expires);
        }
    }

    private void end(Subscription subscription) {
        if (open.remove(subscription)) {
            subscription.end();
        }
    }

    /** Ends all, and lets no more begin. */
    @Override
    public void close() {
        synchronized (this) {
            closed = true;
        }
        open.forEach(this::end);
        if (timer != null) {
            timer.shutdownNow();
        }
    }
}
