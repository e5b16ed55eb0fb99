package dev.wayleave.upstream;

import com.github.benmanes.caffeine.cache.Ticker;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;

/** Caches for tests of other packages: whole ones, and one that is broken on purpose. */
public final class Caches {
    private Caches() {}

    public static ReadCache whole(Upstream upstream, ReadCache.Terms terms, Ticker ticker) {
        return new ReadCache(upstream, terms, CacheKey::of, InstantSource.system(), ticker);
    }

    /** The sabotage: whoever of a tenant asks for the same is the same. */
    public static ReadCache withoutTheCaller(Upstream upstream, ReadCache.Terms terms, Ticker ticker) {
        return new ReadCache(
                upstream,
                terms,
                (request, caller, operation, tenant) ->
                        CacheKey.of(request, caller, operation, tenant).ofNobody(),
                InstantSource.system(),
                ticker);
    }

    /** That of a connection that breaks. */
    public static UpstreamException broken(@Nullable Throwable cause) {
        return new UpstreamException(
                UpstreamException.Kind.BROKEN, cause == null ? new IllegalStateException("broken") : cause);
    }
}
