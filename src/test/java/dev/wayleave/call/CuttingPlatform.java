package dev.wayleave.call;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** A platform that carries out every request it has read whole, and ends the connection where it is told to. */
final class CuttingPlatform implements AutoCloseable {
    private static final Pattern ID = Pattern.compile("^[A-Z]+ /ops/([0-9-]+) ");
    private static final Pattern LENGTH = Pattern.compile("(?i)\r\ncontent-length: *(\\d+)");

    /** Where a connection ends. */
    enum Place {
        /** Nowhere: everything goes well. */
        NOWHERE,
        /** When so many bytes of the request are read. */
        REQUEST,
        /** When so many bytes of the answer are written. */
        ANSWER,
        /** So many microseconds after the answer, when it lies in the client's pool. */
        POOL,
        /** Nowhere, but the answer is one after which a read would be sent again. */
        UNAVAILABLE
    }

    /**
     * What is done with the request that comes next.
     *
     * @param reset whether the other side is told by RST instead of FIN
     * @param chunked how the answer is framed
     */
    record Order(Place place, int after, boolean reset, boolean chunked) {}

    private final ServerSocket socket;
    private final Map<String, AtomicInteger> done = new ConcurrentHashMap<>();
    private final AtomicInteger begun = new AtomicInteger();
    private volatile Order order = new Order(Place.NOWHERE, 0, false, false);

    CuttingPlatform() {
        try {
            socket = new ServerSocket(0, 200, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Thread.ofVirtual().start(this::accept);
    }

    URI url() {
        return URI.create("http://127.0.0.1:" + socket.getLocalPort());
    }

    void next(Order next) {
        order = next;
        begun.set(0);
    }

    /** How many requests of which at least a byte was read have come since the last order. */
    int begun() {
        return begun.get();
    }

    /** How often what has this id was carried out. */
    int done(String id) {
        AtomicInteger times = done.get(id);
        return times == null ? 0 : times.get();
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
                Thread.ofVirtual().start(() -> serve(connection));
            } catch (IOException e) {
                return;
            }
        }
    }

    private void serve(Socket connection) {
        try (connection) {
            connection.setTcpNoDelay(true);
            while (true) {
                int first = connection.getInputStream().read();
                if (first < 0) {
                    return;
                }
                begun.incrementAndGet();
                Order now = order;
                connection.setSoLinger(now.reset(), 0);
                String request = read(first, connection.getInputStream(), now);
                if (request == null) {
                    return;
                }
                carryOut(request);
                if (!answer(connection, now)) {
                    return;
                }
            }
        } catch (IOException e) {
            // the other side went away
        }
    }

    private void carryOut(String request) {
        Matcher id = ID.matcher(request);
        if (!id.find()) {
            throw new AssertionError(request);
        }
        done.computeIfAbsent(id.group(1), key -> new AtomicInteger()).incrementAndGet();
    }

    /** Whether the connection may go on. */
    private static boolean answer(Socket connection, Order now) throws IOException {
        String body = "{\"ok\":true}";
        String status = now.place() == Place.UNAVAILABLE ? "503 X\r\nRetry-After: 0" : "200 X";
        String text = "HTTP/1.1 " + status + "\r\nContent-Type: application/json\r\n"
                + (now.chunked()
                        ? "Transfer-Encoding: chunked\r\n\r\nb\r\n" + body + "\r\n0\r\n\r\n"
                        : "Content-Length: 11\r\n\r\n" + body);
        boolean cut = now.place() == Place.ANSWER && now.after() < text.length();
        connection
                .getOutputStream()
                .write((cut ? text.substring(0, now.after()) : text).getBytes(StandardCharsets.US_ASCII));
        connection.getOutputStream().flush();
        if (now.place() == Place.POOL) {
            LockSupport.parkNanos(now.after() * 1000L);
        }
        return !cut && now.place() != Place.POOL;
    }

    /** The whole request, or null where the connection ends within it. */
    private static @Nullable String read(int first, InputStream in, Order now) throws IOException {
        int most = now.place() == Place.REQUEST ? Math.max(1, now.after()) : Integer.MAX_VALUE;
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(512);
        bytes.write(first);
        int whole = Integer.MAX_VALUE;
        while (bytes.size() < whole) {
            if (bytes.size() >= most) {
                return null;
            }
            int b = in.read();
            if (b < 0) {
                return null;
            }
            bytes.write(b);
            if (b == '\n' && whole == Integer.MAX_VALUE) {
                whole = length(bytes.toString(StandardCharsets.ISO_8859_1));
            }
        }
        return bytes.toString(StandardCharsets.UTF_8);
    }

    private static int length(String head) {
        if (!head.endsWith("\r\n\r\n")) {
            return Integer.MAX_VALUE;
        }
        Matcher length = LENGTH.matcher(head);
        return head.length() + (length.find() ? Integer.parseInt(length.group(1)) : 0);
    }
}
