package dev.wayleave.caller;

import com.fasterxml.jackson.core.JsonPointer;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What is made of a platform's word for a token. Every violation is an {@link IllegalArgumentException} that names the
 * setting.
 *
 * @param platform who vouches for the subjects where no issuer is configured
 * @param issuer the exact {@code iss} of a token that has one; null for any
 * @param ttl how long its word counts, from more than nothing to five minutes
 * @param answer where the claims are in what it answers; null to read them from the token, if that is a JWT
 * @param subject where the subject is in what it answers; null for the claim {@code sub}
 * @param assumed claims that a caller is taken to have who has none of that name
 */
public record ProbeSettings(
        String platform,
        @Nullable String issuer,
        Duration ttl,
        @Nullable JsonPointer answer,
        @Nullable JsonPointer subject,
        ClaimRules claims,
        Map<String, String> assumed) {
    private static final Duration MAX_TTL = Duration.ofMinutes(5);

    public ProbeSettings {
        assumed = Map.copyOf(assumed);
        if (issuer != null) {
            SettingText.require("callers.issuer", issuer);
        }
        if (!ttl.isPositive() || ttl.compareTo(MAX_TTL) > 0) {
            throw new IllegalArgumentException("callers.probe.ttl: must be at most 5m");
        }
    }

    /** A place in an answer, as {@code callers.probe.<key>} names it: {@code ""} for all of it. */
    public static JsonPointer pointer(String key, String text) {
        try {
            return JsonPointer.compile(text);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("callers.probe." + key + ": must be a JSON pointer such as /data/id", e);
        }
    }
}
