package dev.wayleave.platform;

import dev.wayleave.caller.ClientSecret;
import dev.wayleave.caller.IntrospectionSettings;
import dev.wayleave.caller.JwtSettings;
import dev.wayleave.caller.MetadataMirror;
import dev.wayleave.caller.ProtectedResource;
import dev.wayleave.caller.TokenVerifier;
import dev.wayleave.config.InvalidConfiguration;
import dev.wayleave.config.Settings;
import dev.wayleave.upstream.PlatformAddress;
import dev.wayleave.upstream.Upstream;
import java.net.URI;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How a platform knows its callers.
 *
 * @param issuers whose keys the verification depends on, and on nothing else; empty for any other kind
 * @param anybody whether nobody is verified
 * @param authorizationServers where callers can get tokens; may be empty where they have them already
 * @param mirrored whether our own origin tells the first one's metadata, too
 */
record CallerSettings(
        Verification verification,
        List<JwtSettings> issuers,
        boolean anybody,
        List<String> authorizationServers,
        boolean mirrored) {
    private static final Logger LOG = LoggerFactory.getLogger(CallerSettings.class);
    private static final String KEY = "verify";

    /** Makes the verifier, once there is a way to the platform. */
    interface Verification {
        TokenVerifier verifier(Upstream platform, Clock clock);
    }

    /** Whose word counts. */
    private enum Mode {
        JWT,
        INTROSPECTION,
        PROBE,
        NONE;

        /** The keys that have no meaning here. */
        List<String> foreign() {
            return switch (this) {
                case JWT -> List.of("introspection", "probe");
                case INTROSPECTION -> List.of("probe", "issuers", "jwks-url", "token-types", "algorithms");
                case PROBE -> List.of("introspection", "issuers", "jwks-url", "token-types", "algorithms");
                case NONE -> List.of();
            };
        }
    }

    /**
     * Reads them.
     *
     * @param url the endpoint's own
     * @param address where a probe would go
     */
    static CallerSettings read(Settings platform, ServerSettings server, URI url, PlatformAddress address) {
        Settings callers = platform.child("callers")
                .orElseThrow(() -> new InvalidConfiguration(platform.path("callers.verify") + " is missing ("
                        + platform.file("callers")
                        + "): it says how callers are known, jwt, introspection, probe or none"));
        return callers.read(s -> {
            Mode mode = mode(s);
            try {
                return switch (mode) {
                    case JWT -> jwt(s, url);
                    case INTROSPECTION -> introspection(s, url);
                    case PROBE -> probe(s, address);
                    case NONE -> none(s, server);
                };
            } catch (IllegalArgumentException e) {
                throw new InvalidConfiguration(s.path() + " (" + s.file(KEY) + "): " + e.getMessage());
            }
        });
    }

    TokenVerifier verifier(Upstream platform, Clock clock) {
        return verification.verifier(platform, clock);
    }

    @Nullable
    ProtectedResource resource(URI url, List<String> leastScopes, String title) {
        return anybody ? null : new ProtectedResource(url, authorizationServers, leastScopes, title);
    }

    @Nullable
    MetadataMirror mirror(Clock clock) {
        return mirrored ? new MetadataMirror(authorizationServers.getFirst(), clock) : null;
    }

    private static Mode mode(Settings s) {
        s.required(KEY, "says how callers are known, jwt, introspection, probe or none");
        Mode mode = s.choice(
                KEY,
                Map.of(
                        "jwt", Mode.JWT,
                        "introspection", Mode.INTROSPECTION,
                        "probe", Mode.PROBE,
                        "none", Mode.NONE),
                Mode.JWT);
        for (String key : mode.foreign()) {
            if (s.has(key)) {
                throw new InvalidConfiguration(s.path(key) + " (" + s.file(key) + ") has no meaning with verify: "
                        + s.text(KEY).orElse(""));
            }
        }
        return mode;
    }

    private static CallerSettings none(Settings s, ServerSettings server) {
        if (!server.loopback()) {
            throw new InvalidConfiguration(s.path(KEY) + " is none (" + s.file(KEY)
                    + "): nobody is verified, so the server must be bound to loopback only (micronaut.server.host:"
                    + " 127.0.0.1), or callers verified with jwt, introspection or probe");
        }
        return new CallerSettings((platform, clock) -> TokenVerifier.none(), List.of(), true, List.of(), false);
    }

    private static CallerSettings jwt(Settings s, URI url) {
        JwtCallers callers = JwtCallers.read(s, url);
        return verified(
                s,
                (platform, clock) -> TokenVerifier.jwt(callers.issuers(), clock),
                callers.issuers(),
                callers.names());
    }

    private static CallerSettings introspection(Settings s, URI url) {
        String issuer = s.text("issuer").orElse(null);
        Settings introspection = s.child("introspection")
                .orElseThrow(() -> new InvalidConfiguration(s.path("introspection.url") + " is missing (" + s.file(KEY)
                        + "): it is where tokens are asked about"));
        IntrospectionSettings settings = introspection.read(i -> {
            i.required("url", "is where tokens are asked about");
            return new IntrospectionSettings(
                    i.url("url").orElseThrow(),
                    i.required("client-id", "is as whom the endpoint is asked"),
                    ClientSecret.of(i.secret("client-secret")
                            .orElseThrow(() -> new InvalidConfiguration(i.path("client-secret") + " is missing ("
                                    + i.file("client-secret") + "): it proves who asks"))),
                    issuer,
                    CallerClaims.read(s, List.of(url.toString())));
        });
        return verified(
                s,
                (platform, clock) -> TokenVerifier.introspection(settings, clock),
                List.of(),
                issuer == null ? List.of() : List.of(issuer));
    }

    private static CallerSettings probe(Settings s, PlatformAddress address) {
        String issuer = s.text("issuer").orElse(null);
        ProbeCallers callers = ProbeCallers.read(s, issuer, address);
        return verified(
                s,
                (platform, clock) -> TokenVerifier.probe(callers.settings(), callers.at(platform, clock), clock),
                List.of(),
                issuer == null ? List.of() : List.of(issuer));
    }

    private static CallerSettings verified(
            Settings s, Verification verification, List<JwtSettings> keys, List<String> issuers) {
        List<String> named = s.texts("authorization-servers");
        List<String> servers = named.isEmpty() ? issuers : named;
        boolean mirrored = s.flag("mirror-metadata", false);
        if (servers.isEmpty() && mirrored) {
            throw new IllegalArgumentException(
                    "callers.mirror-metadata: needs callers.issuer or callers.authorization-servers");
        }
        if (servers.isEmpty()) {
            LOG.warn(
                    "{}: neither issuer nor authorization-servers is set, so no client can find out where to sign in",
                    s.path());
        }
        return new CallerSettings(verification, keys, false, servers, mirrored);
    }
}
