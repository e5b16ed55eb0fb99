package dev.wayleave.limit;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.time.Duration;

/** Rate limits of one class of calls: of each caller, and of all together. */
final class Rates {
    private static final int MOST_CALLERS = 10_000;
    private static final Duration FORGOTTEN = Duration.ofMinutes(2);
    private final int perCaller;
    private final int together;
    private final Cache<String, RateLimit> limits = Caffeine.newBuilder()
            .maximumSize(MOST_CALLERS)
            .expireAfterAccess(FORGOTTEN)
            .executor(Runnable::run)
            .build();
    private final RateLimit all;

    /** @param perCaller and {@code together} in a minute; zero for any number */
    Rates(int perCaller, int together, long now) {
        this.perCaller = perCaller;
        this.together = together;
        this.all = new RateLimit(Math.max(1, together), now);
    }

    /** How long this caller is to wait, in nanoseconds; zero for not at all. */
    long ofCaller(String caller, long now) {
        return perCaller == 0
                ? 0
                : limits.get(caller, absent -> new RateLimit(perCaller, now)).take(now);
    }

    /** How long anybody is to wait, in nanoseconds; zero for not at all. */
    long ofAll(long now) {
        return together == 0 ? 0 : all.take(now);
    }
}
