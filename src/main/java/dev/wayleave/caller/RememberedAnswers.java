package dev.wayleave.caller;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Ticker;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** What was said about tokens, by their keyed hash, for seconds. Holds no token. */
final class RememberedAnswers {
    /** How long a good answer counts unless the settings say otherwise; a token that is revoked works no longer than that. */
    static final Duration TTL = Duration.ofSeconds(30);

    private static final Duration REFUSED = Duration.ofSeconds(5);
    private static final int MOST_REFUSED = 10_000;

    /** How long a token that was good is asked about ahead of strangers. */
    private static final Duration REGULAR = Duration.ofMinutes(10);

    /** In bytes of tokens and of what was said about them. */
    private static final long MAX_WEIGHT = 16L * 1024 * 1024;

    private record Good(Authentication.Verified answer, Instant until, int weight) {}

    private final Cache<String, Good> good;
    private final Cache<String, Authentication> refused;
    private final Duration ttl;
    private final Clock clock;

    RememberedAnswers(Duration ttl, Clock clock) {
        Ticker ticker = () -> TimeUnit.MILLISECONDS.toNanos(clock.millis());
        this.ttl = ttl;
        this.clock = clock;
        this.good = Caffeine.newBuilder()
                .ticker(ticker)
                .expireAfterWrite(REGULAR)
                .maximumWeight(MAX_WEIGHT)
                .weigher((String key, Good entry) -> entry.weight())
                .executor(Runnable::run)
                .build();
        this.refused = Caffeine.newBuilder()
                .ticker(ticker)
                .expireAfterWrite(REFUSED)
                .maximumSize(MOST_REFUSED)
                .executor(Runnable::run)
                .build();
    }

    /** What still counts; null for nothing. */
    @Nullable
    Authentication find(String key) {
        Good entry = good.getIfPresent(key);
        if (entry != null && clock.instant().isBefore(entry.until())) {
            return entry.answer();
        }
        return refused.getIfPresent(key);
    }

    /** Whether this token was good within the last minutes. */
    boolean isRegular(String key) {
        return good.getIfPresent(key) != null;
    }

    /**
     * Counts until the time to live is over or the token ends, whichever comes first.
     *
     * @param asked when the question was sent: what happened after that, the answer may not know
     */
    void keep(String key, Authority.Vouched vouched, Instant asked) {
        Instant end = asked.plus(ttl);
        Instant expires = vouched.caller().expires();
        good.put(
                key,
                new Good(
                        new Authentication.Verified(vouched.caller()),
                        expires.isBefore(end) ? expires : end,
                        vouched.weight()));
    }

    void refuse(String key, Authentication refusal) {
        good.invalidate(key);
        refused.put(key, refusal);
    }
}
