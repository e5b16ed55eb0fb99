package dev.wayleave.sandbox;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Clients whose id is the URL of their own metadata (OAuth Client ID Metadata Documents), fetched with care. */
final class ClientDocuments implements AutoCloseable {
    private static final int LARGEST = 16_384;
    private static final Duration PATIENCE = Duration.ofSeconds(4);

    private final HttpClient http = HttpClient.newBuilder()
            .followRedirects(HttpClient.Redirect.NEVER)
            .connectTimeout(PATIENCE)
            .build();
    private final Cache<String, Client> known = Caffeine.newBuilder()
            .maximumSize(100)
            .expireAfterWrite(Duration.ofMinutes(5))
            .build();

    /** Whether an id is such a URL: https, or http on loopback, with a path and nothing that hides. */
    static boolean isDocumentUrl(String id) {
        try {
            URI url = new URI(id);
            boolean scheme =
                    "https".equals(url.getScheme()) || ("http".equals(url.getScheme()) && RedirectUris.isLoopback(url));
            return scheme
                    && url.getHost() != null
                    && url.getRawFragment() == null
                    && url.getRawUserInfo() == null
                    && url.getRawPath().length() > 1
                    && url.normalize().equals(url)
                    && id.length() <= 500;
        } catch (URISyntaxException e) {
            return false;
        }
    }

    /** Empty where the document cannot be had or does not describe that client. */
    Optional<Client> find(String id) {
        Client cached = known.getIfPresent(id);
        if (cached != null) {
            return Optional.of(cached);
        }
        Optional<Client> fetched = fetch(URI.create(id)).flatMap(body -> read(id, body));
        fetched.ifPresent(client -> known.put(id, client));
        return fetched;
    }

    private static Optional<Client> read(String id, String body) {
        try {
            ObjectNode metadata = StrictJson.parse(body);
            boolean itself = metadata.path("client_id").asText().equals(id);
            String method = metadata.path("token_endpoint_auth_method").asText("none");
            return itself && method.equals("none") && !metadata.has("client_secret")
                    ? Optional.of(Client.read(id, metadata))
                    : Optional.empty();
        } catch (Refused | OAuthError e) {
            return Optional.empty();
        }
    }

    private Optional<String> fetch(URI url) {
        try {
            // The connection resolves the name again, from the JDK's cache of half a minute: what was checked is what
            // is used.
            for (InetAddress address : InetAddress.getAllByName(url.getHost())) {
                if (!isAllowed(address)) {
                    return Optional.empty();
                }
            }
            HttpRequest request = HttpRequest.newBuilder(url)
                    .header("Accept", "application/json")
                    .build();
            CompletableFuture<HttpResponse<String>> answer = http.sendAsync(
                    request,
                    HttpResponse.BodyHandlers.limiting(
                            HttpResponse.BodyHandlers.ofString(StandardCharsets.UTF_8), LARGEST));
            try {
                return body(answer.get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS));
            } finally {
                answer.cancel(true);
            }
        } catch (IOException | ExecutionException | TimeoutException e) {
            return Optional.empty();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        }
    }

    private static Optional<String> body(HttpResponse<String> response) {
        String type = response.headers().firstValue("Content-Type").orElse("");
        return response.statusCode() == 200 && type.contains("json") ? Optional.of(response.body()) : Optional.empty();
    }

    /** Public addresses and, this being a sandbox, this machine itself; no private network. */
    static boolean isAllowed(InetAddress address) {
        byte first = address.getAddress()[0];
        boolean uniqueLocal = address.getAddress().length == 16 && (first & 0xfe) == 0xfc;
        boolean shared =
                address.getAddress().length == 4 && (first & 0xff) == 100 && (address.getAddress()[1] & 0xc0) == 64;
        return address.isLoopbackAddress()
                || !(address.isAnyLocalAddress()
                        || address.isLinkLocalAddress()
                        || address.isSiteLocalAddress()
                        || address.isMulticastAddress()
                        || uniqueLocal
                        || shared);
    }

    @Override
    public void close() {
        http.shutdownNow();
    }
}
