package dev.wayleave.upstream;

import java.time.Duration;
import java.time.InstantSource;
import java.util.random.RandomGenerator;

/** The way to one origin with what guards it: a breaker around the attempts of each call, and those within a budget. */
public final class OriginUpstream implements Upstream {
    private static final Duration FIRST_PAUSE = Duration.ofMillis(100);
    private final RetryingUpstream retrying;
    private final BreakingUpstream breaking;

    /**
     * Wraps it.
     *
     * @param http makes one attempt
     * @param hints what is known of its failures
     */
    public OriginUpstream(Upstream http, Hints hints, RandomGenerator random, InstantSource clock) {
        this(http, hints, new RetryBudget(RetryBudget.SHARE, clock), random, clock);
    }

    OriginUpstream(Upstream http, Hints hints, RetryBudget budget, RandomGenerator random, InstantSource clock) {
        this.retrying = new RetryingUpstream(http, hints, budget, FIRST_PAUSE, random, clock);
        this.breaking = new BreakingUpstream(retrying, hints, clock);
    }

    /**
     * What became of all calls so far.
     *
     * @param calls that were made, each of one attempt or more
     * @param retries attempts beyond the first ones
     * @param withheld retries that were worth it, and beyond the budget
     * @param breaker {@code closed}, {@code open} or {@code half_open}
     * @param refused calls that were not made, because the breaker was open
     */
    public record Reading(long calls, long retries, long withheld, String breaker, long refused) {}

    public Reading reading() {
        return new Reading(
                retrying.calls(), retrying.retries(), retrying.withheld(), breaking.state(), breaking.refused());
    }

    @Override
    public UpstreamResponse send(UpstreamRequest request) throws UpstreamException {
        return breaking.send(request);
    }

    @Override
    public boolean isFailing() {
        return breaking.isFailing();
    }

    @Override
    public void close() {
        breaking.close();
    }
}
