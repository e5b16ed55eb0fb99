package dev.wayleave;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;

/** A platform on a real socket that keeps the raw text of every request and answers what it is told to. */
public final class FakePlatform implements AutoCloseable {
    /** One request as it came over the wire. */
    public record Received(String requestLine, List<String> headerLines, String body) {
        /** The values of a header, in order. */
        public List<String> header(String name) {
            String prefix = name.toLowerCase(Locale.ROOT) + ":";
            return headerLines.stream()
                    .filter(line -> line.toLowerCase(Locale.ROOT).startsWith(prefix))
                    .map(line -> line.substring(prefix.length()).strip())
                    .toList();
        }

        public String target() {
            return requestLine.split(" ", -1)[1];
        }
    }

    private final ServerSocket socket;
    private final List<Received> received = new CopyOnWriteArrayList<>();
    private final AtomicInteger connections = new AtomicInteger();
    private volatile Function<Received, String> answers;

    private FakePlatform(Function<Received, String> answers) {
        this.answers = answers;
        try {
            socket = new ServerSocket(0, 200, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Thread.ofVirtual().start(this::accept);
    }

    /** Answers every request with the raw response that the function makes of it. */
    public static FakePlatform answering(Function<Received, String> answers) {
        return new FakePlatform(answers);
    }

    /** Answers 200 with this JSON. */
    public static FakePlatform json(String json) {
        return new FakePlatform(request -> response(200, "application/json", json));
    }

    /** A raw HTTP response with a length. */
    public static String response(int status, String contentType, String body, String... headers) {
        StringBuilder text = new StringBuilder("HTTP/1.1 " + status + " X\r\n");
        for (String header : headers) {
            text.append(header).append("\r\n");
        }
        if (!contentType.isEmpty()) {
            text.append("Content-Type: ").append(contentType).append("\r\n");
        }
        int length = body.getBytes(StandardCharsets.UTF_8).length;
        return text.append("Content-Length: ")
                .append(length)
                .append("\r\n\r\n")
                .append(body)
                .toString();
    }

    public void answer(Function<Received, String> other) {
        answers = other;
    }

    public URI url() {
        return URI.create("http://127.0.0.1:" + socket.getLocalPort());
    }

    public List<Received> received() {
        return List.copyOf(received);
    }

    public int connections() {
        return connections.get();
    }

    @Override
    public void close() {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void accept() {
        while (!socket.isClosed()) {
            try {
                Socket connection = socket.accept();
                connections.incrementAndGet();
                Thread.ofVirtual().start(() -> serve(connection));
            } catch (IOException e) {
                return;
            }
        }
    }

    private void serve(Socket connection) {
        try (connection) {
            InputStream in = connection.getInputStream();
            while (true) {
                Received request = read(in);
                if (request == null) {
                    return;
                }
                received.add(request);
                String answer = answers.apply(request);
                if (answer.isEmpty()) {
                    return;
                }
                connection.getOutputStream().write(answer.getBytes(StandardCharsets.UTF_8));
                connection.getOutputStream().flush();
            }
        } catch (IOException e) {
            // the other side went away
        }
    }

    private static Received read(InputStream in) throws IOException {
        ByteArrayOutputStream head = new ByteArrayOutputStream();
        while (!head.toString(StandardCharsets.ISO_8859_1).endsWith("\r\n\r\n")) {
            int b = in.read();
            if (b < 0) {
                return null;
            }
            head.write(b);
        }
        List<String> lines = new ArrayList<>(
                List.of(head.toString(StandardCharsets.ISO_8859_1).split("\r\n", 0)));
        String requestLine = lines.removeFirst();
        Received bodiless = new Received(requestLine, lines, "");
        List<String> lengths = bodiless.header("Content-Length");
        int length = lengths.isEmpty() ? 0 : Integer.parseInt(lengths.getFirst());
        return new Received(requestLine, lines, new String(in.readNBytes(length), StandardCharsets.UTF_8));
    }
}
