package dev.wayleave.upstream;

import com.nimbusds.oauth2.sdk.TokenRequest;
import com.nimbusds.oauth2.sdk.http.HTTPRequest;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Sends token requests to one authorization server, bounded in everything: so many at once, 2 s to connect, 5 s for all of
 * one, 64 KiB of answer, no redirect, no proxy.
 */
final class TokenEndpoint {
    private static final Duration CONNECT = Duration.ofSeconds(2);
    private static final Duration BUDGET = Duration.ofSeconds(5);
    private static final int MAX_BYTES = 64 * 1024;
    private static final int MOST_AT_ONCE = 32;

    private final URI url;
    private final Semaphore places = new Semaphore(MOST_AT_ONCE);
    private final HttpClient client = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .followRedirects(HttpClient.Redirect.NEVER)
            .proxy(HttpClient.Builder.NO_PROXY)
            .connectTimeout(CONNECT)
            .build();

    TokenEndpoint(URI url) {
        this.url = url;
    }

    /** The whole answer, whatever its status; nothing where there was none, or one too large. */
    Optional<HttpResponse<byte[]>> send(TokenRequest request) {
        long end = System.nanoTime() + BUDGET.toNanos();
        try {
            if (!places.tryAcquire(BUDGET.toNanos(), TimeUnit.NANOSECONDS)) {
                return Optional.empty();
            }
            try {
                return await(
                        client.sendAsync(build(request), BodyHandlers.limiting(BodyHandlers.ofByteArray(), MAX_BYTES)),
                        end);
            } finally {
                places.release();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        }
    }

    private HttpRequest build(TokenRequest request) {
        HTTPRequest made = request.toHTTPRequest();
        HttpRequest.Builder http = HttpRequest.newBuilder(url)
                .header("Content-Type", "application/x-www-form-urlencoded")
                .header("Accept", "application/json")
                .POST(BodyPublishers.ofString(made.getBody()));
        if (made.getAuthorization() != null) {
            http.header("Authorization", made.getAuthorization());
        }
        return http.build();
    }

    private static Optional<HttpResponse<byte[]>> await(CompletableFuture<HttpResponse<byte[]>> answer, long end)
            throws InterruptedException {
        try {
            return Optional.of(answer.get(end - System.nanoTime(), TimeUnit.NANOSECONDS));
        } catch (TimeoutException e) {
            answer.cancel(true);
            return Optional.empty();
        } catch (ExecutionException e) {
            return Optional.empty();
        }
    }
}
