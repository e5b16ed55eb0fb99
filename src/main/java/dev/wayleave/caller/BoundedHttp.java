package dev.wayleave.caller;

import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * Fetches a small document, bounded in everything: 2 s to connect, a time and a size for all of it, no redirect, no proxy.
 * The first host decides where it leads to: if that is on the internet, no host leads anywhere else from then on.
 * Nimbus' retriever bounds each read instead of all of them, so that a server which trickles could hold it for days.
 */
public final class BoundedHttp {
    private static final Duration CONNECT = Duration.ofSeconds(2);
    private static final int USUAL_BYTES = 256 * 1024;

    private final int maxBytes;
    private final Reach.Lookup lookup;
    private volatile @Nullable Reach reach;
    private final HttpClient client = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .followRedirects(HttpClient.Redirect.NEVER)
            .proxy(HttpClient.Builder.NO_PROXY)
            .connectTimeout(CONNECT)
            .build();

    BoundedHttp() {
        this(USUAL_BYTES);
    }

    /** For answers of so many bytes at most. */
    public BoundedHttp(int maxBytes) {
        this(maxBytes, InetAddress::getAllByName);
    }

    BoundedHttp(int maxBytes, Reach.Lookup lookup) {
        this.maxBytes = maxBytes;
        this.lookup = lookup;
    }

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

    /** The whole answer, whatever its status; empty where there was none in time, or one too large. */
    public Optional<HttpResponse<byte[]>> answer(HttpRequest request, Duration within) {
        try {
            return Optional.of(exchange(request, within));
        } catch (FetchException e) {
            return Optional.empty();
        }
    }

    private HttpResponse<byte[]> exchange(HttpRequest request, Duration within) throws FetchException {
        long end = System.nanoTime() + within.toNanos();
        admit(request.uri().getHost(), within);
        return await(
                client.sendAsync(request, BodyHandlers.limiting(BodyHandlers.ofByteArray(), maxBytes)),
                Duration.ofNanos(end - System.nanoTime()));
    }

    /** The client looks the host up again, and gets the same answer from the JVM, which keeps it for 30 seconds. */
    private void admit(String host, Duration within) throws FetchException {
        InetAddress[] found = await(
                CompletableFuture.supplyAsync(
                        () -> {
                            try {
                                return lookup.all(host);
                            } catch (UnknownHostException e) {
                                throw new CompletionException(e);
                            }
                        },
                        task -> Thread.ofVirtual().name("lookup").start(task)),
                within);
        Reach chosen = reach;
        if (chosen == null) {
            chosen = Reach.of(host, again -> found);
            reach = chosen;
        }
        if (!chosen.admits(found)) {
            throw new FetchException("a private address");
        }
    }

    private byte[] send(HttpRequest request, Duration within) throws FetchException {
        HttpResponse<byte[]> response = exchange(request, within);
        if (response.statusCode() != 200) {
            throw new FetchException("status " + response.statusCode());
        }
        return response.body();
    }

    private static <T> T await(CompletableFuture<T> answer, Duration within) throws FetchException {
        try {
            return answer.get(within.toNanos(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            answer.cancel(true);
            throw new FetchException("timeout");
        } catch (ExecutionException e) {
            throw new FetchException("no answer, or one that is too large");
        } catch (InterruptedException e) {
            answer.cancel(true);
            Thread.currentThread().interrupt();
            throw new FetchException("interrupted");
        }
    }
}
