package dev.wayleave.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wayleave.FakePlatform;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A server that is told to stop begins nothing, finishes what it can, answers the rest, and forgets none of it. */
class DrainTest {
    private static final int CALLS = Boolean.getBoolean("guarantees") ? 200 : 40;
    private static final String OPENAPI = """
            openapi: 3.1.0
            info: {title: Slow, version: "1"}
            paths:
              /slow:
                get: {operationId: slow, responses: {"200": {description: ok}}}
                post: {operationId: change, responses: {"200": {description: ok}}}
            """;

    @TempDir
    Path folder;

    @Test
    void whatIsUnderWayIsFinishedAndNothingIsBegun() throws Exception {
        CountDownLatch asked = new CountDownLatch(CALLS);
        try (FakePlatform platform = FakePlatform.answering(request -> {
                    asked.countDown();
                    sleep(2000 + ThreadLocalRandom.current().nextInt(1000));
                    return FakePlatform.response(200, "application/json", "{\"done\":true}");
                });
                WayleaveProcess wayleave = start(platform, "20s");
                Socket kept = new Socket(InetAddress.getLoopbackAddress(), wayleave.port);
                Socket watched = new Socket(InetAddress.getLoopbackAddress(), wayleave.port)) {
            assertThat(readiness(watched)).startsWith("HTTP/1.1 200 ").endsWith("{\"status\":\"UP\"}");
            List<CompletableFuture<String>> calls = calls(wayleave);
            assertThat(asked.await(30, TimeUnit.SECONDS)).isTrue();
            wayleave.terminate();
            sleep(500);

            assertThat(readiness(watched)).as("readiness").matches("(?s)|HTTP/1.1 503 .*");
            for (String late : List.of(late(kept), late(wayleave.port))) {
                assertThat(late).as("refused, or told so").matches("(?s)|HTTP/1.1 503 .*");
                if (!late.isEmpty()) {
                    assertThat(late.toLowerCase(Locale.ROOT))
                            .contains("retry-after: ", "access-control-allow-origin: http://localhost:3000");
                }
            }
            for (CompletableFuture<String> call : calls) {
                assertThat(call.get(30, TimeUnit.SECONDS))
                        .startsWith("HTTP/1.1 200 ")
                        .contains("done");
            }
            assertThat(wayleave.exitCode()).isZero();
            assertThat(platform.received()).hasSize(CALLS);
            assertThat(wayleave.err()).doesNotContain("Exception");
            assertRemembered(CALLS);
        }
    }

    /** Two requests on one connection, the second of which comes when the server has been told. */
    @Test
    void whatComesBehindACallIsNotBegun() throws Exception {
        CountDownLatch asked = new CountDownLatch(1);
        CountDownLatch answer = new CountDownLatch(1);
        try (FakePlatform platform = FakePlatform.answering(request -> {
                    asked.countDown();
                    await(answer);
                    return FakePlatform.response(200, "application/json", "{\"done\":true}");
                });
                WayleaveProcess wayleave = start(platform, "20s");
                Socket socket = new Socket(InetAddress.getLoopbackAddress(), wayleave.port)) {
            socket.setSoTimeout(30_000);
            String request = request("change").replace("Connection: close\r\n", "");
            socket.getOutputStream().write(request.getBytes(StandardCharsets.UTF_8));
            assertThat(asked.await(30, TimeUnit.SECONDS)).isTrue();
            wayleave.terminate();
            sleep(500);
            socket.getOutputStream().write(request.getBytes(StandardCharsets.UTF_8));
            sleep(200);
            answer.countDown();
            String answers = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(answers).startsWith("HTTP/1.1 200 ").contains("done");
            assertThat(answers.substring(12)).as("nothing, or a refusal").matches("(?s)[^H]*(H(?!TTP/1.1 200)[^H]*)*");
            assertThat(wayleave.exitCode()).isZero();
            assertThat(platform.received()).hasSize(1);
            assertRemembered(1);
        }
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    void whatLastsTooLongIsAnsweredBeforeTheEnd() throws Exception {
        CountDownLatch asked = new CountDownLatch(CALLS);
        try (FakePlatform platform = FakePlatform.answering(request -> {
                    asked.countDown();
                    sleep(60_000);
                    return "";
                });
                WayleaveProcess wayleave = start(platform, "6s")) {
            List<CompletableFuture<String>> calls = calls(wayleave);
            assertThat(asked.await(30, TimeUnit.SECONDS)).isTrue();
            long began = System.nanoTime();
            wayleave.terminate();

            for (CompletableFuture<String> call : calls) {
                assertThat(call.get(30, TimeUnit.SECONDS))
                        .startsWith("HTTP/1.1 200 ")
                        .contains("\"isError\":true");
            }
            assertThat(wayleave.exitCode()).isZero();
            assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofSeconds(20));
            assertRemembered(CALLS);
        }
    }

