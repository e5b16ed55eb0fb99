package dev.wayleave;

import dev.wayleave.upstream.BodyRoom;
import io.micronaut.context.ApplicationContext;
import io.micronaut.runtime.server.EmbeddedServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** A whole Wayleave on a real socket, in front of a fake platform and an issuer of tokens. */
public final class RunningWayleave implements AutoCloseable {
    private final HttpClient client = HttpClient.newHttpClient();
    private final ApplicationContext context;
    public final FakePlatform platform;
    public final TestIssuer issuer;
    public final URI url;
    public final Path audit;

    private RunningWayleave(Path folder, String openapi, Map<String, Object> more) {
        platform = FakePlatform.json("{\"ok\":true}");
        issuer = new TestIssuer();
        int port = freePort();
        url = URI.create("http://127.0.0.1:" + port + "/mcp");
        audit = folder.resolve("audit.jsonl");
        Path document = folder.resolve("openapi.yaml");
        try {
            Files.writeString(document, openapi);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Map<String, Object> settings = new HashMap<>();
        settings.put("micronaut.server.port", port);
        settings.put("wayleave.audit.file", audit.toString());
        settings.put("wayleave.platforms.test.openapi", document.toString());
        settings.put("wayleave.platforms.test.upstream.url", platform.url().toString());
        settings.put("wayleave.platforms.test.upstream.timeout", "2s");
        settings.put("wayleave.platforms.test.callers.verify", "jwt");
        settings.put("wayleave.platforms.test.callers.issuer", issuer.issuer());
        settings.put(
                "wayleave.platforms.test.callers.jwks-url", issuer.jwksUrl().toString());
        settings.putAll(more);
        settings.values().removeIf(""::equals);
        context = ApplicationContext.builder()
                .deduceEnvironment(false)
                .properties(settings)
                .build();
        try {
            context.start();
            context.getBean(EmbeddedServer.class).start();
        } catch (RuntimeException e) {
            close();
            throw e;
        }
    }

    /** With these settings instead of the usual ones; an empty text takes one away. */
    public static RunningWayleave with(Path folder, String openapi, Map<String, Object> more) {
        return new RunningWayleave(folder, openapi, more);
    }

    public static RunningWayleave over(Path folder, String openapi) {
        return new RunningWayleave(folder, openapi, Map.of());
    }

    /** The lines of the audit that tell of calls, and of requests that were refused at the door. */
    public List<String> audited() {
        try (Stream<String> lines = Files.lines(audit)) {
            return lines.filter(line -> line.contains("\"type\":\"call\"")).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A part of it. */
    public <T> T part(Class<T> type) {
        return context.getBean(type);
    }

    public String token(String scope) {
        return issuer.token(url.toString(), scope);
    }

    /** A POST with the usual headers; each further pair of texts is one more header, an empty value takes one away. */
    public HttpResponse<String> post(String body, String... headers) {
        HttpRequest.Builder request = HttpRequest.newBuilder(url).POST(BodyPublishers.ofString(body));
        Map<String, String> all = new HashMap<>();
        all.put("Content-Type", "application/json");
        all.put("Accept", "application/json, text/event-stream");
        for (int i = 0; i < headers.length; i += 2) {
            all.put(headers[i], headers[i + 1]);
        }
        all.forEach((name, value) -> {
            if (!value.isEmpty()) {
                request.header(name, value);
            }
        });
        return send(request.build());
    }

    public HttpResponse<String> send(HttpRequest request) {
        try {
            return client.send(request, HttpResponse.BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        context.close();
        platform.close();
        issuer.close();
        client.close();
        assertNothingIsHeld();
    }

    /** Whatever came in and went out is let go of. */
    private static void assertNothingIsHeld() {
        long end = System.nanoTime() + 5_000_000_000L;
        while (BodyRoom.REQUESTS.taken() != 0 || BodyRoom.ANSWERS.taken() != 0) {
            if (System.nanoTime() > end) {
                throw new AssertionError("bodies are held: " + BodyRoom.REQUESTS.taken() + " bytes of requests, "
                        + BodyRoom.ANSWERS.taken() + " of answers");
            }
            Thread.onSpinWait();
        }
    }

    private static int freePort() {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
