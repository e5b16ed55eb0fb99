package dev.wayleave.upstream;

import dev.wayleave.caller.Reach;
import io.micronaut.http.HttpMethod;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MutableHttpHeaders;
import io.micronaut.http.MutableHttpRequest;
import io.micronaut.http.client.exceptions.ContentLengthExceededException;
import io.micronaut.http.client.exceptions.ReadTimeoutException;
import java.io.IOException;
import java.net.URI;
import java.nio.channels.UnresolvedAddressException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import java.util.function.UnaryOperator;
import java.util.random.RandomGenerator;
import javax.net.ssl.SSLException;

/** The bottom of the stack: one HTTP exchange with the platform, on a request built from scratch. */
public final class HttpUpstream implements Upstream {
    /** Of which each line counts, or more than one makes none. */
    private static final Set<String> OF_CACHES = Set.of("cache-control", "vary", "etag", "age", "expires", "pragma");

    private final PlatformAddress address;
    private final String credentialHeader;
    private final InstantSource clock;
    private final Connections connections;

    /**
     * What an operator decides of every exchange.
     *
     * @param connect the longest that a connection may take, and as long again for TLS
     * @param firstByte the longest from the end of the request to the first byte of its answer
     * @param maxResponse in bytes
     */
    public record Terms(Duration connect, Duration firstByte, int maxResponse) {}

    /**
     * @param credentialHeader the field that carries the token: {@code Authorization} with its scheme, any other bare
     */
    public HttpUpstream(
            PlatformAddress address,
            String credentialHeader,
            Terms terms,
            PlatformClients clients,
            InstantSource clock) {
        this(address, credentialHeader, clients.open(address.origin(), address.reach(), terms), clock);
    }

    private HttpUpstream(
            PlatformAddress address, String credentialHeader, Connections connections, InstantSource clock) {
        this.address = address;
        this.credentialHeader = credentialHeader;
        this.clock = clock;
        this.connections = connections;
    }

    /**
     * Ways to many origins that share their connections, each guarded for itself; bearer tokens go there as such.
     *
     * @param around what is put around each way, below its guards
     */
    public static Origins origins(
            List<Origins.Allowed> allowed,
            Terms terms,
            PlatformClients clients,
            RandomGenerator random,
            InstantSource clock,
            UnaryOperator<Upstream> around) {
        if (allowed.isEmpty()) {
            return Origins.NONE;
        }
        URI nowhere = URI.create("http://invalid.invalid");
        Map<Reach, Connections> shared = new EnumMap<>(Reach.class);
        allowed.forEach(one -> shared.computeIfAbsent(one.reach(), reach -> clients.open(nowhere, reach, terms)));
        return new Origins(
                allowed,
                (origin, reach) -> new OriginUpstream(
                        around.apply(new HttpUpstream(
                                new PlatformAddress(URI.create(origin), reach),
                                "Authorization",
                                Objects.requireNonNull(shared.get(reach)),
                                clock)),
                        Hints.NONE,
                        random,
                        clock),
                () -> shared.values().forEach(Connections::close));
    }

    @Override
    public UpstreamResponse send(UpstreamRequest request) throws UpstreamException {
        URI url = address.resolve(request.target());
        Duration left = Duration.between(clock.instant(), request.deadline());
        if (left.isNegative() || left.isZero()) {
            throw new UpstreamException(UpstreamException.Kind.EXPIRED);
        }
        Cancellation cancellation = request.trail().cancellation();
        if (cancellation.isCancelled()) {
            throw new UpstreamException(UpstreamException.Kind.CANCELLED);
        }
        request.trail().sending();
        try {
            HttpResponse<byte[]> response = connections.answer(
                    build(request, url), request.safe(), left, request.safe() ? cancellation : new Cancellation());
            byte[] body = response.getBody(Connections.BYTES).orElseGet(() -> new byte[0]);
            request.trail().holds(body.length);
            request.trail().answered(response.code(), body.length);
            return new UpstreamResponse(response.code(), headers(response), body);
        } catch (TimeoutException | ExecutionException | RuntimeException e) {
            boolean givenUp = request.safe() && cancellation.isCancelled();
            throw new UpstreamException(givenUp ? UpstreamException.Kind.CANCELLED : kind(e), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new UpstreamException(UpstreamException.Kind.CANCELLED, e);
        } finally {
            request.trail().ended();
        }
    }

    @Override
    public void close() {
        connections.close();
    }

    private MutableHttpRequest<byte[]> build(UpstreamRequest request, URI url) {
        MutableHttpRequest<byte[]> http =
                HttpRequest.create(HttpMethod.parse(request.method()), url.toString(), request.method());
        MutableHttpHeaders headers = http.getHeaders();
        request.headers().stream()
                .filter(header -> !header.name().equalsIgnoreCase(credentialHeader))
                .forEach(header -> headers.set(header.name(), header.value()));
        headers.set("Accept", "application/json, text/*;q=0.9, */*;q=0.8");
        headers.set("Accept-Encoding", "identity");
        headers.set("User-Agent", "Wayleave");
        if (request.credential() != null) {
            headers.set(credentialHeader, request.credential().in(credentialHeader));
        }
        UpstreamRequest.Body body = request.body();
        if (body != null) {
            headers.set("Content-Type", body.contentType());
            http.body(body.bytes());
        }
        return new BytesRequest(http);
    }

    /** The first of each, but all of those that caches mind; what says when to come back is in seconds, or not there. */
    private Map<String, String> headers(HttpResponse<?> response) {
        Map<String, String> headers = new HashMap<>();
        response.getHeaders().forEach((name, values) -> {
            String lower = name.toLowerCase(Locale.ROOT);
            headers.putIfAbsent(
                    lower,
                    OF_CACHES.contains(lower) ? String.join(", ", values) : values.isEmpty() ? "" : values.getFirst());
        });
        if (headers.remove("retry-after") != null) {
            RetryAfter.seconds(response.getHeaders().getAll("Retry-After"), clock.instant())
                    .ifPresent(seconds -> headers.put("retry-after", seconds.toString()));
        }
        return headers;
    }

    /** Whatever did not pass the guard of a connection happened before anything was written on one. */
    private static UpstreamException.Kind kind(Exception failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            switch (cause) {
                case AnswerFault fault -> {
                    return fault.kind();
                }
                case HostNames.PrivateAddressException e -> {
                    return UpstreamException.Kind.PRIVATE_ADDRESS;
                }
                case SSLException e -> {
                    return UpstreamException.Kind.INSECURE;
                }
                case IOException e -> {
                    return UpstreamException.Kind.UNREACHABLE;
                }
                case UnresolvedAddressException e -> {
                    return UpstreamException.Kind.UNREACHABLE;
                }
                case ContentLengthExceededException e -> {
                    return UpstreamException.Kind.TOO_LARGE;
                }
                case TimeoutException e -> {
                    return UpstreamException.Kind.TIMED_OUT;
                }
                case ReadTimeoutException e -> {
                    return UpstreamException.Kind.TIMED_OUT;
                }
                default -> {
                    // what it was caused by may say more
                }
            }
        }
        return UpstreamException.Kind.CUT_OFF;
    }
}
