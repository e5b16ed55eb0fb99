package dev.wayleave.upstream;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Set;
import java.util.concurrent.atomic.LongAdder;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Sends a request again where the fault may pass: one that may be repeated, where no byte of an answer had come or a whole one
 * says that it passes; any other only where no connection came about, so that nothing was sent. That is code and not
 * configuration: no setting can make a write be sent twice.
 */
final class RetryingUpstream implements Upstream {
    private static final int MOST_ATTEMPTS = 3;
    private static final int TOO_MANY = 429;
    private static final Set<Integer> PASSING = Set.of(502, 503, 504);

    /** A platform that asks for more is not waited for: the agent is told at once, and knows better what to do meanwhile. */
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(5);

    private final Upstream upstream;
    private final Hints hints;
    private final RetryBudget budget;
    private final Duration firstPause;
    private final RandomGenerator random;
    private final InstantSource clock;
    private final LongAdder calls = new LongAdder();
    private final LongAdder retries = new LongAdder();
    private final LongAdder withheld = new LongAdder();

    /**
     * Wraps the way to one origin.
     *
     * @param firstPause the longest before the second attempt; doubled for the third
     */
    RetryingUpstream(
            Upstream upstream,
            Hints hints,
            RetryBudget budget,
            Duration firstPause,
            RandomGenerator random,
            InstantSource clock) {
        this.upstream = upstream;
        this.hints = hints;
        this.budget = budget;
        this.firstPause = firstPause;
        this.random = random;
        this.clock = clock;
    }

    @Override
    public UpstreamResponse send(UpstreamRequest request) throws UpstreamException {
        calls.increment();
        budget.called();
        int attempt = 1;
        while (true) {
            Duration pause;
            try {
                UpstreamResponse response = upstream.send(request);
                pause = pause(request, attempt, response);
                if (pause == null || !mayTryAgain(request, attempt, pause)) {
                    return response;
                }
            } catch (UpstreamException e) {
                pause = mayPass(request, e.kind()) ? jitter(attempt) : null;
                if (pause == null || !mayTryAgain(request, attempt, pause)) {
                    throw e;
                }
            }
            retries.increment();
            rest(request, pause);
            attempt++;
        }
    }

    @Override
    public void close() {
        upstream.close();
    }

    long calls() {
        return calls.sum();
    }

    long retries() {
        return retries.sum();
    }

    /** How often another attempt was worth it, and beyond the budget. */
    long withheld() {
        return withheld.sum();
    }

    private static boolean mayPass(UpstreamRequest request, UpstreamException.Kind kind) {
        return switch (kind) {
            case UNREACHABLE -> true;
            case BROKEN, SILENT -> request.repeatable();
            case TIMED_OUT,
                    CUT_OFF,
                    INSECURE,
                    EXPIRED,
                    CANCELLED,
                    FAILING,
                    NOT_RECORDED,
                    MALFORMED,
                    TOO_LARGE,
                    NO_ROOM,
                    REFUSED_ADDRESS,
                    PRIVATE_ADDRESS -> false;
        };
    }

    /** How long to wait after an answer: as long as the platform or its owner says, else as we think; null to take it. */
    private @Nullable Duration pause(UpstreamRequest request, int attempt, UpstreamResponse response) {
        boolean passing = PASSING.contains(response.status());
        if (!request.repeatable() || !(passing || response.status() == TOO_MANY)) {
            return null;
        }
        Hints.Hint hint = hints.of(response);
        Duration told = response.header("retry-after")
                .map(seconds -> Duration.ofSeconds(Long.parseLong(seconds)))
                .orElse(hint.after());
        if (hint.isFinal() || (told == null && !passing)) {
            return null;
        }
        // those who were told the same do not all come back at once
        return told == null ? jitter(attempt) : told.plus(jitter(1));
    }

    private boolean mayTryAgain(UpstreamRequest request, int attempt, Duration pause) {
        Instant next = clock.instant().plus(pause);
        boolean worth = attempt < MOST_ATTEMPTS
                && pause.compareTo(LONGEST_PAUSE.plus(firstPause)) <= 0
                && next.isBefore(request.deadline());
        boolean may = worth && budget.take();
        if (worth && !may) {
            withheld.increment();
        }
        return may;
    }

    /** Anything from nothing to twice as much for each attempt: full jitter. */
    private Duration jitter(int attempt) {
        return Duration.ofNanos(random.nextLong((firstPause.toNanos() << (attempt - 1)) + 1));
    }

    private static void rest(UpstreamRequest request, Duration pause) throws UpstreamException {
        try {
            request.trail().cancellation().rest(pause);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new UpstreamException(UpstreamException.Kind.CANCELLED, e);
        }
    }
}
