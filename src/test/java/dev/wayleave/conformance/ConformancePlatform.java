package dev.wayleave.conformance;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Base64;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;

/** The small platform that the official conformance suite is run against, through Wayleave. */
public final class ConformancePlatform implements AutoCloseable {
    /** One red pixel. */
    private static final byte[] PNG = Base64.getDecoder()
            .decode("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR4nGP4z8DwHwAFAAH/iZk9HQAAAABJRU5ErkJggg==");

    private final HttpServer server;

    private ConformancePlatform(int port, @Nullable Path served) throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/", ConformancePlatform::answer);
        server.createContext("/jobs/", new ConformanceJobs());
        server.createContext("/greet", ConformanceJobs::greet);
        server.createContext("/changes/", new ConformanceChanges(served));
        server.start();
    }

    /**
     * On loopback, on any free port.
     *
     * @param served a folder with its description and overlay, which it may change when it is asked to
     */
    public static ConformancePlatform serving(Path served) throws IOException {
        return new ConformancePlatform(0, served);
    }

    /** Runs until it is ended: on a port, with a folder that it may change where one is named. */
    public static void main(String[] arguments) throws IOException {
        new ConformancePlatform(
                arguments.length == 0 ? 8091 : Integer.parseInt(arguments[0]),
                arguments.length < 2 ? null : Path.of(arguments[1]));
    }

    public int port() {
        return server.getAddress().getPort();
    }

    @Override
    public void close() {
        server.stop(0);
    }

    private static void answer(HttpExchange exchange) throws IOException {
        String path = exchange.getRequestURI().getPath();
        if (path.startsWith("/template/")) {
            String id = path.substring("/template/".length()).replaceAll("[^A-Za-z0-9-]", "");
            send(
                    exchange,
                    200,
                    "application/json",
                    text("{\"id\":\"" + id + "\",\"data\":\"Data for ID: " + id + "\"}"));
            return;
        }
        switch (path) {
            case "/text" -> send(exchange, 200, "text/plain", text("This is a simple text response for testing."));
            case "/static-text" ->
                send(exchange, 200, "text/plain", text("This is the content of the static text resource."));
            case "/image" -> send(exchange, 200, "image/png", PNG);
            case "/audio" -> send(exchange, 200, "audio/wav", silence());
            case "/bytes" -> send(exchange, 200, "application/octet-stream", text("This is an embedded resource."));
            case "/mixed" -> send(exchange, 200, "multipart/mixed; boundary=part", mixed());
            case "/slow" -> {
                pause();
                send(exchange, 200, "application/json", text("{\"done\":true}"));
            }
            case "/regions" -> send(exchange, 200, "text/plain", text("There it is."));
            case "/contacts" -> send(exchange, 201, "application/json", text("{\"added\":true}"));
            case "/error" ->
                send(
                        exchange,
                        500,
                        "application/json",
                        text("{\"message\":\"This tool intentionally returns an error for testing\"}"));
            default -> send(exchange, 404, "application/json", text("{\"message\":\"There is no such thing\"}"));
        }
    }

    private static byte[] text(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static void pause() throws IOException {
        try {
            Thread.sleep(100);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("it ends", e);
        }
    }

    /** A text, an image and a file. */
    private static byte[] mixed() {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        body.writeBytes(lines("""
                --part
                Content-Type: text/plain

                Multiple content types test:
                --part
                Content-Type: image/png

                """));
        body.writeBytes(PNG);
        body.writeBytes(lines("""

                --part
                Content-Type: application/octet-stream
                Content-Disposition: attachment; filename="mixed.bin"

                mixed
                --part--
                """));
        return body.toByteArray();
    }

    /** With the line ends of a multipart body. */
    private static byte[] lines(String text) {
        return text(text.replace("\n", "\r\n"));
    }

    /** A hundredth of a second of nothing to hear. */
    private static byte[] silence() {
        int samples = 80;
        return ByteBuffer.allocate(44 + samples)
                .order(ByteOrder.LITTLE_ENDIAN)
                .put(text("RIFF"))
                .putInt(36 + samples)
                .put(text("WAVEfmt "))
                .putInt(16)
                .putShort((short) 1)
                .putShort((short) 1)
                .putInt(8_000)
                .putInt(8_000)
                .putShort((short) 1)
                .putShort((short) 8)
                .put(text("data"))
                .putInt(samples)
                .array();
    }

    private static void send(HttpExchange exchange, int status, String type, byte[] body) throws IOException {
        exchange.getResponseHeaders().set("Content-Type", type);
        exchange.sendResponseHeaders(status, body.length);
        try (exchange) {
            exchange.getResponseBody().write(body);
        }
    }
}
