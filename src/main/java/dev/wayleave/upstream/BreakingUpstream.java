package dev.wayleave.upstream;

import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig.SlidingWindowType;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;

/**
 * Stops asking an origin that fails: after half of the last twenty calls, for five seconds. It fails where it cannot be
 * reached, is silent, breaks off or answers 5xx, whatever was tried within a call; what it refuses, what we refuse of it,
 * what we give up, an answer that its owner tells of in particular, and a 503 of which the owner says when it passes, is none.
 */
final class BreakingUpstream implements Upstream {
    private static final int WINDOW = 20;
    private static final int TRIALS = 5;
    private static final int UNAVAILABLE = 503;
    private static final Duration PAUSE = Duration.ofSeconds(5);
    private static final Duration TRIAL = Duration.ofSeconds(1);
    private final Upstream upstream;
    private final Hints hints;
    private final InstantSource clock;
    private final CircuitBreaker breaker;
    private final LongAdder refused = new LongAdder();
    private volatile Instant opens = Instant.MIN;

    BreakingUpstream(Upstream upstream, Hints hints, InstantSource clock) {
        this.upstream = upstream;
        this.hints = hints;
        this.clock = clock;
        this.breaker = CircuitBreaker.of(
                "upstream",
                CircuitBreakerConfig.custom()
                        .slidingWindow(WINDOW, WINDOW, SlidingWindowType.COUNT_BASED)
                        .failureRateThreshold(50)
                        .waitDurationInOpenState(PAUSE)
                        .permittedNumberOfCallsInHalfOpenState(TRIALS)
                        .build());
        breaker.getEventPublisher().onStateTransition(event -> {
            if (event.getStateTransition().getToState() == CircuitBreaker.State.OPEN) {
                opens = clock.instant().plus(PAUSE);
            }
        });
    }

    @Override
    public UpstreamResponse send(UpstreamRequest request) throws UpstreamException {
        if (!breaker.tryAcquirePermission()) {
            refused.increment();
            throw new UpstreamException(UpstreamException.Kind.FAILING, left());
        }
        long began = System.nanoTime();
        boolean told = false;
        try {
            UpstreamResponse response = upstream.send(request);
            told = true;
            if (isFailure(response)) {
                breaker.onError(
                        since(began), TimeUnit.NANOSECONDS, new UpstreamException(UpstreamException.Kind.BROKEN));
            } else {
                breaker.onSuccess(since(began), TimeUnit.NANOSECONDS);
            }
            return response;
        } catch (UpstreamException e) {
            if (e.kind().isFailure()) {
                told = true;
                breaker.onError(since(began), TimeUnit.NANOSECONDS, e);
            }
            throw e;
        } finally {
            if (!told) {
                breaker.releasePermission();
            }
        }
    }

    /** Until somebody asks it again with success. */
    @Override
    public boolean isFailing() {
        return breaker.getState() == CircuitBreaker.State.OPEN;
    }

    @Override
    public void close() {
        upstream.close();
    }

    /** {@code closed} while all is well, {@code open} while nothing is asked, {@code half_open} while some try. */
    String state() {
        return breaker.getState().name().toLowerCase(Locale.ROOT);
    }

    /** How many calls were not made. */
    long refused() {
        return refused.sum();
    }

    private boolean isFailure(UpstreamResponse response) {
        if (response.status() < 500) {
            return false;
        }
        Hints.Hint hint = hints.of(response);
        return !(hint.particular() || (response.status() == UNAVAILABLE && hint.isExpected()));
    }

    /** How long nothing is asked; while some try, how long those may take that are not held up. */
    private Duration left() {
        Duration left = Duration.between(clock.instant(), opens);
        return left.compareTo(TRIAL) < 0 ? TRIAL : left;
    }

    private static long since(long began) {
        return System.nanoTime() - began;
    }
}
