package dev.wayleave.caller;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What claims must be like, whoever tells them. Every violation is an {@link IllegalArgumentException} that names the
 * setting.
 *
 * @param audience values that {@code aud} must contain, all of them; empty where nobody asks
 * @param audienceExclusive whether {@code aud} may contain nothing else
 * @param clockSkew how far our clock and the issuer's may differ, at most 60 s
 * @param scopeClaim a claim's name, or a dotted path to it; a string of scopes parted by spaces, or an array
 * @param requireClaims alternatives: all the claims (names or dotted paths) of any one of them must be present and not
 *     empty; none where the list is empty
 * @param maxAge the longest acceptable time from {@code iat} to {@code exp}; null for any, and then {@code iat} is optional
 */
public record ClaimRules(
        List<String> audience,
        boolean audienceExclusive,
        Duration clockSkew,
        String scopeClaim,
        List<List<String>> requireClaims,
        @Nullable Duration maxAge) {
    public static final Duration DEFAULT_CLOCK_SKEW = Duration.ofSeconds(30);
    public static final String DEFAULT_SCOPE_CLAIM = "scope";

    private static final Duration MAX_CLOCK_SKEW = Duration.ofSeconds(60);

    public ClaimRules {
        audience = List.copyOf(audience);
        requireClaims = requireClaims.stream().map(List::copyOf).toList();
        audience.forEach(value -> SettingText.require("callers.audience", value));
        SettingText.require("callers.scope-claim", scopeClaim);
        requireClaims.forEach(claims -> SettingText.requireAll("callers.require-claims", claims));
        if (clockSkew.isNegative() || clockSkew.compareTo(MAX_CLOCK_SKEW) > 0) {
            throw new IllegalArgumentException("callers.clock-skew: must be from 0s to 60s");
        }
        if (maxAge != null && !maxAge.isPositive()) {
            throw new IllegalArgumentException("callers.max-age: must be positive");
        }
    }

    /** Everything else as the defaults have it. */
    public static ClaimRules of(List<String> audience) {
        return new ClaimRules(audience, false, DEFAULT_CLOCK_SKEW, DEFAULT_SCOPE_CLAIM, List.of(), null);
    }
}
