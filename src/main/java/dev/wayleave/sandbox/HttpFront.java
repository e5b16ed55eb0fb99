package dev.wayleave.sandbox;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Semaphore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The edge: hosts, bounds, routes, and every end of a request as an answer.
 *
 * <p>Only loopback names are accepted as {@code Host}: with no password to ask for, a foreign page that points its own name
 * at this machine must not get through.
 */
final class HttpFront implements HttpHandler {
    private static final Logger LOG = LoggerFactory.getLogger(HttpFront.class);
    private static final int MOST_AT_ONCE = 128;
    private static final int LONGEST_QUERY = 8_192;

    private final Routes routes;
    private final Set<String> hosts;
    private final Semaphore places = new Semaphore(MOST_AT_ONCE);

    HttpFront(Routes routes, String authority, int port) {
        this.routes = routes;
        this.hosts = new HashSet<>(List.of("localhost:" + port, "127.0.0.1:" + port, "[::1]:" + port, authority));
    }

    @Override
    public void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            if (!places.tryAcquire()) {
                send(exchange, new Refused(503, "too many requests at once").answer());
                return;
            }
            try {
                send(exchange, answer(exchange));
            } finally {
                places.release();
            }
        }
    }

    private Answer answer(HttpExchange exchange) {
        boolean open = false;
        Answer answer;
        try {
            checkHost(exchange.getRequestHeaders());
            List<Routes.Match> matches = routes.on(exchange.getRequestURI().getRawPath());
            open = matches.stream().anyMatch(match -> match.route().open());
            answer = open && exchange.getRequestMethod().equals("OPTIONS")
                    ? preflight(matches)
                    : call(exchange, matches);
        } catch (Refused e) {
            answer = e.answer();
        } catch (IOException | RuntimeException e) {
            LOG.warn(
                    "{} {} failed",
                    exchange.getRequestMethod(),
                    exchange.getRequestURI().getRawPath(),
                    e);
            answer = new Refused(500, "internal error").answer();
        }
        return open ? answer.with("Access-Control-Allow-Origin", "*") : answer;
    }

    private static Answer call(HttpExchange exchange, List<Routes.Match> matches) throws IOException {
        Routes.Match match;
        try {
            match = Routes.choose(matches, exchange.getRequestMethod());
        } catch (Refused e) {
            return e.answer().with("Allow", Routes.methods(matches));
        }
        return match.route().endpoint().answer(read(exchange, match));
    }

    private static Answer preflight(List<Routes.Match> matches) {
        return Answer.empty(204)
                .with("Access-Control-Allow-Methods", Routes.methods(matches))
                .with("Access-Control-Allow-Headers", "Content-Type, Accept, MCP-Protocol-Version");
    }

    private void checkHost(Headers headers) {
        List<String> given = headers.getOrDefault("Host", List.of());
        if (given.size() != 1 || !hosts.contains(given.getFirst())) {
            throw new Refused(421, "this host is not served here");
        }
    }

    private static Request read(HttpExchange exchange, Routes.Match match) throws IOException {
        String query = exchange.getRequestURI().getRawQuery();
        if (query != null && query.length() > LONGEST_QUERY) {
            throw new Refused(414, "the query is longer than " + LONGEST_QUERY + " characters");
        }
        return new Request(
                exchange.getRequestMethod(),
                exchange.getRequestURI().getRawPath(),
                match.variables(),
                Parameters.parse(query),
                exchange.getRequestHeaders(),
                body(exchange, match.route().bodyLimit()),
                exchange.getRemoteAddress().getAddress());
    }

    private static String body(HttpExchange exchange, int limit) throws IOException {
        byte[] bytes = exchange.getRequestBody().readNBytes(limit + 1);
        if (bytes.length > limit) {
            throw new Refused(413, limit == 0 ? "no body is expected" : "the body is larger than " + limit + " bytes");
        }
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        } catch (CharacterCodingException e) {
            throw Refused.badRequest("the body is not UTF-8");
        }
    }

    private static void send(HttpExchange exchange, Answer answer) throws IOException {
        byte[] body = answer.body().getBytes(StandardCharsets.UTF_8);
        Headers headers = exchange.getResponseHeaders();
        for (Map.Entry<String, String> header : answer.headers().entrySet()) {
            headers.set(header.getKey(), header.getValue());
        }
        headers.set("X-Content-Type-Options", "nosniff");
        if (answer.status() == 413) {
            headers.set("Connection", "close");
        }
        boolean silent = body.length == 0 || exchange.getRequestMethod().equals("HEAD");
        exchange.sendResponseHeaders(answer.status(), silent ? -1 : body.length);
        if (!silent) {
            exchange.getResponseBody().write(body);
        }
    }
}
