package dev.wayleave.upstream;

import dev.wayleave.FakePlatform;
import dev.wayleave.TestClients;
import dev.wayleave.caller.BearerToken;
import dev.wayleave.caller.Caller;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;

/** A cache in front of a platform on a real socket, with a time that tests move. */
final class Caching implements AutoCloseable {
    static final Duration TTL = Duration.ofSeconds(60);
    final FakePlatform platform = FakePlatform.json("{\"a\":1}");
    final HttpUpstream http = new HttpUpstream(
            new PlatformAddress(platform.url()),
            "Authorization",
            new HttpUpstream.Terms(Duration.ofSeconds(2), Duration.ofMinutes(1), 1 << 20),
            TestClients.CLIENTS,
            InstantSource.system());
    final AtomicLong time = new AtomicLong(7);
    final ReadCache cache;

    private Caching(ReadCache.Terms terms, CacheKey.Maker keys) {
        cache = new ReadCache(http, terms, keys, InstantSource.system(), time::get);
    }

    static Caching usual() {
        return with(new ReadCache.Terms(1 << 20, null, false, "Authorization"));
    }

    static Caching with(ReadCache.Terms terms) {
        return new Caching(terms, CacheKey::of);
    }

    static Caching with(ReadCache.Terms terms, CacheKey.Maker keys) {
        return new Caching(terms, keys);
    }

    /** A caller whose token is named like that, of a tenant. */
    static Caller caller(String subject, String token, String tenant) {
        return new Caller(
                "https://issuer",
                subject,
                "client",
                Set.of("read"),
                Map.of("org", Map.of("id", tenant)),
                Instant.MAX,
                BearerToken.of(token));
    }

    static Caller alice() {
        return caller("alice", "token-alice", "one");
    }

    static Caller bob() {
        return caller("bob", "token-bob", "one");
    }

    static UpstreamRequest request(Caller caller, String method, String target, Duration within) {
        return new UpstreamRequest(
                method,
                target,
                List.of(),
                null,
                caller.token(),
                true,
                Instant.now().plus(within),
                Trail.none());
    }

    /** What a caller is told, and what the cache did. */
    record Told(String text, int status, CacheUse use) {}

    Told read(Caller caller, String target) throws UpstreamException {
        return read(caller, request(caller, "GET", target, Duration.ofSeconds(5)));
    }

    Told read(Caller caller, UpstreamRequest request) throws UpstreamException {
        UpstreamResponse response = cache.read(request, caller, "GET /x", TTL);
        return new Told(
                new String(response.body(), StandardCharsets.UTF_8),
                response.status(),
                request.trail().cache());
    }

    UpstreamResponse change(Caller caller, String target) throws UpstreamException {
        return cache.change(request(caller, "PUT", target, Duration.ofSeconds(5)), caller);
    }

    void pass(Duration duration) {
        time.addAndGet(duration.toNanos());
    }

    int asked() {
        return platform.received().size();
    }

    @Override
    public void close() {
        http.close();
        platform.close();
    }
}
