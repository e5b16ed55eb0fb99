package dev.wayleave.mcp;

import dev.wayleave.caller.MetadataMirror;
import dev.wayleave.upstream.Cancellation;
import io.micronaut.context.annotation.Executable;
import io.micronaut.core.type.Argument;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.MediaType;
import io.micronaut.http.MutableHttpResponse;
import io.micronaut.http.body.MessageBodyHandlerRegistry;
import io.micronaut.http.body.MessageBodyWriter;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import jakarta.inject.Singleton;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Where Micronaut's HTTP ends: reads requests for the endpoints, and writes their answers. */
@Singleton
class HttpEdge {
    private final Endpoints endpoints;
    private final MessageBodyWriter<byte[]> texts;
    private final MessageBodyWriter<InputStream> streams;

    private final Management management;

    HttpEdge(Endpoints endpoints, Management management, MessageBodyHandlerRegistry writers) {
        this.endpoints = endpoints;
        this.management = management;
        this.texts = writers.getWriter(Argument.of(byte[].class), List.of(MediaType.APPLICATION_JSON_TYPE));
        this.streams =
                writers.getWriter(Argument.of(InputStream.class), List.of(MediaType.APPLICATION_OCTET_STREAM_TYPE));
    }

    /** Any verb on the path of a platform. */
    @Executable
    @ExecuteOn(TaskExecutors.BLOCKING)
    HttpResponse<?> mcp(HttpRequest<byte[]> request) {
        Endpoint endpoint = endpoints.enter(request.getPath());
        if (endpoint == null) {
            return notFound();
        }
        try {
            return endpoints.isDraining() ? draining(endpoint, head(request)) : answered(endpoint, request);
        } finally {
            endpoint.leave();
        }
    }

    private HttpResponse<?> answered(Endpoint endpoint, HttpRequest<byte[]> request) {
        byte[] body = request.getBody().orElseGet(() -> new byte[0]);
        try (Departure departure = Departure.of(request)) {
            Reply reply = endpoint.handle(
                    new Request(request.getMethodName(), headers(request), body, departure.cancellation()));
            MutableHttpResponse<?> response = plain(reply);
            EventStream events = reply.events();
            if (events != null) {
                departure.waitFor(events);
                return written(response.header("Content-Type", "text/event-stream"), events, streams);
            }
            return reply.body().length == 0
                    ? response
                    : written(response.header("Content-Type", "application/json"), reply.body(), texts);
        }
    }

    private static <T> HttpResponse<T> written(MutableHttpResponse<?> response, T body, MessageBodyWriter<T> writer) {
        MutableHttpResponse<T> written = response.body(body);
        written.bodyWriter(writer);
        return written;
    }

    /** Any verb on a path that was nobody's when the server started. */
    @Executable
    @ExecuteOn(TaskExecutors.BLOCKING)
    HttpResponse<?> later(HttpRequest<byte[]> request) {
        String path = request.getPath();
        boolean metadata = endpoints.metadataAt(path) != null;
        if (!metadata && endpoints.mirrorAt(path) == null) {
            return mcp(request);
        }
        return switch (request.getMethod()) {
            case GET -> metadata ? metadata(request) : mirror(request);
            case OPTIONS -> preflight(request);
            default -> notFound();
        };
    }

    /** The metadata of RFC 9728, for anyone. */
    @Executable
    HttpResponse<byte[]> metadata(HttpRequest<?> request) {
        byte[] document = endpoints.metadataAt(request.getPath());
        return document == null ? notFound() : discovered(document);
    }

    /** An authorization server's metadata, for anyone. */
    @Executable
    @ExecuteOn(TaskExecutors.BLOCKING)
    HttpResponse<byte[]> mirror(HttpRequest<?> request) {
        MetadataMirror mirror = endpoints.mirrorAt(request.getPath());
        return mirror == null
                ? notFound()
                : mirror.json().map(HttpEdge::discovered).orElseGet(HttpEdge::tryLater);
    }

    /** What a browser may ask of the documents: anybody's script may read them. */
    @Executable
    HttpResponse<byte[]> preflight(HttpRequest<?> request) {
        return HttpResponse.<byte[]>noContent()
                .header("Access-Control-Allow-Origin", "*")
                .header("Access-Control-Allow-Methods", "GET")
                .header("Access-Control-Allow-Headers", "MCP-Protocol-Version")
                .header("Access-Control-Max-Age", "3600");
    }

    /** Metrics, on the management port. */
    @Executable
    @ExecuteOn(TaskExecutors.BLOCKING)
    HttpResponse<byte[]> metrics(HttpRequest<?> request) {
        return HttpResponse.ok(management.metrics()).header("Content-Type", "text/plain; version=0.0.4; charset=utf-8");
    }

    /** The parts of the health, on the management port. */
    @Executable
    @ExecuteOn(TaskExecutors.BLOCKING)
    HttpResponse<byte[]> health(HttpRequest<?> request) {
        return HttpResponse.ok(management.health()).header("Content-Type", "application/json");
    }

    /** Somebody else will take it: this one is about to end. */
    private static HttpResponse<?> draining(Endpoint endpoint, Request request) {
        if (Cors.isPreflight(request)) {
            return plain(endpoint.handle(request));
        }
        ProtocolError error = ProtocolError.http(503, "The server is about to stop. Nothing was done.", Map.of());
        MutableHttpResponse<byte[]> response = HttpResponse.<byte[]>status(HttpStatus.SERVICE_UNAVAILABLE)
                .header("Content-Type", "application/json")
                .header("Retry-After", "1")
                .header("Connection", "close")
                .body(JsonRpc.error(null, error));
        endpoint.crossOrigin(request).forEach(response::header);
        return response;
    }

    private static MutableHttpResponse<?> plain(Reply reply) {
        MutableHttpResponse<?> response = HttpResponse.status(HttpStatus.valueOf(reply.status()));
        reply.headers().forEach(response::header);
        return response.header("Cache-Control", "no-store");
    }

    private static HttpResponse<byte[]> discovered(byte[] document) {
        return HttpResponse.ok(document)
                .header("Content-Type", "application/json")
                .header("Access-Control-Allow-Origin", "*")
                .header("Cache-Control", "public, max-age=300");
    }

    private static HttpResponse<byte[]> tryLater() {
        ProtocolError error =
                ProtocolError.http(503, "The authorization server does not tell its metadata now.", Map.of());
        return HttpResponse.<byte[]>status(HttpStatus.SERVICE_UNAVAILABLE)
                .header("Content-Type", "application/json")
                .header("Access-Control-Allow-Origin", "*")
                .header("Retry-After", "10")
                .body(JsonRpc.error(null, error));
    }

    private static HttpResponse<byte[]> notFound() {
        ProtocolError error = ProtocolError.http(404, "Not Found", Map.of());
        return HttpResponse.<byte[]>notFound()
                .header("Content-Type", "application/json")
                .body(JsonRpc.error(null, error));
    }

    /** What is known of a request whose body says nothing yet. */
    static Request head(HttpRequest<?> request) {
        return new Request(request.getMethodName(), headers(request), new byte[0], new Cancellation());
    }

    private static Map<String, List<String>> headers(HttpRequest<?> request) {
        Map<String, List<String>> headers = new HashMap<>();
        request.getHeaders()
                .forEach((name, values) -> headers.computeIfAbsent(
                                name.toLowerCase(Locale.ROOT), key -> new ArrayList<>())
                        .addAll(values));
        return headers;
    }
}