    /** Each call has its line, and the file ends signed and whole. */
    private void assertRemembered(int calls) throws IOException {
        Path audit = folder.resolve("audit.jsonl");
        assertThat(Files.readAllLines(audit).stream().filter(line -> line.contains("\"type\":\"call\"")))
                .hasSize(calls);
        assertThat(Files.readAllLines(audit).getLast()).contains("\"type\":\"checkpoint\"");
        Run verified = Run.of("audit", "verify", audit.toString());
        assertThat(verified.exit()).as(verified.out() + verified.err()).isZero();
        assertThat(verified.out()).doesNotContain("unknown");
    }

    private static List<CompletableFuture<String>> calls(WayleaveProcess wayleave) {
        List<CompletableFuture<String>> calls = new ArrayList<>();
        for (int i = 0; i < CALLS; i++) {
            String tool = i % 2 == 0 ? "slow" : "change";
            calls.add(CompletableFuture.supplyAsync(
                    () -> {
                        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), wayleave.port)) {
                            return exchange(socket, tool);
                        } catch (IOException e) {
                            return "broken";
                        }
                    },
                    task -> Thread.ofVirtual().start(task)));
        }
        return calls;
    }

    private static String late(Socket kept) {
        try {
            return exchange(kept, "slow");
        } catch (IOException e) {
            return "";
        }
    }

    private static String late(int port) {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            return exchange(socket, "slow");
        } catch (IOException e) {
            return "";
        }
    }

    private static String request(String tool) {
        String body = """
                {"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"%s","_meta":\
                {"io.modelcontextprotocol/protocolVersion":"2026-07-28",\
                "io.modelcontextprotocol/clientCapabilities":{}}}}""".formatted(tool);
        return "POST /mcp HTTP/1.1\r\nHost: localhost\r\nOrigin: http://localhost:3000\r\nContent-Type: application/json\r\n"
                + "Connection: close\r\nMCP-Protocol-Version: 2026-07-28\r\nMcp-Method: tools/call\r\nMcp-Name: " + tool
                + "\r\nContent-Length: " + body.length() + "\r\n\r\n" + body;
    }

    private static String exchange(Socket socket, String tool) throws IOException {
        socket.setSoTimeout(30_000);
        socket.getOutputStream().write(request(tool).getBytes(StandardCharsets.UTF_8));
        InputStream in = socket.getInputStream();
        return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }

    /** On a connection that stays; nothing where that was ended. */
    private static String readiness(Socket socket) {
        try {
            socket.setSoTimeout(10_000);
            socket.getOutputStream()
                    .write("GET /health/readiness HTTP/1.1\r\nHost: localhost\r\n\r\n"
                            .getBytes(StandardCharsets.UTF_8));
            StringBuilder answer = new StringBuilder();
            InputStream in = socket.getInputStream();
            for (int b = in.read(); b >= 0; b = in.read()) {
                answer.append((char) b);
                if (b == '}') {
                    break;
                }
            }
            return answer.toString();
        } catch (IOException e) {
            return "";
        }
    }

    private WayleaveProcess start(FakePlatform platform, String grace) throws IOException {
        Files.writeString(folder.resolve("openapi.yaml"), OPENAPI);
        Files.writeString(folder.resolve("wayleave.yml"), """
                micronaut: {lifecycle: {graceful-shutdown: {grace-period: %s}}}
                wayleave:
                  audit: {file: audit.jsonl}
                  platforms:
                    slow:
                      openapi: openapi.yaml
                      upstream: {url: "%s"}
                      callers: {verify: none}
                """.formatted(grace, platform.url()));
        return WayleaveProcess.start(folder, Map.of("MICRONAUT_CONFIG_FILES", "wayleave.yml"), List.of(), "serve")
                .ready();
    }

    private static void sleep(long millis) {
        try {
            Thread.sleep(millis);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
