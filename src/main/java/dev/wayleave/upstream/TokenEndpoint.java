package dev.wayleave.upstream;

import com.nimbusds.oauth2.sdk.TokenRequest;
import com.nimbusds.oauth2.sdk.http.HTTPRequest;
import dev.wayleave.caller.BoundedHttp;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * Sends token requests to one authorization server, bounded in everything: so many at once, 2 s to connect, 5 s for all of
 * one, 64 KiB of answer, no redirect, no proxy.
 */
final class TokenEndpoint {
    private static final Duration BUDGET = Duration.ofSeconds(5);
    private static final int MAX_BYTES = 64 * 1024;
    private static final int MOST_AT_ONCE = 32;

    private final URI url;
    private final Semaphore places = new Semaphore(MOST_AT_ONCE);
    private final BoundedHttp http = new BoundedHttp(MAX_BYTES);

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
                return http.answer(build(request), Duration.ofNanos(end - System.nanoTime()));
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
}
