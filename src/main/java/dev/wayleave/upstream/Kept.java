package dev.wayleave.upstream;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * An answer that is kept. It holds no token; its bytes are never changed.
 *
 * @param freshness what may be done with it
 * @param owner whose share of the cache it takes
 * @param path what it tells of, as {@link Changes} compares it
 * @param began which changes the platform had heard of when it was asked
 * @param asked when that was, in nanoseconds of the ticker
 * @param weight in bytes, about
 */
record Kept(
        UpstreamResponse response,
        Freshness freshness,
        Owner owner,
        String tenant,
        String path,
        long began,
        long asked,
        int weight) {
    private static final int OVERHEAD = 512;
    /** What is said of the bytes, and of how long they count, to whomever they are told. */
    private static final Set<String> OF_THE_BODY =
            Set.of("content-type", "content-language", "etag", "cache-control", "expires", "vary");

    private static final Set<String> OF_THE_MESSAGE = Set.of(
            "content-type", "content-length", "content-encoding", "content-range", "transfer-encoding", "connection");

    /** One caller, whatever the token. */
    record Owner(String issuer, String subject) {}

    @Nullable
    String etag() {
        return freshness.etag();
    }

    static Kept of(ReadCache.Read read, UpstreamResponse response, Freshness freshness, long began, long asked) {
        long weight = OVERHEAD + (long) response.body().length + read.key().weight();
        for (var header : response.headers().entrySet()) {
            weight += 2L * (header.getKey().length() + header.getValue().length());
        }
        return new Kept(response, freshness, read.owner(), read.key().tenant(), read.path(), began, asked, (int)
                Math.min(weight, Integer.MAX_VALUE));
    }

    /**
     * The answer as a 304 leaves it (RFC 9111 §3.2, §4.3.4).
     *
     * @param own whether it is told to the caller whom it was told before; to another only the body is, and what is said of it
     */
    UpstreamResponse renewedBy(UpstreamResponse notModified, boolean own) {
        Map<String, String> headers = new HashMap<>();
        response.headers().forEach((name, value) -> {
            // what an earlier answer said of its age is over
            if (own ? !name.equals("age") : OF_THE_BODY.contains(name)) {
                headers.put(name, value);
            }
        });
        notModified.headers().forEach((name, value) -> {
            if (!OF_THE_MESSAGE.contains(name)) {
                headers.put(name, value);
            }
        });
        return new UpstreamResponse(200, headers, response.body());
    }

    Duration lifetime() {
        return freshness.lifetime();
    }
}
