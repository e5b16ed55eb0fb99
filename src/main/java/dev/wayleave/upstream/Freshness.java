package dev.wayleave.upstream;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What may be done with an answer of 200 later (RFC 9111 §3, §4): never more than the platform allows, nor for longer than
 * its owner says.
 *
 * @param lifetime how long it may be given again as it is; zero for not without asking
 * @param etag what the platform knows it by; null where it does not say, or not clearly
 * @param shareable whether the platform has nothing against it being the answer to another caller, if it says so then
 */
record Freshness(Duration lifetime, @Nullable String etag, boolean shareable) {
    private static final Freshness NONE = new Freshness(Duration.ZERO, null, false);
    private static final Pattern ETAG = Pattern.compile("(W/)?\"[!#-~]{1,256}\"");
    private static final Pattern SECONDS = Pattern.compile("[0-9]{1,10}");
    private static final List<String> WHOSE = List.of("authorization", "cookie");

    /** Whether there is any use in keeping it. */
    boolean isWorthKeeping() {
        return etag != null || lifetime.isPositive();
    }

    /**
     * Looks at what an answer says of itself.
     *
     * @param ttl what its owner says
     * @param credentialHeader the field that carries the token
     */
    static Freshness of(UpstreamResponse response, Duration ttl, String credentialHeader, Instant now) {
        CacheControl control =
                CacheControl.parse(response.header("cache-control").orElse(""));
        List<String> vary = Arrays.stream(response.header("vary").orElse("").split(",", -1))
                .map(name -> name.strip().toLowerCase(Locale.ROOT))
                .toList();
        boolean encoded =
                !response.header("content-encoding").orElse("identity").strip().equalsIgnoreCase("identity");
        if (control.noStore()
                || vary.contains("*")
                || encoded
                || response.header("set-cookie").isPresent()
                || response.header("content-range").isPresent()) {
            return NONE;
        }
        String etag = response.header("etag")
                .filter(tag -> ETAG.matcher(tag).matches())
                .orElse(null);
        boolean forOne = control.isPrivate()
                || vary.contains(credentialHeader.toLowerCase(Locale.ROOT))
                || WHOSE.stream().anyMatch(vary::contains);
        return new Freshness(
                lifetime(response, control, ttl, now), etag, etag != null && !etag.startsWith("W/") && !forOne);
    }

    private static Duration lifetime(UpstreamResponse response, CacheControl control, Duration ttl, Instant now) {
        boolean pragma = response.header("cache-control").isEmpty()
                && response.header("pragma").orElse("").toLowerCase(Locale.ROOT).contains("no-cache");
        if (control.noCache() || pragma) {
            return Duration.ZERO;
        }
        Duration said = ttl;
        if (control.maxAge() >= 0) {
            said = Duration.ofSeconds(control.maxAge());
        } else if (response.header("expires").isPresent()) {
            Instant expires = date(response.header("expires").orElse(""));
            Instant made = response.headers().containsKey("date")
                    ? date(response.header("date").orElse(""))
                    : now;
            said = expires == null || made == null ? Duration.ZERO : Duration.between(made, expires);
        }
        String age = response.header("age").orElse("0");
        Duration old = SECONDS.matcher(age).matches() ? Duration.ofSeconds(Long.parseLong(age)) : said;
        Duration left = said.minus(old);
        return left.isNegative() ? Duration.ZERO : left.compareTo(ttl) < 0 ? left : ttl;
    }

    private static @Nullable Instant date(String text) {
        try {
            return Instant.from(DateTimeFormatter.RFC_1123_DATE_TIME.parse(text));
        } catch (DateTimeException e) {
            return null;
        }
    }
}
