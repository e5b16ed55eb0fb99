package dev.wayleave.caller;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Fetches a small document, bounded in everything: 2 s to connect, a time for all of it, 256 KiB, no redirect, no proxy.
 * Nimbus' retriever bounds each read instead of all of them, so that a server which trickles could hold it for days.
 */
final class BoundedHttp {
    private static final Duration CONNECT = Duration.ofSeconds(2);
    private static final int MAX_BYTES = 256 * 1024;

    private final HttpClient client = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .followRedirects(HttpClient.Redirect.NEVER)
            .proxy(HttpClient.Builder.NO_PROXY)
            .connectTimeout(CONNECT)
            .build();

    /**
     * The body of a 200.
     *
     * @param within all the time there is, the body included
     * @throws FetchException for everything else
     */
    byte[] get(URI url, Duration within) throws FetchException {
        return send(
                HttpRequest.newBuilder(url)
                        .header("Accept", "application/json, application/jwk-set+json")
                        .build(),
                within);
    }

    /**
     * The body of the 200 that answers a form.
     *
     * @param authorization the value of the field of that name
     */
    byte[] post(URI url, String form, String authorization, Duration within) throws FetchException {
        return send(
                HttpRequest.newBuilder(url)
                        .header("Accept", "application/json")
                        .header("Content-Type", "application/x-www-form-urlencoded")
                        .header("Authorization", authorization)
                        .POST(BodyPublishers.ofString(form))
                        .build(),
                within);
    }

    private byte[] send(HttpRequest request, Duration within) throws FetchException {
        CompletableFuture<HttpResponse<byte[]>> answer =
                client.sendAsync(request, BodyHandlers.limiting(BodyHandlers.ofByteArray(), MAX_BYTES));
        HttpResponse<byte[]> response = await(answer, within);
        if (response.statusCode() != 200) {
            throw new FetchException("status " + response.statusCode());
        }
        return response.body();
    }

    private static HttpResponse<byte[]> await(CompletableFuture<HttpResponse<byte[]>> answer, Duration within)
            throws FetchException {
        try {
            return answer.get(within.toNanos(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            answer.cancel(true);
            throw new FetchException("timeout");
        } catch (ExecutionException e) {
            throw new FetchException("no answer, or a larger one than 256 KiB");
        } catch (InterruptedException e) {
            answer.cancel(true);
            Thread.currentThread().interrupt();
            throw new FetchException("interrupted");
        }
    }
}
