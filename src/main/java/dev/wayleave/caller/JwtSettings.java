package dev.wayleave.caller;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What makes a JWT acceptable. Every violation is an {@link IllegalArgumentException} that names the setting.
 *
 * @param issuer the exact {@code iss}, code point by code point
 * @param jwksUrl where the keys are; null to look it up in the issuer's metadata, when the first token comes
 * @param audience values that {@code aud} must contain, all of them
 * @param tokenTypes acceptable {@code typ}, in any case and with or without {@code application/}; a token without
 *     {@code typ} is acceptable only where {@code JWT} is among them
 * @param algorithms acceptable {@code alg}, exactly
 * @param clockSkew how far our clock and the issuer's may differ, at most 60 s
 * @param scopeClaim a claim's name, or a dotted path to it; a string of scopes parted by spaces, or an array
 * @param requireClaims alternatives: all the claims (names or dotted paths) of any one of them must be present and not
 *     empty; none where the list is empty
 * @param audienceExclusive whether {@code aud} may contain nothing else
 * @param maxAge the longest acceptable time from {@code iat} to {@code exp}; null for any, and then {@code iat} is optional
 */
public record JwtSettings(
        String issuer,
        @Nullable URI jwksUrl,
        List<String> audience,
        Set<String> tokenTypes,
        Set<String> algorithms,
        Duration clockSkew,
        String scopeClaim,
        List<List<String>> requireClaims,
        boolean audienceExclusive,
        @Nullable Duration maxAge) {
    /** What RFC 9068 §2.1 asks for. */
    public static final Set<String> DEFAULT_TOKEN_TYPES = Set.of("at+jwt", "application/at+jwt");

    public static final Set<String> DEFAULT_ALGORITHMS = Set.of("RS256", "PS256", "ES256", "EdDSA");
    public static final Duration DEFAULT_CLOCK_SKEW = Duration.ofSeconds(30);
    public static final String DEFAULT_SCOPE_CLAIM = "scope";

    private static final Duration MAX_CLOCK_SKEW = Duration.ofSeconds(60);

    public JwtSettings {
        requireText("callers.issuer", issuer);
        if (jwksUrl != null) {
            SecureUrl.of("callers.jwks-url", jwksUrl);
        }
        if (jwksUrl == null || issuer.toLowerCase(Locale.ROOT).startsWith("http:")) {
            SecureUrl.of("callers.issuer", issuer);
        }
        audience = List.copyOf(audience);
        tokenTypes = Set.copyOf(tokenTypes);
        algorithms = Set.copyOf(algorithms);
        requireClaims = requireClaims.stream().map(List::copyOf).toList();
        requireTexts("callers.audience", audience);
        requireTexts("callers.token-types", tokenTypes);
        requireTexts("callers.algorithms", algorithms);
        requireText("callers.scope-claim", scopeClaim);
        requireClaims.forEach(claims -> requireTexts("callers.require-claims", claims));
        if (!VerificationKey.ALGORITHMS.containsAll(algorithms)) {
            throw new IllegalArgumentException("callers.algorithms: must be among " + VerificationKey.ALGORITHMS);
        }
        if (clockSkew.isNegative() || clockSkew.compareTo(MAX_CLOCK_SKEW) > 0) {
            throw new IllegalArgumentException("callers.clock-skew: must be from 0s to 60s");
        }
        if (maxAge != null && !maxAge.isPositive()) {
            throw new IllegalArgumentException("callers.max-age: must be positive");
        }
    }

    /** Everything else as RFC 9068 and the defaults have it. */
    public static JwtSettings of(String issuer, @Nullable URI jwksUrl, List<String> audience) {
        return new JwtSettings(
                issuer,
                jwksUrl,
                audience,
                DEFAULT_TOKEN_TYPES,
                DEFAULT_ALGORITHMS,
                DEFAULT_CLOCK_SKEW,
                DEFAULT_SCOPE_CLAIM,
                List.of(),
                false,
                null);
    }

    private static void requireTexts(String setting, Iterable<String> values) {
        if (!values.iterator().hasNext()) {
            throw new IllegalArgumentException(setting + ": must not be empty");
        }
        values.forEach(value -> requireText(setting, value));
    }

    /** A placeholder that nobody filled in must not become what tokens are compared with. */
    private static void requireText(String setting, String value) {
        if (value.isBlank() || value.contains("${") || value.matches("(?s).*[<>\\p{Cntrl}].*")) {
            throw new IllegalArgumentException(setting + ": is empty, or a placeholder");
        }
    }
}
