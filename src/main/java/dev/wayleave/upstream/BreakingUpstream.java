package dev.wayleave.upstream;

import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig.SlidingWindowType;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * Stops asking a platform that fails: after half of the last twenty requests, for five seconds. A platform fails where it
 * cannot be reached, is silent, breaks off or answers 5xx; what it refuses, or what we refuse of it, is no failure.
 */
public final class BreakingUpstream implements Upstream {
    private static final int WINDOW = 20;
    private static final int TRIALS = 5;
    private static final Duration PAUSE = Duration.ofSeconds(5);
    private final Upstream upstream;
    private final CircuitBreaker breaker;

    public BreakingUpstream(Upstream upstream) {
        this.upstream = upstream;
        this.breaker = CircuitBreaker.of(
                "upstream",
                CircuitBreakerConfig.custom()
                        .slidingWindow(WINDOW, WINDOW, SlidingWindowType.COUNT_BASED)
                        .failureRateThreshold(50)
                        .waitDurationInOpenState(PAUSE)
                        .permittedNumberOfCallsInHalfOpenState(TRIALS)
                        .build());
    }

    @Override
    public UpstreamResponse send(UpstreamRequest request) throws UpstreamException {
        if (!breaker.tryAcquirePermission()) {
            throw new UpstreamException(UpstreamException.Kind.FAILING);
        }
        long began = System.nanoTime();
        try {
            UpstreamResponse response = upstream.send(request);
            if (response.status() >= 500) {
                breaker.onError(
                        since(began), TimeUnit.NANOSECONDS, new UpstreamException(UpstreamException.Kind.BROKEN));
            } else {
                breaker.onSuccess(since(began), TimeUnit.NANOSECONDS);
            }
            return response;
        } catch (UpstreamException e) {
            if (e.kind().isFailure()) {
                breaker.onError(since(began), TimeUnit.NANOSECONDS, e);
            } else {
                breaker.releasePermission();
            }
            throw e;
        } catch (RuntimeException e) {
            breaker.releasePermission();
            throw e;
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

    private static long since(long began) {
        return System.nanoTime() - began;
    }
}
