package dev.wayleave.caller;

import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What makes a JWT of one issuer acceptable. Every violation is an {@link IllegalArgumentException} that names the setting.
 *
 * @param issuer the exact {@code iss}, code point by code point
 * @param jwksUrl where the keys are; null to look it up in the issuer's metadata, when the first token comes
 * @param tokenTypes acceptable {@code typ}, in any case and with or without {@code application/}; a token without
 *     {@code typ} is acceptable only where {@code JWT} is among them
 * @param algorithms acceptable {@code alg}, exactly
 * @param claims what else it must say; an audience is needed
 */
public record JwtSettings(
        String issuer, @Nullable URI jwksUrl, Set<String> tokenTypes, Set<String> algorithms, ClaimRules claims) {
    /** What RFC 9068 §2.1 asks for. */
    public static final Set<String> DEFAULT_TOKEN_TYPES = Set.of("at+jwt", "application/at+jwt");

    public static final Set<String> DEFAULT_ALGORITHMS = Set.of("RS256", "PS256", "ES256", "EdDSA");

    public JwtSettings {
        SettingText.require("callers.issuer", issuer);
        if (jwksUrl != null) {
            SecureUrl.of("callers.jwks-url", jwksUrl);
        }
        if (jwksUrl == null || issuer.toLowerCase(Locale.ROOT).startsWith("http:")) {
            SecureUrl.of("callers.issuer", issuer);
        }
        tokenTypes = Set.copyOf(tokenTypes);
        algorithms = Set.copyOf(algorithms);
        SettingText.requireAll("callers.audience", claims.audience());
        SettingText.requireAll("callers.token-types", tokenTypes);
        SettingText.requireAll("callers.algorithms", algorithms);
        if (!VerificationKey.ALGORITHMS.containsAll(algorithms)) {
            throw new IllegalArgumentException("callers.algorithms: must be among " + VerificationKey.ALGORITHMS);
        }
    }

    /** Everything else as RFC 9068 and the defaults have it. */
    public static JwtSettings of(String issuer, @Nullable URI jwksUrl, List<String> audience) {
        return new JwtSettings(issuer, jwksUrl, DEFAULT_TOKEN_TYPES, DEFAULT_ALGORITHMS, ClaimRules.of(audience));
    }
}
