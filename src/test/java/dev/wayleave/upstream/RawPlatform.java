package dev.wayleave.upstream;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicInteger;

/** A platform that reads a request whole and then writes what it likes, as slowly as it likes; with bodies of a known size. */
final class RawPlatform implements AutoCloseable {
    private static final int END = 0x0d0a0d0a;
    private final ServerSocket socket;
    private final Answering answering;
    private final int body;
    private final AtomicInteger requests = new AtomicInteger();
    private final AtomicInteger connections = new AtomicInteger();

    /** What it writes. */
    interface Answering {
        /** Writes an answer to the request of this number, from one; the connection ends where this says so. */
        boolean goesOn(int number, OutputStream out, Socket connection) throws IOException, InterruptedException;
    }

    RawPlatform(int body, Answering answering) {
        this.body = body;
        this.answering = answering;
        try {
            socket = new ServerSocket(0, 100, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Thread.ofVirtual().start(this::accept);
    }

    /** Writes these bytes once for each request, and ends the connection. */
    static RawPlatform saying(String answer) {
        return new RawPlatform(0, (number, out, connection) -> {
            out.write(answer.getBytes(StandardCharsets.ISO_8859_1));
            return false;
        });
    }

    URI url() {
        return URI.create("http://127.0.0.1:" + socket.getLocalPort());
    }

    int requests() {
        return requests.get();
    }

    int connections() {
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
            connection.setTcpNoDelay(true);
            InputStream in = new BufferedInputStream(connection.getInputStream());
            boolean on = true;
            while (on && readHead(in) && in.readNBytes(body).length == body) {
                on = answering.goesOn(requests.incrementAndGet(), connection.getOutputStream(), connection);
            }
        } catch (IOException e) {
            // the other side went away
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static boolean readHead(InputStream in) throws IOException {
        for (int last = 0; last != END; ) {
            int b = in.read();
            if (b < 0) {
                return false;
            }
            last = last << 8 | b;
        }
        return true;
    }
}
