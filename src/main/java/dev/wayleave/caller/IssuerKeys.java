package dev.wayleave.caller;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/**
 * The issuer's keys: fetched at the start or when first needed, kept at most a minute old while there is traffic, for four
 * hours while they cannot be fetched, and fetched again for a key nobody has heard of, but at most twice a minute unless that
 * was worth it: a key that turns out to be the issuer's own does not use up the next fetch, so that keys may change twice in a
 * row, and a flood of made-up keys gains nothing by it.
 *
 * <p>Nimbus' {@code JWKSourceBuilder} is not used: it reads the wall clock, lets a flood of unknown keys use up the
 * fetches that a refresh needs, and does not tell a limit from an outage.
 */
final class IssuerKeys {
    static final Duration REFRESH_AHEAD = Duration.ofSeconds(45);
    static final Duration FRESH = Duration.ofSeconds(60);
    static final Duration OUTAGE = Duration.ofHours(4);
    static final Duration UNKNOWN_KEY_INTERVAL = Duration.ofSeconds(30);
    private static final int MAX_BACKOFF_SECONDS = 30;
    private static final Logger LOG = LoggerFactory.getLogger(IssuerKeys.class);

    /** Where the keys come from. */
    interface Origin {
        KeySet fetch() throws FetchException;
    }

    /** A set and when it was fetched. Not a record: which one it is matters, not what is in it. */
    private static final class Held {
        private final KeySet keys;
        private final Instant at;

        Held(KeySet keys, Instant at) {
            this.keys = keys;
            this.at = at;
        }
    }

    private final Origin origin;
    private final Clock clock;
    private final ReentrantLock fetching = new ReentrantLock();
    private final AtomicBoolean refreshing = new AtomicBoolean();
    private volatile @Nullable Held held;
    private volatile int failures;
    private volatile Instant retryAt = Instant.MIN;
    private Instant unknownKeyAt = Instant.MIN;
    private @Nullable KeySet worthy;

    IssuerKeys(Origin origin, Clock clock) {
        this.origin = origin;
        this.clock = clock;
    }

    /** The keys to verify with now. Blocks only if there are none younger than a minute and no outage is known. */
    KeySet current() throws CannotVerifyException {
        Held seen = held;
        Instant now = clock.instant();
        if (seen == null || !now.isBefore(seen.at.plus(failures == 0 ? FRESH : OUTAGE))) {
            return refresh(seen);
        }
        if (!now.isBefore(seen.at.plus(REFRESH_AHEAD)) && !now.isBefore(retryAt)) {
            refreshAside(seen);
        }
        return seen.keys;
    }

    /**
     * Keys for a token whose key is not in the set that was seen: a newer set, or the same one if that is young enough to
     * be the issuer's last word.
     *
     * @param since a set fetched at or after this is young enough
     */
    KeySet newerThan(KeySet seen, Instant since) throws CannotVerifyException {
        fetching.lock();
        try {
            Held before = held;
            if (before == null || before.keys != seen || !before.at.isBefore(since)) {
                return before == null ? seen : before.keys;
            }
            Instant now = clock.instant();
            if (failures == 0 && now.isBefore(unknownKeyAt.plus(UNKNOWN_KEY_INTERVAL))) {
                return seen;
            }
            if (failures == 0) {
                unknownKeyAt = now;
            }
            if (now.isBefore(retryAt) || !load()) {
                throw unavailable();
            }
            return held == null ? seen : held.keys;
        } finally {
            fetching.unlock();
        }
    }

    /** A key of this newer set has signed a good token: it was worth its fetch, and the next may be, too. Once a set. */
    void wasWorthIt(KeySet newer) {
        fetching.lock();
        try {
            if (worthy != newer) {
                worthy = newer;
                unknownKeyAt = Instant.MIN;
            }
        } finally {
            fetching.unlock();
        }
    }

    /** Whether this is the set that {@link #current()} would verify with, refresh aside. */
    boolean isCurrent(KeySet keys) {
        Held now = held;
        return now != null && now.keys == keys;
    }

    /** Tries to have some, where there never were any. */
    void prepare() {
        try {
            if (held == null) {
                current();
            }
        } catch (CannotVerifyException e) {
            LOG.debug("no keys yet");
        }
    }

    VerifierHealth health() {
        Held now = held;
        if (now == null) {
            return VerifierHealth.KEYLESS;
        }
        if (failures == 0) {
            return VerifierHealth.CURRENT;
        }
        return isUsable(now) ? VerifierHealth.STALE : VerifierHealth.UNAVAILABLE;
    }

    private boolean isUsable(Held keys) {
        return clock.instant().isBefore(keys.at.plus(OUTAGE));
    }

    private KeySet refresh(@Nullable Held seen) throws CannotVerifyException {
        if (seen != null && isUsable(seen)) {
            // Somebody is at it already. Better a set that is a little older than a queue behind a slow issuer.
            if (!fetching.tryLock()) {
                return seen.keys;
            }
        } else {
            fetching.lock();
        }
        try {
            if (held == seen && !clock.instant().isBefore(retryAt)) {
                load();
            }
            Held now = held;
            if (now == null || !isUsable(now)) {
                throw unavailable();
            }
            return now.keys;
        } finally {
            fetching.unlock();
        }
    }

    private void refreshAside(Held seen) {
        if (refreshing.compareAndSet(false, true)) {
            Thread.ofVirtual().name("issuer-keys").start(() -> {
                try {
                    refresh(seen);
                } catch (CannotVerifyException e) {
                    LOG.debug("no keys");
                } finally {
                    refreshing.set(false);
                }
            });
        }
    }

    /** Holds a new set, or counts a failure; under the lock. */
    private boolean load() {
        try {
            KeySet fetched = origin.fetch();
            Held before = held;
            KeySet keys = before != null && before.keys.isSameAs(fetched) ? before.keys : fetched;
            if (keys == fetched || failures > 0) {
                LOG.info("issuer keys fetched: {} usable, {} ignored", keys.size(), keys.ignored());
            }
            held = new Held(keys, clock.instant());
            failures = 0;
            retryAt = Instant.MIN;
            return true;
        } catch (FetchException e) {
            fail(e.getMessage());
        } catch (RuntimeException e) {
            fail("fault");
        }
        return false;
    }

    private void fail(@Nullable String why) {
        failures = Math.min(failures + 1, MAX_BACKOFF_SECONDS);
        retryAt = clock.instant().plusSeconds(backoff());
        LOG.atLevel(failures == 1 ? Level.WARN : Level.DEBUG)
                .log("issuer keys cannot be fetched ({}); next attempt in {} s", why, backoff());
    }

    private long backoff() {
        return Math.min(MAX_BACKOFF_SECONDS, 1L << Math.min(failures - 1, 10));
    }

    private CannotVerifyException unavailable() {
        Duration left = Duration.between(clock.instant(), retryAt);
        return new CannotVerifyException(left.compareTo(Duration.ofSeconds(1)) < 0 ? Duration.ofSeconds(1) : left);
    }
}
