package dev.wayleave.platform;

import dev.wayleave.caller.JwtSettings;
import dev.wayleave.caller.JwtVerifier;
import dev.wayleave.caller.ProtectedResource;
import dev.wayleave.caller.TokenVerifier;
import dev.wayleave.config.InvalidConfiguration;
import dev.wayleave.config.Settings;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * How a platform knows its callers.
 *
 * @param jwt null where nothing is verified
 */
record CallerSettings(@Nullable JwtSettings jwt, List<String> authorizationServers) {
    private enum Mode {
        JWT,
        NONE
    }

    static CallerSettings read(Settings platform, ServerSettings server, URI url) {
        Settings callers = platform.child("callers")
                .orElseThrow(() -> new InvalidConfiguration(platform.path("callers.verify") + " is missing ("
                        + platform.file("callers") + "): it says how callers are known, jwt or none"));
        return callers.read(s -> switch (mode(s)) {
            case JWT -> jwt(s, url);
            case NONE -> none(s, server);
        });
    }

    TokenVerifier verifier(Clock clock) {
        return jwt == null ? TokenVerifier.none() : new JwtVerifier(jwt, clock);
    }

    @Nullable
    ProtectedResource resource(URI url, List<String> leastScopes, String title) {
        return jwt == null ? null : new ProtectedResource(url, authorizationServers, leastScopes, title);
    }

    private static Mode mode(Settings s) {
        s.required("verify", "says how callers are known, jwt or none");
        return s.choice("verify", Map.of("jwt", Mode.JWT, "none", Mode.NONE), Mode.JWT);
    }

    private static CallerSettings none(Settings s, ServerSettings server) {
        if (!server.loopback()) {
            throw new InvalidConfiguration(s.path("verify") + " is none (" + s.file("verify")
                    + "): nobody is verified, so the server must be bound to loopback only (micronaut.server.host:"
                    + " 127.0.0.1), or callers verified with jwt");
        }
        return new CallerSettings(null, List.of());
    }

    private static CallerSettings jwt(Settings s, URI url) {
        String issuer = s.required("issuer", "is the exact iss of the tokens to accept");
        List<String> audience = s.texts("audience");
        List<String> types = s.texts("token-types");
        List<String> algorithms = s.texts("algorithms");
        List<String> servers = s.texts("authorization-servers");
        try {
            JwtSettings jwt = new JwtSettings(
                    issuer,
                    s.url("jwks-url").orElse(null),
                    audience.isEmpty() ? List.of(url.toString()) : audience,
                    types.isEmpty() ? JwtSettings.DEFAULT_TOKEN_TYPES : Set.copyOf(types),
                    algorithms.isEmpty() ? JwtSettings.DEFAULT_ALGORITHMS : Set.copyOf(algorithms),
                    s.duration("clock-skew", JwtSettings.DEFAULT_CLOCK_SKEW),
                    s.text("scope-claim").orElse(JwtSettings.DEFAULT_SCOPE_CLAIM),
                    s.textLists("require-claims"),
                    s.flag("audience-exclusive", false),
                    s.text("max-age").isPresent() ? s.duration("max-age", Duration.ofDays(1)) : null);
            return new CallerSettings(jwt, servers.isEmpty() ? List.of(issuer) : servers);
        } catch (IllegalArgumentException e) {
            throw new InvalidConfiguration(s.path() + " (" + s.file("issuer") + "): " + e.getMessage());
        }
    }
}
