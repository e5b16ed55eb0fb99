package dev.wayleave.caller;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.time.Clock;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Remembers for a minute, by their SHA-256, which tokens were found good and by which keys. Holds no token. */
final class VerifiedTokens {
    private static final Duration KEPT = Duration.ofSeconds(60);

    /** In characters of tokens, so that a few callers with large tokens take no more room than many with small ones. */
    private static final long MAX_WEIGHT = 16L * 1024 * 1024;

    /** A caller without the token, and the issuer and the set whose key vouched for it. */
    record Entry(Caller caller, TrustedIssuer issuer, KeySet keys, int weight) {}

    private final Cache<Digest, Entry> entries;

    VerifiedTokens(Clock clock) {
        entries = Caffeine.newBuilder()
                .ticker(() -> TimeUnit.MILLISECONDS.toNanos(clock.millis()))
                .expireAfterWrite(KEPT)
                .maximumWeight(MAX_WEIGHT)
                .weigher((Digest key, Entry entry) -> entry.weight())
                .executor(Runnable::run)
                .build();
    }

    @Nullable
    Entry find(BearerToken token) {
        return entries.getIfPresent(new Digest(token.digest()));
    }

    void keep(BearerToken token, Entry entry) {
        entries.put(new Digest(token.digest()), entry);
    }

    private static final class Digest {
        private final byte[] bytes;

        Digest(byte[] bytes) {
            this.bytes = bytes;
        }

        @Override
        public boolean equals(@Nullable Object other) {
            return other instanceof Digest that && Arrays.equals(bytes, that.bytes);
        }

        @Override
        public int hashCode() {
            return Arrays.hashCode(bytes);
        }
    }
}
