package dev.wayleave.caller;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Brings the issuer's key set, and finds out where it is if nobody said (RFC 8414 §3, OpenID Connect Discovery §4). */
final class KeyDownload {
    static final Duration BUDGET = Duration.ofSeconds(5);

    private final BoundedGet http = new BoundedGet();
    private final String issuer;
    private final @Nullable URI configured;
    private final Duration budget;
    private volatile @Nullable URI discovered;

    KeyDownload(String issuer, @Nullable URI configured, Duration budget) {
        this.issuer = issuer;
        this.configured = configured;
        this.budget = budget;
    }

    /**
     * The set as it is now, within the budget.
     *
     * @throws KeyFetchException if it is out of reach or not a key set
     */
    KeySet fetch() throws KeyFetchException {
        long end = System.nanoTime() + budget.toNanos();
        URI url = configured == null ? discovered : configured;
        try {
            if (url == null) {
                url = discover(end);
                discovered = url;
            }
            return KeySet.parse(get(url, end));
        } catch (KeyFetchException e) {
            discovered = null;
            throw e;
        }
    }

    private URI discover(long end) throws KeyFetchException {
        for (URI metadata : metadataUrls(URI.create(issuer))) {
            Optional<URI> found = read(metadata, end);
            if (found.isPresent()) {
                return found.get();
            }
        }
        throw new KeyFetchException("no metadata of this issuer names usable keys");
    }

    /** The keys' place according to a metadata document, if that is there and is the issuer's own. */
    private Optional<URI> read(URI metadata, long end) {
        try {
            ObjectNode document = StrictJson.object(get(metadata, end));
            URI keys = SecureUrl.of("jwks_uri", document.path("jwks_uri").asText());
            boolean plainForPlain = keys.getScheme().equalsIgnoreCase("https")
                    || metadata.getScheme().equals("http");
            return issuer.equals(document.path("issuer").textValue()) && plainForPlain
                    ? Optional.of(keys)
                    : Optional.empty();
        } catch (IOException | KeyFetchException | IllegalArgumentException e) {
            return Optional.empty();
        }
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

    private byte[] get(URI url, long end) throws KeyFetchException {
        Duration left = Duration.ofNanos(end - System.nanoTime());
        if (!left.isPositive()) {
            throw new KeyFetchException("timeout");
        }
        return http.get(url, left);
    }
}
