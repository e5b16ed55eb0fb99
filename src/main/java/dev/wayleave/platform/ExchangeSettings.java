package dev.wayleave.platform;

import dev.wayleave.caller.ClientSecret;
import dev.wayleave.config.InvalidConfiguration;
import dev.wayleave.config.Settings;
import dev.wayleave.upstream.ClientKey;
import dev.wayleave.upstream.Credentials;
import dev.wayleave.upstream.Exchange;
import dev.wayleave.upstream.ExchangeClient;
import dev.wayleave.upstream.TokenExchange;
import java.net.URI;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Where and as whom callers' tokens are exchanged. Renders without secrets.
 *
 * @param client makes the client, once there is a clock and something that makes ids
 */
record ExchangeSettings(Exchange terms, Client client) {
    private static final Set<String> ALGORITHMS = Set.of("RS256", "PS256", "ES256", "EdDSA");

    /** Makes what proves who we are. */
    interface Client {
        ExchangeClient make(Clock clock, Supplier<String> ids);
    }

    static ExchangeSettings read(Settings exchange, Settings platform) {
        refuseUnverified(exchange, platform);
        return exchange.read(s -> {
            s.required("url", "is the token endpoint at which tokens are exchanged");
            URI url = s.url("url").orElseThrow();
            String audience =
                    s.required("audience", "is the name by which the authorization server knows the platform");
            try {
                return new ExchangeSettings(terms(s, url, audience, platform), client(s, url));
            } catch (IllegalArgumentException e) {
                throw new InvalidConfiguration(s.path() + " (" + s.file("url") + "): " + e.getMessage());
            }
        });
    }

    Credentials credentials(Clock clock, Supplier<String> ids) {
        return new TokenExchange(terms, client.make(clock, ids), clock);
    }

    /**
     * Whose token is exchanged must be known, or nobody could say for whom the new one may be; and not from the platform,
     * which would be shown the very token that is to be kept from it.
     */
    private static void refuseUnverified(Settings exchange, Settings platform) {
        String verify = platform.child("callers")
                .flatMap(callers -> callers.text("verify"))
                .orElse("");
        if (verify.equals("none") || verify.equals("probe")) {
            throw new InvalidConfiguration(exchange.path() + " needs callers verified with jwt or introspection, but "
                    + platform.path("callers.verify") + " is " + verify + " (" + platform.file("callers") + ")");
        }
    }

    private static Exchange terms(Settings s, URI url, String audience, Settings platform) {
        List<String> scopeClaims = new ArrayList<>(List.of("scope", "scp"));
        platform.child("callers")
                .flatMap(callers -> callers.text("scope-claim"))
                .ifPresent(scopeClaims::add);
        return new Exchange(url, audience, Set.copyOf(s.texts("scope")), scopeClaims);
    }

    private static Client client(Settings s, URI url) {
        String id = s.required("client-id", "is the client that Wayleave is to the authorization server");
        @Nullable String secret = s.secret("client-secret").orElse(null);
        @Nullable String key = s.secret("private-key").orElse(null);
        String algorithm = s.text("algorithm").orElse(null);
        if ((secret == null) == (key == null)) {
            throw new InvalidConfiguration(s.path("client-secret") + " and " + s.path("private-key")
                    + (key == null ? " are both missing (" : " are both set (") + s.file("client-id")
                    + "): one of them proves which client Wayleave is");
        }
        if (algorithm != null && (key == null || !ALGORITHMS.contains(algorithm))) {
            throw s.wrong("algorithm", "one of EdDSA, ES256, PS256, RS256, beside a private-key");
        }
        if (key == null) {
            ExchangeClient client = ExchangeClient.withSecret(id, ClientSecret.of(String.valueOf(secret)));
            return (clock, ids) -> client;
        }
        ClientKey signer = key(s, key, algorithm);
        return (clock, ids) -> ExchangeClient.withKey(id, signer, url, clock, ids);
    }

    private static ClientKey key(Settings s, String text, @Nullable String algorithm) {
        try {
            return ClientKey.parse(text, algorithm);
        } catch (IllegalArgumentException e) {
            throw new InvalidConfiguration(
                    s.path("private-key") + " (" + s.file("private-key") + "): the key " + e.getMessage());
        }
    }

    @Override
    public String toString() {
        return "ExchangeSettings[redacted]";
    }
}
