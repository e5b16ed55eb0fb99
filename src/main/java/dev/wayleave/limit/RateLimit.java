package dev.wayleave.limit;

import java.time.Duration;

/** So many in a minute, evenly, and up to a sixth of them at once (the generic cell rate algorithm). */
final class RateLimit {
    private static final long MINUTE = Duration.ofMinutes(1).toNanos();
    private static final int BURSTS = 6;
    private final long interval;
    private final long tolerance;
    private long next;

    RateLimit(int perMinute, long now) {
        this.interval = MINUTE / perMinute;
        this.tolerance = interval * (Math.max(1, perMinute / BURSTS) - 1);
        this.next = now;
    }

    /** How long to wait for the next one, in nanoseconds; zero lets this one through, and counts it. */
    synchronized long take(long now) {
        long earliest = next - now - tolerance;
        if (earliest > 0) {
            return earliest;
        }
        next = (next - now > 0 ? next : now) + interval;
        return 0;
    }
}
