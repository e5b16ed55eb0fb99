package dev.wayleave.upstream;

import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * How many more requests an origin may get than there are calls: within any ten seconds a share of the calls in them, and
 * three, so that few calls may be repeated at all. Nothing is saved up while all is well, for the outage that comes after.
 */
final class RetryBudget {
    /** Of each hundred calls. */
    static final int SHARE = 10;

    private static final long WINDOW = Duration.ofSeconds(10).toMillis();
    private static final int COST = 100;
    private static final int FREE = 3 * COST;
    private final int share;
    private final InstantSource clock;

    /** What the retries before cost, less what the calls before earned. */
    private long owed;

    /** What was owed before each retry of the window; only those that are less than all later ones. */
    private final Deque<Owed> lowest = new ArrayDeque<>();

    private record Owed(long millis, long owed) {}

    RetryBudget(int share, InstantSource clock) {
        this.share = share;
        this.clock = clock;
    }

    /** A call is about to be made. */
    synchronized void called() {
        owed -= share;
    }

    /** Whether one request more may be sent; to be asked once for each. */
    synchronized boolean take() {
        long now = clock.millis();
        while (!lowest.isEmpty() && lowest.getFirst().millis() <= now - WINDOW) {
            lowest.removeFirst();
        }
        long least = lowest.isEmpty() ? owed : Math.min(owed, lowest.getFirst().owed());
        if (owed + COST - least > FREE) {
            return false;
        }
        while (!lowest.isEmpty() && lowest.getLast().owed() >= owed) {
            lowest.removeLast();
        }
        lowest.addLast(new Owed(now, owed));
        owed += COST;
        return true;
    }
}
