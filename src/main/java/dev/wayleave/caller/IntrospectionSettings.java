package dev.wayleave.caller;

import java.net.URI;
import org.jspecify.annotations.Nullable;

/**
 * Where and as whom to ask about tokens (RFC 7662). Every violation is an {@link IllegalArgumentException} that names the
 * setting.
 *
 * @param url the introspection endpoint
 * @param clientId as whom we ask, with {@code client_secret_basic}
 * @param issuer the exact {@code iss} of an answer that has one; null for any
 * @param claims what else the answer must say; an audience is needed
 */
public record IntrospectionSettings(
        URI url,
        String clientId,
        ClientSecret clientSecret,
        @Nullable String issuer,
        ClaimRules claims) {
    public IntrospectionSettings {
        SecureUrl.of("callers.introspection.url", url);
        SettingText.require("callers.introspection.client-id", clientId);
        if (issuer != null) {
            SettingText.require("callers.issuer", issuer);
        }
        SettingText.requireAll("callers.audience", claims.audience());
    }
}
