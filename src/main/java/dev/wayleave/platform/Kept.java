package dev.wayleave.platform;

import dev.wayleave.call.DoneOnce;
import dev.wayleave.caller.TokenVerifier;
import dev.wayleave.upstream.Upstream;
import java.time.Clock;
import java.util.Collection;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * What a reload leaves as it is. What checks tokens by an issuer's keys is kept with the keys that it has where its settings
 * stay the same, so that an issuer that is out of reach just then keeps nobody out; what was done after a question is kept for
 * each path, so that it is not done once more.
 */
public final class Kept {
    private final Map<Object, TokenVerifier> verifiers = new ConcurrentHashMap<>();
    private final Map<String, DoneOnce> done = new ConcurrentHashMap<>();

    TokenVerifier verifier(CallerSettings callers, Upstream platform, Clock clock) {
        return callers.issuers().isEmpty()
                ? callers.verifier(platform, clock)
                : verifiers.computeIfAbsent(callers.issuers(), same -> callers.verifier(platform, clock));
    }

    /** That of the endpoint at a path, as long as the process lasts. */
    DoneOnce done(String path, Clock clock) {
        return done.computeIfAbsent(path, same -> new DoneOnce(PlatformFactory.random(), clock));
    }

    /** Forgets the verifiers that none of these platforms has. */
    public void keep(Collection<Platform> platforms) {
        verifiers.values().retainAll(platforms.stream().map(Platform::verifier).toList());
    }
}
