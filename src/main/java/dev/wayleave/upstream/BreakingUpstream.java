package dev.wayleave.upstream;

import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreaker.State;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig.SlidingWindowType;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;

/**
 * Stops asking an origin that fails: after half of the last twenty calls, for five seconds; then some try. It fails where it
 * cannot be reached, is silent, breaks off or answers 5xx, whatever was tried within a call; what it refuses, what we refuse
 * of it, what we give up, an answer that its owner tells of in particular, and a 503 of which the owner says when it passes,
 * is none. What a call comes to that began before the last change of state says nothing of what came after it.
 */
final class BreakingUpstream implements Upstream {
    private static final int WINDOW = 20;
    private static final int TRIALS = 5;
    private static final int UNAVAILABLE = 503;

    /** How long nothing is asked; and how long a trial may take before another one is made in its place. */
    private static final Duration PAUSE = Duration.ofSeconds(5);

    private final Upstream upstream;
    private final Hints hints;
    private final InstantSource clock;
    private final CircuitBreaker breaker;
    private final LongAdder refused = new LongAdder();
    private final Deque<Admission> trials = new ArrayDeque<>();
    private Instant opens = Instant.MIN;
    private long changes;

    private enum Outcome {
        WELL,
        FAILED,
        NONE
    }

    /**
     * That a call was let through.
     *
     * @param after how many changes of state
     * @param until when it keeps its place if it is a trial
     */
    private record Admission(long after, Instant until) {}

    BreakingUpstream(Upstream upstream, Hints hints, InstantSource clock) {
        this.upstream = upstream;
        this.hints = hints;
        this.clock = clock;
        this.breaker = CircuitBreaker.of(
                "upstream",
                CircuitBreakerConfig.custom()
                        .slidingWindow(WINDOW, WINDOW, SlidingWindowType.COUNT_BASED)
                        .failureRateThreshold(50)
                        // it counts what is longer, not what is as long
                        .waitDurationInOpenState(PAUSE.minusMillis(1))
                        .permittedNumberOfCallsInHalfOpenState(TRIALS)
                        .clock(clock.withZone(ZoneOffset.UTC))
                        .build());
        breaker.getEventPublisher()
                .onStateTransition(event -> changed(event.getStateTransition().getToState()));
    }

    @Override
    public UpstreamResponse send(UpstreamRequest request) throws UpstreamException {
        Admission admission = admit();
        Outcome outcome = Outcome.NONE;
        try {
            UpstreamResponse response = upstream.send(request);
            outcome = isFailure(response) ? Outcome.FAILED : Outcome.WELL;
            return response;
        } catch (UpstreamException e) {
            outcome = e.kind().isFailure() ? Outcome.FAILED : Outcome.NONE;
            throw e;
        } finally {
            judge(admission, outcome);
        }
    }

    /** Until somebody asks it again. */
    @Override
    public boolean isFailing() {
        return breaker.getState() == State.OPEN;
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

    private synchronized Admission admit() throws UpstreamException {
        Instant now = clock.instant();
        while (!trials.isEmpty() && !trials.getFirst().until().isAfter(now)) {
            trials.removeFirst();
            breaker.releasePermission();
        }
        if (!breaker.tryAcquirePermission()) {
            refused.increment();
            Instant next = trials.isEmpty() ? opens : trials.getFirst().until();
            throw new UpstreamException(UpstreamException.Kind.FAILING, Duration.between(now, next));
        }
        Admission admission = new Admission(changes, now.plus(PAUSE));
        if (breaker.getState() == State.HALF_OPEN) {
            trials.addLast(admission);
        }
        return admission;
    }

    private synchronized void judge(Admission admission, Outcome outcome) {
        if (admission.after() != changes) {
            return;
        }
        boolean held = trials.remove(admission);
        switch (outcome) {
            case WELL -> breaker.onSuccess(0, TimeUnit.NANOSECONDS);
            case FAILED ->
                breaker.onError(0, TimeUnit.NANOSECONDS, new UpstreamException(UpstreamException.Kind.BROKEN));
            case NONE -> {
                if (held) {
                    breaker.releasePermission();
                }
            }
        }
    }

    /** All changes come of what is admitted and judged here. */
    private synchronized void changed(State now) {
        changes++;
        trials.clear();
        if (now == State.OPEN) {
            opens = clock.instant().plus(PAUSE);
        }
    }

    private boolean isFailure(UpstreamResponse response) {
        if (response.status() < 500) {
            return false;
        }
        Hints.Hint hint = hints.of(response);
        return !(hint.particular() || (response.status() == UNAVAILABLE && hint.isExpected()));
    }
}
