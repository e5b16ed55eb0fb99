package dev.wayleave.mcp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wayleave.FakePlatform;
import dev.wayleave.RunningWayleave;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Clients that hold a connection and say little or nothing on it. */
class SlowClientTest {
    private static final String BODY =
            "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"tools/call\",\"params\":{\"name\":\"list_pets\"}}";

    private static final String SLOW =
            BODY.replace("\"list_pets\"", "\"list_pets\",\"arguments\":{\"tag\":[\"slow\"]}");

    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

    @TempDir
    Path folder;

    @AfterEach
    void end() {
        threads.shutdownNow();
    }

    /** What came of an exchange: everything that came back, and after how long the server closed. */
    private record Exchange(String answer, Duration took, boolean closed) {}

    private static Socket connect(RunningWayleave wayleave) throws IOException {
        return new Socket(InetAddress.getLoopbackAddress(), wayleave.url.getPort());
    }

    private static void write(Socket socket, String text) throws IOException {
        socket.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
        socket.getOutputStream().flush();
    }

    private static String head(RunningWayleave wayleave, String body) {
        return "POST /mcp HTTP/1.1\r\nHost: 127.0.0.1:" + wayleave.url.getPort()
                + "\r\nContent-Type: application/json\r\nAuthorization: Bearer " + wayleave.token("pets:read")
                + "\r\nContent-Length: " + body.length() + "\r\n\r\n";
    }

    private static String request(RunningWayleave wayleave, String body) {
        return head(wayleave, body) + body;
    }

    /** Sends the first part at once and the rest byte by byte, until the server closes or for this long. */
    private CompletableFuture<Exchange> trickle(
            RunningWayleave wayleave, String first, String rest, int everyMillis, Duration longest) {
        return CompletableFuture.supplyAsync(
                () -> {
                    long began = System.nanoTime();
                    try (Socket socket = connect(wayleave)) {
                        Thread.ofVirtual().start(() -> drip(socket, first, rest, everyMillis));
                        return read(socket, began, longest);
                    } catch (IOException e) {
                        throw new UncheckedIOException(e);
                    }
                },
                threads);
    }

    private static void drip(Socket socket, String first, String rest, int everyMillis) {
        try {
            write(socket, first);
            for (int i = 0; i < rest.length(); i++) {
                sleep(everyMillis);
                write(socket, rest.substring(i, i + 1));
            }
        } catch (IOException closed) {
            // as it should be, which the reader sees
        }
    }

    private static Exchange read(Socket socket, long began, Duration longest) throws IOException {
        socket.setSoTimeout((int) longest.toMillis());
        ByteArrayOutputStream answer = new ByteArrayOutputStream();
        boolean closed = true;
        try {
            InputStream in = socket.getInputStream();
            for (int b = in.read(); b >= 0; b = in.read()) {
                answer.write(b);
            }
        } catch (SocketTimeoutException e) {
            closed = false;
        } catch (IOException e) {
            answer.writeBytes("<reset>".getBytes(StandardCharsets.UTF_8));
        }
        return new Exchange(
                answer.toString(StandardCharsets.UTF_8), Duration.ofNanos(System.nanoTime() - began), closed);
    }

    private static void assertLate(Exchange exchange, int seconds) {
        assertThat(exchange.answer()).startsWith("HTTP/1.1 408 ").containsOnlyOnce("HTTP/1.1");
        assertThat(exchange.closed()).isTrue();
        assertThat(exchange.took()).isBetween(Duration.ofSeconds(seconds), Duration.ofSeconds(seconds + 5));
    }

