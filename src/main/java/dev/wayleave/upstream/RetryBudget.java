package dev.wayleave.upstream;

import java.time.Duration;
import java.time.InstantSource;

/**
 * How many more requests an origin may get than there are calls: a share of the calls, and three in each ten seconds, so that
 * few calls may be repeated at all. What is not used is kept for a short outage, and no longer one.
 */
final class RetryBudget {
    /** Of each hundred calls. */
    static final int SHARE = 10;

    private static final long WINDOW = Duration.ofSeconds(10).toMillis();
    private static final int FREE = 3;
    private static final int COST = 100;
    private static final int MOST_KEPT = 50 * COST;
    private final int share;
    private final InstantSource clock;
    private int earned;
    private long window = Long.MIN_VALUE;
    private int free;

    RetryBudget(int share, InstantSource clock) {
        this.share = share;
        this.clock = clock;
    }

    /** A call is about to be made. */
    synchronized void called() {
        earned = Math.min(MOST_KEPT, earned + share);
    }

    /** Whether one request more may be sent; to be asked once for each. */
    synchronized boolean take() {
        if (earned >= COST) {
            earned -= COST;
            return true;
        }
        long now = Math.floorDiv(clock.millis(), WINDOW);
        if (now != window) {
            window = now;
            free = FREE;
        }
        return free-- > 0;
    }
}
