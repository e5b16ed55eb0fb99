package dev.wayleave.call;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Expiry;
import dev.wayleave.caller.Caller;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * What this process did after a question, for as long as the state that led to it could be brought back. There is one for each
 * endpoint, which outlives every reload of it; nobody can fill it for the others.
 */
public final class DoneOnce {
    private static final int MOST = 100_000;
    private static final int OF_ONE_CALLER = 10_000;
    private final String instance;
    private final int most;
    private final int ofOneCaller;
    private final Map<String, Integer> held = new HashMap<>();
    private final Cache<String, String> done;
    private Duration longest = Duration.ZERO;

    /** @param instance what tells this process from others, which nobody can foresee */
    public DoneOnce(String instance, InstantSource clock) {
        this(instance, clock, MOST, OF_ONE_CALLER);
    }

    DoneOnce(String instance, InstantSource clock, int most, int ofOneCaller) {
        this.instance = instance;
        this.most = most;
        this.ofOneCaller = ofOneCaller;
        this.done = Caffeine.newBuilder()
                .ticker(() -> TimeUnit.MILLISECONDS.toNanos(clock.millis()))
                .expireAfter(Expiry.<String, String>writing((once, owner) -> longest.plusSeconds(1)))
                .removalListener((once, owner, why) ->
                        held.computeIfPresent(String.valueOf(owner), (same, count) -> count == 1 ? null : count - 1))
                .executor(Runnable::run)
                .build();
    }

    /** What came of wanting to do something. */
    enum Claim {
        FIRST,
        AGAIN,
        /** There is no room to remember it, so it is not to be done. */
        TOO_MANY
    }

    String instance() {
        return instance;
    }

    /** From now on states last so long, or as long as those that were made before a reload. */
    synchronized void lasting(Duration expires) {
        longest = longest.compareTo(expires) < 0 ? expires : longest;
    }

    /** Remembers it, where it is the first time. */
    synchronized Claim claim(String once, Caller caller) {
        String owner = caller.name();
        if (done.asMap().containsKey(once)) {
            return Claim.AGAIN;
        }
        if (isFull(owner)) {
            done.cleanUp();
            if (isFull(owner)) {
                return Claim.TOO_MANY;
            }
        }
        held.merge(owner, 1, Integer::sum);
        done.put(once, owner);
        return Claim.FIRST;
    }

    private boolean isFull(String owner) {
        return done.estimatedSize() >= most || held.getOrDefault(owner, 0) >= ofOneCaller;
    }

    /** Forgets what was not done after all. */
    synchronized void giveBack(String once) {
        done.invalidate(once);
    }
}
