package dev.wayleave.upstream;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Expiry;
import com.github.benmanes.caffeine.cache.RemovalCause;
import com.github.benmanes.caffeine.cache.Ticker;
import java.time.Duration;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/** The answers that are kept, bounded in bytes; no caller has more than a tenth of them. */
final class KeptAnswers {
    /** How long one that can be asked about by its ETag is kept beyond its life. */
    private static final Duration STALE = Duration.ofMinutes(10);

    private static final int SHARES = 10;
    private final long share;
    private final Ticker ticker;
    private final Changes changes;
    private final Cache<CacheKey, Kept> answers;
    private final ConcurrentHashMap<Kept.Owner, Long> held = new ConcurrentHashMap<>();
    private final LongAdder evicted = new LongAdder();

    KeptAnswers(long maxBytes, Ticker ticker, Changes changes) {
        this.share = maxBytes / SHARES;
        this.ticker = ticker;
        this.changes = changes;
        this.answers = Caffeine.newBuilder()
                .ticker(ticker)
                .expireAfter(Expiry.<CacheKey, Kept>writing((key, kept) ->
                        kept.etag() == null ? kept.lifetime() : kept.lifetime().plus(STALE)))
                .maximumWeight(maxBytes)
                .weigher((CacheKey key, Kept kept) -> kept.weight())
                .evictionListener((@Nullable CacheKey key, @Nullable Kept kept, RemovalCause cause) -> {
                    if (cause == RemovalCause.SIZE) {
                        evicted.increment();
                    }
                })
                .removalListener((@Nullable CacheKey key, @Nullable Kept kept, RemovalCause cause) -> {
                    if (kept != null) {
                        release(kept);
                    }
                })
                .executor(Runnable::run)
                .build();
    }

    /** What is kept and was not changed since; null for nothing. */
    @Nullable
    Kept find(CacheKey key) {
        Kept kept = answers.getIfPresent(key);
        return kept != null && stands(kept) ? kept : null;
    }

    /** What may be given as it is; null for nothing. */
    @Nullable
    Kept fresh(CacheKey key) {
        Kept kept = answers.getIfPresent(key);
        return kept != null && isFresh(kept) ? kept : null;
    }

    boolean isFresh(Kept kept) {
        return age(kept).compareTo(kept.lifetime()) < 0 && stands(kept);
    }

    /** Since it was asked for. */
    Duration age(Kept kept) {
        return Duration.ofNanos(Math.max(0, ticker.read() - kept.asked()));
    }

    /** Keeps it in place of what was asked for earlier, unless something was changed meanwhile, its owner has a full share, or there is no use in it. */
    void keep(CacheKey key, Kept kept) {
        Kept newer = find(key);
        if (!stands(kept) || (newer != null && newer.asked() - kept.asked() > 0)) {
            return;
        }
        answers.invalidate(key);
        if (!kept.freshness().isWorthKeeping()) {
            return;
        }
        long sum = held.merge(kept.owner(), (long) kept.weight(), Long::sum);
        if (sum > share) {
            release(kept);
        } else {
            answers.put(key, kept);
        }
    }

    void drop(CacheKey key) {
        answers.invalidate(key);
    }

    long evicted() {
        return evicted.sum();
    }

    long size() {
        return answers.estimatedSize();
    }

    /** About what all of them weigh. */
    long bytes() {
        return held.values().stream().mapToLong(Long::longValue).sum();
    }

    private boolean stands(Kept kept) {
        return !changes.since(kept.tenant(), kept.path(), kept.began());
    }

    private void release(Kept kept) {
        held.computeIfPresent(kept.owner(), (owner, sum) -> sum - kept.weight() <= 0 ? null : sum - kept.weight());
    }
}
