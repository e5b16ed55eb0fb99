package dev.wayleave.upstream;

import io.github.resilience4j.core.IntervalFunction;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Sends a request that only reads again, where the fault may pass; any other is sent once. That is code and not
 * configuration: no setting can make a write be sent twice.
 */
public final class RetryingUpstream implements Upstream {
    private static final int MOST_ATTEMPTS = 3;
    private static final Set<Integer> PASSING = Set.of(502, 503, 504);
    /** A platform that asks for more is not waited for: the agent is told at once, and knows better what to do meanwhile. */
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(5);

    private static final Pattern SECONDS = Pattern.compile("\\d{1,4}");
    private final Upstream upstream;
    private final IntervalFunction backoff;
    private final InstantSource clock;

    /**
     * Wraps the way to one platform.
     *
     * @param firstPause about how long to wait before the second attempt; doubled and jittered after that
     */
    public RetryingUpstream(Upstream upstream, Duration firstPause, InstantSource clock) {
        this.upstream = upstream;
        this.backoff = IntervalFunction.ofExponentialRandomBackoff(firstPause, 2.0, 0.5);
        this.clock = clock;
    }

    @Override
    public UpstreamResponse send(UpstreamRequest request) throws UpstreamException {
        int attempt = 1;
        while (true) {
            try {
                UpstreamResponse response = upstream.send(request);
                if (!PASSING.contains(response.status()) || !mayTryAgain(request, attempt, pause(attempt, response))) {
                    return response;
                }
                rest(pause(attempt, response));
            } catch (UpstreamException e) {
                Duration pause = Duration.ofMillis(backoff.apply(attempt));
                if (!e.kind().mayPass() || !mayTryAgain(request, attempt, pause)) {
                    throw e;
                }
                rest(pause);
            }
            attempt++;
        }
    }

    @Override
    public boolean isFailing() {
        return upstream.isFailing();
    }

    @Override
    public void close() {
        upstream.close();
    }

    private boolean mayTryAgain(UpstreamRequest request, int attempt, Duration pause) {
        Instant next = clock.instant().plus(pause);
        return request.safe()
                && attempt < MOST_ATTEMPTS
                && pause.compareTo(LONGEST_PAUSE) <= 0
                && next.isBefore(request.deadline());
    }

    /** What the platform asks for, where it asks in seconds; else our own. */
    private Duration pause(int attempt, UpstreamResponse response) {
        Optional<Duration> asked = response.header("Retry-After")
                .filter(text -> SECONDS.matcher(text).matches())
                .map(text -> Duration.ofSeconds(Long.parseLong(text)));
        return asked.orElseGet(() -> Duration.ofMillis(backoff.apply(attempt)));
    }

    private static void rest(Duration pause) throws UpstreamException {
        try {
            Thread.sleep(pause);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new UpstreamException(UpstreamException.Kind.BROKEN, e);
        }
    }
}
