package dev.wayleave.caller;

import com.fasterxml.jackson.databind.node.ObjectNode;
import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.List;

/** Brings the issuer's key set, and finds out where it is if nobody said (RFC 8414 §3, OpenID Connect Discovery §4). */
final class KeyDownload {
    private static final Duration BUDGET = Duration.ofSeconds(5);

    private final BoundedGet http = new BoundedGet();
    private final String issuer;
    private final @Nullable URI configured;
    private volatile @Nullable URI discovered;

    KeyDownload(String issuer, @Nullable URI configured) {
        this.issuer = issuer;
        this.configured = configured;
    }

    /**
     * The set as it is now, within five seconds.
     *
     * @throws IOException if it is out of reach or not a key set
     */
    KeySet fetch() throws IOException {
        long end = System.nanoTime() + BUDGET.toNanos();
        URI url = configured == null ? discovered : configured;
        try {
            if (url == null) {
                url = discover(end);
                discovered = url;
            }
            return KeySet.parse(get(url, end));
        } catch (IOException e) {
            discovered = null;
            throw e;
        }
    }

    private URI discover(long end) throws IOException {
        for (URI metadata : metadataUrls(URI.create(issuer))) {
            try {
                ObjectNode document = StrictJson.object(get(metadata, end));
                if (issuer.equals(document.path("issuer").textValue())) {
                    return SecureUrl.of("jwks_uri", document.path("jwks_uri").asText());
                }
            } catch (IOException | IllegalArgumentException e) {
                // The next place may have it.
            }
        }
        throw new IOException("no metadata");
    }

    /** The places in the order in which MCP clients look. */
    static List<URI> metadataUrls(URI issuer) {
        String path = issuer.getRawPath().replaceFirst("/$", "");
        List<String> paths = List.of(
                "/.well-known/oauth-authorization-server" + path,
                "/.well-known/openid-configuration" + path,
                path + "/.well-known/openid-configuration");
        return paths.stream().distinct().map(issuer::resolve).toList();
    }

    private byte[] get(URI url, long end) throws IOException {
        Duration left = Duration.ofNanos(end - System.nanoTime());
        if (!left.isPositive()) {
            throw new IOException("timeout");
        }
        return http.get(url, left);
    }
}
