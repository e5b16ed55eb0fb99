package dev.wayleave;

import java.io.BufferedInputStream;
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
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;

/** A platform on a real socket that keeps the raw text of every request and answers what it is told to. */
public final class FakePlatform implements AutoCloseable {
    /** One request as it came over the wire. */
    @SuppressWarnings("ArrayRecordComponent")
    public record Received(String requestLine, List<String> headerLines, byte[] bytes) {
        /** The body as text. */
        public String body() {
            return new String(bytes, StandardCharsets.UTF_8);
        }

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

    /** Two line ends. */
    private static final int END = 0x0d0a0d0a;

    private final ServerSocket socket;
    private final List<Received> received = Collections.synchronizedList(new ArrayList<>());
    private final boolean forgets;
    private final AtomicInteger connections = new AtomicInteger();
    private final AtomicInteger requests = new AtomicInteger();
    private volatile Function<Received, byte[]> answers;
    private volatile CompletableFuture<Void> held;

    private FakePlatform(boolean forgets, Function<Received, String> answers) {
        this(forgets, answers, InetAddress.getLoopbackAddress(), 0);
    }

    private FakePlatform(boolean forgets, Function<Received, String> answers, InetAddress address, int port) {
        this.forgets = forgets;
        this.answers = request -> answers.apply(request).getBytes(StandardCharsets.UTF_8);
        try {
            socket = new ServerSocket(port, 1_000, address);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Thread.ofVirtual().start(this::accept);
    }

    /** Answers every request with the raw response that the function makes of it. */
    public static FakePlatform answering(Function<Received, String> answers) {
        return new FakePlatform(false, answers);
    }

    /** The same for many requests, which are counted and not kept. */
    public static FakePlatform counting(Function<Received, String> answers) {
        return new FakePlatform(true, answers);
    }

    /** The same, where the answer is not text. */
    public static FakePlatform answeringBytes(Function<Received, byte[]> answers) {
        FakePlatform platform = new FakePlatform(false, request -> "");
        platform.answers = answers;
        return platform;
    }

    /** At an address of this machine, and any port. */
    public static FakePlatform at(InetAddress address) {
        return at(address, 0);
    }

    /** At an address of this machine. */
    public static FakePlatform at(InetAddress address, int port) {
        return new FakePlatform(false, request -> response(200, "application/json", "{}"), address, port);
    }

    /** Answers 200 with this JSON. */
    public static FakePlatform json(String json) {
        return new FakePlatform(false, request -> response(200, "application/json", json));
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
        held = null;
        answers = request -> other.apply(request).getBytes(StandardCharsets.UTF_8);
    }

    /** Answers nothing from now on; completed when whoever asked has ended the connection. */
    public CompletableFuture<Void> hold() {
        CompletableFuture<Void> ended = new CompletableFuture<>();
        held = ended;
        return ended;
    }

    /** Answers 200 with these bytes. */
    public void answerBytes(String contentType, byte[] body) {
        byte[] head = ("HTTP/1.1 200 X\r\nContent-Type: " + contentType + "\r\nContent-Length: " + body.length
                        + "\r\n\r\n")
                .getBytes(StandardCharsets.UTF_8);
        ByteArrayOutputStream whole = new ByteArrayOutputStream();
        whole.writeBytes(head);
        whole.writeBytes(body);
        answers = request -> whole.toByteArray();
    }

    public URI url() {
        return URI.create("http://127.0.0.1:" + socket.getLocalPort());
    }

    public List<Received> received() {
        synchronized (received) {
            return List.copyOf(received);
        }
    }

    public int requests() {
        return requests.get();
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
            InputStream in = new BufferedInputStream(connection.getInputStream());
            while (true) {
                Received request = read(in);
                if (request == null) {
                    return;
                }
                requests.incrementAndGet();
                if (!forgets) {
                    received.add(request);
                }
                CompletableFuture<Void> ended = held;
                if (ended != null) {
                    awaitEnd(in);
                    ended.complete(null);
                    return;
                }
                byte[] answer = answers.apply(request);
                if (answer.length == 0) {
                    return;
                }
                connection.getOutputStream().write(answer);
                connection.getOutputStream().flush();
            }
        } catch (IOException e) {
            // the other side went away
        }
    }

    private static void awaitEnd(InputStream in) {
        try {
            while (in.read() >= 0) {
                // whatever it says
            }
        } catch (IOException e) {
            // it was broken off
        }
    }

    private static Received read(InputStream in) throws IOException {
        ByteArrayOutputStream head = new ByteArrayOutputStream();
        for (int last = 0; last != END; ) {
            int b = in.read();
            if (b < 0) {
                return null;
            }
            head.write(b);
            last = last << 8 | b;
        }
        List<String> lines = new ArrayList<>(
                List.of(head.toString(StandardCharsets.ISO_8859_1).split("\r\n", 0)));
        String requestLine = lines.removeFirst();
        Received bodiless = new Received(requestLine, lines, new byte[0]);
        List<String> lengths = bodiless.header("Content-Length");
        int length = lengths.isEmpty() ? 0 : Integer.parseInt(lengths.getFirst());
        return new Received(requestLine, lines, in.readNBytes(length));
    }
}
