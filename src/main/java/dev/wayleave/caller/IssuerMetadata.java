package dev.wayleave.caller;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Finds what an issuer says about itself (RFC 8414 §3, OpenID Connect Discovery §4), and takes nobody else's word. */
final class IssuerMetadata {
    private final BoundedHttp http;
    private final String issuer;

    IssuerMetadata(BoundedHttp http, String issuer) {
        this.http = http;
        this.issuer = issuer;
    }

    /** Makes something of a document. */
    interface Reader<T> {
        /**
         * Empty where the document has not got it.
         *
         * @throws IllegalArgumentException where it has something that cannot be trusted
         */
        Optional<T> read(ObjectNode document, URI from);
    }

    /**
     * What the first document yields that is the issuer's own and has it.
     *
     * @param end when to have stopped, as {@link System#nanoTime()} tells it
     */
    <T> Optional<T> find(Reader<T> reader, long end) {
        for (URI url : urls(URI.create(issuer))) {
            Optional<T> found = read(reader, url, end);
            if (found.isPresent()) {
                return found;
            }
        }
        return Optional.empty();
    }

    /** A URL that the document names: https, or plain http where the document itself came over that from this machine. */
    static URI secure(String member, String url, URI from) {
        URI found = SecureUrl.of(member, url);
        if (!found.getScheme().equalsIgnoreCase("https") && !from.getScheme().equals("http")) {
            throw new IllegalArgumentException(member + ": must be an https URL");
        }
        return found;
    }

    private <T> Optional<T> read(Reader<T> reader, URI url, long end) {
        try {
            ObjectNode document = StrictJson.object(http.get(url, left(end)));
            return issuer.equals(document.path("issuer").textValue()) ? reader.read(document, url) : Optional.empty();
        } catch (IOException | FetchException | IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /** What is left of the time. */
    static Duration left(long end) throws FetchException {
        Duration left = Duration.ofNanos(end - System.nanoTime());
        if (!left.isPositive()) {
            throw new FetchException("timeout");
        }
        return left;
    }

    /** The places in the order in which MCP clients look. */
    static List<URI> urls(URI issuer) {
        String path = issuer.getRawPath().replaceFirst("/$", "");
        List<String> paths = List.of(
                "/.well-known/oauth-authorization-server" + path,
                "/.well-known/openid-configuration" + path,
                path + "/.well-known/openid-configuration");
        return paths.stream().distinct().map(issuer::resolve).toList();
    }
}
