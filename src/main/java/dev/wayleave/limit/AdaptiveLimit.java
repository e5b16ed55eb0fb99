package dev.wayleave.limit;

import java.util.HashMap;
import java.util.Map;

/**
 * Finds out how many calls at a time a platform can take, by how long they take. What a kind of call usually takes is learned
 * while few are under way; where all kinds take longer than that, calls wait inside the platform, and by Little's law so many
 * are enough as would be under way if they did not. A change of what is called changes nothing, since each kind is compared
 * with itself.
 */
final class AdaptiveLimit {
    private static final long WINDOW = 100_000_000;
    private static final int LEAST_SAMPLES = 20;

    /** A single call that is stuck does not count for more. */
    private static final double LONGEST = 10;

    private static final double FAST = 1.3;
    private static final double SLOW = 1.75;
    private static final double WANTED = 1.4;
    private static final double LEARNING = 0.05;

    private final int least;
    private final int most;
    private final Map<String, Usual> usual = new HashMap<>();
    private int limit;
    private long began;
    private int samples;
    private double ratios;
    private double underWay;

    /** @param least below which it never goes, and below which is learned what is usual */
    AdaptiveLimit(int least, int most) {
        this.least = Math.min(least, most);
        this.most = most;
        this.limit = most;
    }

    /** What one kind of call takes, in nanoseconds; a guess until one was seen while few were under way. */
    private record Usual(double nanos, boolean guess) {
        Usual with(long took, boolean quiet) {
            if (!quiet) {
                return guess && took < nanos ? new Usual(took, true) : this;
            }
            return new Usual(guess ? took : nanos + LEARNING * (took - nanos), false);
        }
    }

    /**
     * Takes a call that has ended into account.
     *
     * @param kind one of few
     * @param took in nanoseconds
     * @param with how many were under way when it began, itself included
     * @return how many may be under way from now on
     */
    synchronized int ended(String kind, long took, int with, long now) {
        long nanos = Math.max(1, took);
        boolean quiet = with <= least;
        Usual known = usual.getOrDefault(kind, new Usual(nanos, true)).with(nanos, quiet);
        usual.put(kind, known);
        if (samples == 0) {
            began = now;
        }
        samples++;
        ratios += Math.min(LONGEST, nanos / known.nanos());
        underWay += with;
        if (samples >= LEAST_SAMPLES && now - began >= WINDOW) {
            decide(ratios / samples, underWay / samples);
            samples = 0;
            ratios = 0;
            underWay = 0;
        }
        return limit;
    }

    private void decide(double ratio, double mean) {
        if (ratio > SLOW && mean > least) {
            limit = Math.max(least, (int) Math.min(limit, WANTED * mean / ratio));
        } else if (ratio < FAST && mean * 2 >= limit) {
            limit = Math.min(most, limit + Math.max(1, limit / 10));
        }
    }
}
