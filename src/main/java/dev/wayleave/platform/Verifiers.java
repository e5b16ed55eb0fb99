package dev.wayleave.platform;

import dev.wayleave.caller.TokenVerifier;
import dev.wayleave.upstream.Upstream;
import java.time.Clock;
import java.util.Collection;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * What checks tokens by an issuer's keys. Where a reload leaves its settings as they are it is kept with the keys that it has,
 * so that an issuer that is out of reach just then keeps nobody out.
 */
public final class Verifiers {
    private final Map<Object, TokenVerifier> known = new ConcurrentHashMap<>();

    TokenVerifier of(CallerSettings callers, Upstream platform, Clock clock) {
        return callers.issuers().isEmpty()
                ? callers.verifier(platform, clock)
                : known.computeIfAbsent(callers.issuers(), same -> callers.verifier(platform, clock));
    }

    /** Forgets those that none of these platforms has. */
    public void keep(Collection<Platform> platforms) {
        known.values().retainAll(platforms.stream().map(Platform::verifier).toList());
    }
}
