package dev.wayleave.caller;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.UnaryOperator;

/** An introspection endpoint on a loopback port, as good or bad as a test wants it. */
final class AuthorizationServer implements AutoCloseable {
    /** One question as it came. */
    record Asked(String token, String hint, String authorization, String verb) {}

    /** How it answers a question about a token. */
    interface Behaviour {
        void handle(HttpExchange exchange, String token) throws IOException;
    }

    private final HttpServer server;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final List<Asked> asked = new CopyOnWriteArrayList<>();
    private volatile Behaviour behaviour = (exchange, token) -> JwksServer.answer(exchange, 404, "");

    AuthorizationServer() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.setExecutor(threads);
        server.createContext("/", this::handle);
        server.start();
    }

    private void handle(HttpExchange exchange) throws IOException {
        String form = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        asked.add(new Asked(
                field(form, "token"),
                field(form, "token_type_hint"),
                String.valueOf(exchange.getRequestHeaders().getFirst("Authorization")),
                exchange.getRequestMethod()));
        behaviour.handle(exchange, field(form, "token"));
    }

    private static String field(String form, String name) {
        for (String pair : form.split("&", -1)) {
            if (pair.startsWith(name + "=")) {
                return URLDecoder.decode(pair.substring(name.length() + 1), StandardCharsets.UTF_8);
            }
        }
        return "";
    }

    /** Answers 200 with what the function makes of the token. */
    void answer(UnaryOperator<String> answers) {
        behave((exchange, token) -> JwksServer.answer(exchange, 200, answers.apply(token)));
    }

    void behave(Behaviour other) {
        behaviour = other;
    }

    URI url() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/introspect");
    }

    List<Asked> asked() {
        return asked;
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
