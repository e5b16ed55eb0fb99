package dev.wayleave.platform;

import static dev.wayleave.platform.CallerClaims.otherwise;

import dev.wayleave.caller.ClaimRules;
import dev.wayleave.caller.JwtSettings;
import dev.wayleave.config.InvalidConfiguration;
import dev.wayleave.config.Settings;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Reads whose JWTs are taken: those of one issuer, or of several. */
record JwtCallers(List<JwtSettings> issuers) {
    private static final String ISSUER = "is the exact iss of the tokens to accept";

    static JwtCallers read(Settings s, URI url) {
        ClaimRules claims = CallerClaims.read(s, List.of(url.toString()));
        List<String> types = otherwise(s.texts("token-types"), List.copyOf(JwtSettings.DEFAULT_TOKEN_TYPES));
        List<String> algorithms = otherwise(s.texts("algorithms"), List.copyOf(JwtSettings.DEFAULT_ALGORITHMS));
        Map<String, Settings> several = s.children("issuers");
        if (several.isEmpty()) {
            return new JwtCallers(List.of(new JwtSettings(
                    s.required("issuer", ISSUER),
                    s.url("jwks-url").orElse(null),
                    Set.copyOf(types),
                    Set.copyOf(algorithms),
                    claims)));
        }
        for (String key : List.of("issuer", "jwks-url")) {
            if (s.has(key)) {
                throw new InvalidConfiguration(s.path(key) + " (" + s.file(key) + ") stands beside " + s.path("issuers")
                        + "; put it below one of these");
            }
        }
        List<JwtSettings> issuers = new ArrayList<>();
        several.values().forEach(one -> issuers.add(read(one, types, algorithms, claims)));
        return new JwtCallers(distinct(s, issuers));
    }

    List<String> names() {
        return issuers.stream().map(JwtSettings::issuer).toList();
    }

    private static JwtSettings read(Settings one, List<String> types, List<String> algorithms, ClaimRules claims) {
        return one.read(s -> {
            try {
                return new JwtSettings(
                        s.required("issuer", ISSUER),
                        s.url("jwks-url").orElse(null),
                        Set.copyOf(otherwise(s.texts("token-types"), types)),
                        Set.copyOf(otherwise(s.texts("algorithms"), algorithms)),
                        CallerClaims.read(s, claims));
            } catch (IllegalArgumentException e) {
                throw new InvalidConfiguration(s.path() + " (" + s.file("issuer") + "): " + e.getMessage());
            }
        });
    }

    private static List<JwtSettings> distinct(Settings s, List<JwtSettings> issuers) {
        long names = issuers.stream().map(JwtSettings::issuer).distinct().count();
        if (names < issuers.size()) {
            throw new InvalidConfiguration(
                    s.path("issuers") + " (" + s.file("issuers") + ") has one issuer twice; each has keys of its own");
        }
        return issuers;
    }
}
