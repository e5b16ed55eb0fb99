package dev.wayleave.platforms;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.wayleave.FakePlatform;
import dev.wayleave.FakePlatform.Received;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A platform with a memory, on a real socket: routes by method and path template, each of which may change what it knows. */
class StatefulPlatform implements AutoCloseable {
    static final ObjectMapper JSON = new ObjectMapper();
    private static final Pattern VARIABLE = Pattern.compile("\\{([A-Za-z]+)}");
    private final List<Route> routes = new ArrayList<>();
    private final AtomicInteger ids = new AtomicInteger();
    private final FakePlatform platform = FakePlatform.answering(this::answer);

    /** One request, taken apart. */
    record Asked(Received received, Map<String, String> path, Map<String, String> query, JsonNode body) {
        String var(String name) {
            return path.getOrDefault(name, "");
        }

        /** Its token, whatever header carries it. */
        String header(String name) {
            List<String> values = received.header(name);
            return values.isEmpty() ? "" : values.getFirst();
        }
    }

    /** A status and a body; none where it is missing. */
    record Answer(int status, JsonNode body, List<String> headers) {
        static Answer ok(JsonNode body) {
            return new Answer(200, body, List.of());
        }

        Answer with(int other) {
            return new Answer(other, body, headers);
        }

        static Answer of(int status, String json, String... headers) {
            try {
                return new Answer(
                        status, json.isEmpty() ? MissingNode.getInstance() : JSON.readTree(json), List.of(headers));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    /** What one route does. */
    interface Handler {
        Answer handle(Asked asked);
    }

    private record Route(String method, Pattern path, List<String> names, Handler handler) {}

    /** Later routes come first, so that a test can put one above those that are there. */
    final void on(String method, String template, Handler handler) {
        List<String> names = new ArrayList<>();
        Matcher variables = VARIABLE.matcher(template);
        while (variables.find()) {
            names.add(variables.group(1));
        }
        Pattern path = Pattern.compile(VARIABLE.matcher(template).replaceAll("([^/]+)"));
        routes.addFirst(new Route(method, path, names, handler));
    }

    /** Takes the route away that came last. */
    final void restore() {
        routes.removeFirst();
    }

    /** What is asked of every request before its route; null to go on. */
    Answer guard(Asked asked) {
        return null;
    }

    Answer unknown(Asked asked) {
        return Answer.of(404, "{\"message\":\"no route\"}");
    }

    final String id(String prefix) {
        return prefix + ids.incrementAndGet();
    }

    final URI url() {
        return platform.url();
    }

    /** The requests so far, as {@code METHOD target}. */
    final List<String> seen() {
        return platform.received().stream()
                .map(received -> received.requestLine().replace(" HTTP/1.1", ""))
                .toList();
    }

    final Received last() {
        return platform.received().getLast();
    }

    static ObjectNode object(String json) {
        try {
            return (ObjectNode) JSON.readTree(json);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private synchronized String answer(Received received) {
        String[] target = received.target().split("\\?", 2);
        JsonNode body = received.body().isEmpty() ? MissingNode.getInstance() : json(received.body());
        Map<String, String> query = query(target.length > 1 ? target[1] : "");
        String method = received.requestLine().split(" ", -1)[0];
        for (Route route : routes) {
            Matcher matcher = route.path().matcher(target[0]);
            if (route.method().equals(method) && matcher.matches()) {
                Map<String, String> path = new LinkedHashMap<>();
                for (int i = 0; i < route.names().size(); i++) {
                    path.put(route.names().get(i), decoded(matcher.group(i + 1)));
                }
                Asked asked = new Asked(received, path, query, body);
                Answer refused = guard(asked);
                return written(refused == null ? route.handler().handle(asked) : refused);
            }
        }
        return written(unknown(new Asked(received, Map.of(), query, body)));
    }

    private static String written(Answer answer) {
        boolean empty = answer.body().isMissingNode();
        return FakePlatform.response(
                answer.status(),
                empty ? "" : "application/json",
                empty ? "" : answer.body().toString(),
                answer.headers().toArray(String[]::new));
    }

    private static Map<String, String> query(String text) {
        Map<String, String> query = new LinkedHashMap<>();
        for (String pair : text.isEmpty() ? new String[0] : text.split("&", -1)) {
            String[] sides = pair.split("=", 2);
            query.put(decoded(sides[0]), sides.length > 1 ? decoded(sides[1]) : "");
        }
        return query;
    }

    private static JsonNode json(String text) {
        try {
            return JSON.readTree(text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String decoded(String text) {
        return URLDecoder.decode(text, StandardCharsets.UTF_8);
    }

    @Override
    public void close() {
        platform.close();
    }
}
