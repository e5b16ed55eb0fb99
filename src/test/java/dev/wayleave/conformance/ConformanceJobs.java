package dev.wayleave.conformance;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Work of the test platform that goes on behind its answer: it is accepted (202), read and ended at {@code /jobs/{id}}. */
final class ConformanceJobs implements HttpHandler {
    private final AtomicInteger last = new AtomicInteger();
    private final Map<String, Job> jobs = new ConcurrentHashMap<>();

    /**
     * One piece of work.
     *
     * @param outcome the state that it ends in; {@code lost} where nothing is known of it then
     */
    private record Job(Instant ends, String outcome, String result) {}

    @Override
    public void handle(HttpExchange exchange) throws IOException {
        String name = exchange.getRequestURI().getPath().replaceFirst("^/jobs/", "");
        switch (exchange.getRequestMethod()) {
            case "POST" -> begin(exchange, name);
            case "DELETE" -> {
                jobs.computeIfPresent(
                        name,
                        (same, job) ->
                                Instant.now().isBefore(job.ends()) ? new Job(Instant.now(), "stopped", "") : job);
                send(exchange, jobs.containsKey(name) ? 204 : 404, "");
            }
            default -> tell(exchange, jobs.get(name));
        }
    }

    private void begin(HttpExchange exchange, String kind) throws IOException {
        Job job = switch (kind) {
            case "compute" -> in(Integer.parseInt(argument(exchange, "seconds")), "done", "Computed");
            case "failing" -> in(1, "failed", "");
            case "lost" -> in(1, "lost", "");
            case "delete" -> in(0, "done", "Deleted");
            default -> in(0, "done", "Hello, " + argument(exchange, "name") + "!");
        };
        String id = "job-" + last.incrementAndGet();
        jobs.put(id, job);
        exchange.getResponseHeaders().set("Location", "/jobs/" + id);
        send(exchange, 202, "{\"id\":\"" + id + "\"}");
    }

    private static Job in(int seconds, String outcome, String result) {
        return new Job(Instant.now().plus(Duration.ofSeconds(seconds)), outcome, result);
    }

    private static void tell(HttpExchange exchange, Job job) throws IOException {
        if (job == null || (job.outcome().equals("lost") && !Instant.now().isBefore(job.ends()))) {
            send(exchange, job == null ? 404 : 410, "{\"message\":\"It is not known any more\"}");
        } else if (Instant.now().isBefore(job.ends())) {
            send(exchange, 200, "{\"state\":\"running\"}");
        } else {
            send(exchange, 200, "{\"state\":\"" + job.outcome() + "\",\"result\":\"" + job.result() + "\"}");
        }
    }

    /** Greets whom the query names. */
    static void greet(HttpExchange exchange) throws IOException {
        exchange.getResponseHeaders().set("Content-Type", "text/plain");
        send(exchange, 200, "Hello, " + argument(exchange, "name") + "!");
    }

    private static String argument(HttpExchange exchange, String name) {
        Matcher value = Pattern.compile("(?:^|&)" + name + "=([A-Za-z0-9._-]*)")
                .matcher(Objects.requireNonNullElse(exchange.getRequestURI().getQuery(), ""));
        return value.find() ? value.group(1) : "";
    }

    private static void send(HttpExchange exchange, int status, String body) throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().putIfAbsent("Content-Type", List.of("application/json"));
        exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
        try (exchange) {
            exchange.getResponseBody().write(bytes);
        }
    }
}
