package dev.wayleave.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wayleave.FakePlatform;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Two instances behind a simple balancer are restarted in turn, 3 times or 100 under the guarantees, and no call is lost or done
 * twice. The balancer takes turns, and asks the other one where it gets no connection, or 503 with the word that nothing was
 * done; it never repeats a call that may have been begun. A connection that comes at the very moment in which the server closes its
 * port may end without an answer: those are counted, and the platform shows that nothing of them was begun.
 */
class RollingRestartTest {
    private static final int RESTARTS = Boolean.getBoolean("guarantees") ? 100 : 3;
    private static final int CLIENTS = 8;
    private static final String ENDED = "the connection ended before any byte of an answer";

    @TempDir
    Path folder;

    /** The balancer's two places, one of which is empty now and then. */
    private final int[] ports = {WayleaveProcess.freePort(), WayleaveProcess.freePort()};

    private final AtomicInteger turn = new AtomicInteger();
    private final AtomicInteger done = new AtomicInteger();
    private final AtomicInteger passedOn = new AtomicInteger();
    private final AtomicInteger ended = new AtomicInteger();
    private final AtomicBoolean over = new AtomicBoolean();
    private final Queue<String> lost = new ConcurrentLinkedQueue<>();

    @Test
    void noCallIsLostAndNoneIsDoneTwice() throws Exception {
        try (FakePlatform platform = FakePlatform.counting(request -> {
            pause(30);
            return FakePlatform.response(200, "application/json", "{\"done\":true}");
        })) {
            WayleaveProcess[] instances = {start(platform, 0), start(platform, 1)};
            List<Thread> clients = new ArrayList<>();
            for (int i = 0; i < CLIENTS; i++) {
                String tool = i % 2 == 0 ? "look" : "change";
                clients.add(Thread.ofVirtual().start(() -> {
                    while (!over.get()) {
                        call(tool);
                    }
                }));
            }
            try {
                pause(500);
                for (int i = 0; i < RESTARTS; i++) {
                    instances[i % 2].terminate();
                    assertThat(instances[i % 2].exitCode()).isZero();
                    instances[i % 2] = start(platform, i % 2);
                    pause(300);
                }
            } finally {
                over.set(true);
                for (Thread client : clients) {
                    client.join();
                }
                instances[0].close();
                instances[1].close();
            }
            System.out.println("rolling restarts: " + RESTARTS + ", calls " + done + ", passed on " + passedOn
                    + ", ended before they began " + ended + ", lost " + lost.size() + ", seed none");
            assertThat(lost).isEmpty();
            assertThat(ended.get()).isLessThanOrEqualTo(RESTARTS * CLIENTS);
            assertThat(done.get()).isPositive().isEqualTo(platform.requests());
            assertThat(passedOn).as("the balancer had to help").hasPositiveValue();
        }
    }

    private void call(String tool) {
        for (int i = 0; i < 100; i++) {
            String answer = exchange(ports[turn.getAndIncrement() % 2], tool);
            if (answer.startsWith("HTTP/1.1 200 ") && answer.contains("done")) {
                done.incrementAndGet();
                return;
            }
            if (answer.equals(ENDED)) {
                ended.incrementAndGet();
                return;
            }
            boolean begun =
                    !answer.isEmpty() && !(answer.startsWith("HTTP/1.1 503 ") && answer.contains("Nothing was done."));
            if (begun) {
                lost.add(answer);
                return;
            }
            passedOn.incrementAndGet();
        }
        lost.add("nobody is there");
    }

    /** Empty where there was no connection. */
    private static String exchange(int port, String tool) {
        Socket socket;
        try {
            socket = new Socket(InetAddress.getLoopbackAddress(), port);
        } catch (IOException e) {
            pause(20);
            return "";
        }
        ByteArrayOutputStream answer = new ByteArrayOutputStream();
        try (socket) {
            socket.setSoTimeout(30_000);
            String body = """
                    {"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"%s"}}""".formatted(tool);
            socket.getOutputStream()
                    .write(("POST /mcp HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
                                    + "Connection: close\r\nContent-Length: " + body.length() + "\r\n\r\n" + body)
                            .getBytes(StandardCharsets.UTF_8));
            InputStream in = socket.getInputStream();
            for (int b = in.read(); b >= 0; b = in.read()) {
                answer.write(b);
            }
            return answer.size() == 0 ? ENDED : answer.toString(StandardCharsets.UTF_8);
        } catch (IOException e) {
            return answer.size() == 0 ? ENDED : "broken off: " + answer.toString(StandardCharsets.UTF_8);
        }
    }

    private WayleaveProcess start(FakePlatform platform, int index) throws IOException {
        Path own = Files.createDirectories(folder.resolve("instance" + index));
        Files.writeString(own.resolve("openapi.yaml"), """
                openapi: 3.1.0
                info: {title: Two, version: "1"}
                paths:
                  /thing:
                    get: {operationId: look, responses: {"200": {description: ok}}}
                    post: {operationId: change, responses: {"200": {description: ok}}}
                """);
        Files.writeString(own.resolve("wayleave.yml"), """
                micronaut: {lifecycle: {graceful-shutdown: {grace-period: 10s}}}
                wayleave:
                  audit: {file: audit.jsonl}
                  platforms:
                    two:
                      openapi: openapi.yaml
                      upstream: {url: "%s"}
                      callers: {verify: none}
                """.formatted(platform.url()));
        return WayleaveProcess.start(
                        own,
                        Map.of(
                                "MICRONAUT_CONFIG_FILES",
                                "wayleave.yml",
                                "MICRONAUT_SERVER_PORT",
                                String.valueOf(ports[index])),
                        List.of(),
                        "serve")
                .ready();
    }

    private static void pause(long millis) {
        try {
            Thread.sleep(millis);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