    @Test
    void whoSendsByteByByteIsNotWaitedForAndWhoWaitsOrPausesIs() throws Exception {
        try (RunningWayleave wayleave = RunningWayleave.with(
                folder, PetStore.YAML, Map.of("wayleave.platforms.test.upstream.timeout", "60s"))) {
            wayleave.post(BODY, "Authorization", "Bearer " + wayleave.token("pets:read"));
            wayleave.platform.answer(request -> {
                sleep(request.target().contains("slow") ? 33_000 : 0);
                return FakePlatform.response(200, "application/json", "[]");
            });
            String head = head(wayleave, BODY);
            String half = head.substring(0, 40);
            Duration longest = Duration.ofSeconds(45);
            var lines = trickle(wayleave, "\r\n", "\r\n".repeat(20), 1_000, longest);
            var heads = trickle(wayleave, half, "x".repeat(40), 1_000, longest);
            var silent = trickle(wayleave, half, "", 1_000, longest);
            var bodies = trickle(wayleave, head + BODY.substring(0, 5), " ".repeat(40), 1_000, longest);
            var second = trickle(wayleave, head + BODY, half + "x".repeat(40), 500, longest);
            var slow = trickle(
                    wayleave,
                    request(wayleave, SLOW).replaceFirst("\r\n", "\r\nConnection: close\r\n"),
                    "",
                    1,
                    longest);
            var pausing = CompletableFuture.supplyAsync(() -> twice(wayleave, head + BODY, 32_000), threads);

            assertLate(lines.get(), 10);
            assertLate(heads.get(), 10);
            assertLate(silent.get(), 10);
            assertLate(bodies.get(), 30);
            assertThat(second.get().answer()).startsWith("HTTP/1.1 200 ").contains("HTTP/1.1 408 ");
            assertThat(pausing.get()).as("a pause between two requests").isEqualTo(2);
            assertThat(slow.get().answer()).startsWith("HTTP/1.1 200 ");
        }
    }

    @Test
    void aCallThatTakesLongerThanAConnectionMayBeIdleIsAnswered() throws Exception {
        try (RunningWayleave wayleave = RunningWayleave.with(
                folder,
                PetStore.YAML,
                Map.of("wayleave.platforms.test.upstream.timeout", "20s", "micronaut.server.idle-timeout", "1s"))) {
            wayleave.post(BODY, "Authorization", "Bearer " + wayleave.token("pets:read"));
            wayleave.platform.answer(request -> {
                sleep(4_000);
                return FakePlatform.response(200, "application/json", "[]");
            });
            Exchange exchange = trickle(wayleave, request(wayleave, BODY), "", 1, Duration.ofSeconds(15))
                    .get();
            assertThat(exchange.answer()).startsWith("HTTP/1.1 200 ");
            assertThat(exchange.closed()).as("idle at last").isTrue();
            assertThat(exchange.took()).isBetween(Duration.ofSeconds(4), Duration.ofSeconds(10));
        }
    }

    @Test
    void whoOnlyHoldsConnectionsKeepsNobodyOut() throws Exception {
        List<Socket> held = new ArrayList<>();
        try (RunningWayleave wayleave =
                RunningWayleave.with(folder, PetStore.YAML, Map.of("wayleave.connections", 3))) {
            for (int i = 0; i < 3; i++) {
                held.add(connect(wayleave));
                sleep(50);
            }
            write(held.getFirst(), head(wayleave, BODY) + BODY.substring(0, 5));
            sleep(200);
            held.add(connect(wayleave));
            assertThat(held.get(1).getInputStream().read())
                    .as("the oldest that is idle")
                    .isEqualTo(-1);
            write(held.get(3), request(wayleave, BODY));
            assertThat(read(held.get(3), 0, Duration.ofSeconds(2)).answer()).startsWith("HTTP/1.1 200 ");
            write(held.getFirst(), BODY.substring(5));
            assertThat(read(held.getFirst(), 0, Duration.ofSeconds(2)).answer()).startsWith("HTTP/1.1 200 ");
            for (int i : new int[] {0, 2, 3}) {
                write(held.get(i), "POST ");
            }
            sleep(200);
            try (Socket beyond = connect(wayleave)) {
                assertThat(read(beyond, 0, Duration.ofSeconds(2)).closed())
                        .as("all are at work")
                        .isTrue();
            }
        } finally {
            for (Socket socket : held) {
                socket.close();
            }
        }
    }

    private static int twice(RunningWayleave wayleave, String request, long pause) {
        try (Socket socket = connect(wayleave)) {
            int answers = 0;
            for (int i = 0; i < 2; i++) {
                sleep(i * pause);
                write(socket, request);
                Exchange exchange = read(socket, System.nanoTime(), Duration.ofSeconds(1));
                answers += exchange.answer().startsWith("HTTP/1.1 200 ") ? 1 : 0;
            }
            return answers;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void sleep(long millis) {
        try {
            Thread.sleep(millis);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
