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
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** When and how often a server is told to stop, and what becomes of the streams that are open then. */
class StopTest {
    private static final String META = """
            "_meta":{"io.modelcontextprotocol/protocolVersion":"2026-07-28",\
            "io.modelcontextprotocol/clientCapabilities":{}%s}""";

    @TempDir
    Path folder;

    private WayleaveProcess start(FakePlatform platform) throws IOException {
        Files.writeString(folder.resolve("openapi.yaml"), """
                openapi: 3.1.0
                info: {title: Slow, version: "1"}
                paths:
                  /slow:
                    post: {operationId: change, responses: {"200": {description: ok}}}
                """);
        Files.writeString(folder.resolve("wayleave.yml"), """
                micronaut: {lifecycle: {graceful-shutdown: {grace-period: 10s}}}
                wayleave:
                  audit: {file: audit.jsonl}
                  reload: {watch: off}
                  progress: {after: 200ms}
                  platforms:
                    slow:
                      openapi: openapi.yaml
                      upstream: {url: "%s"}
                      callers: {verify: none}
                """.formatted(platform.url()));
        return WayleaveProcess.start(folder, Map.of("MICRONAUT_CONFIG_FILES", "wayleave.yml"), List.of(), "serve");
    }

    private static Socket ask(WayleaveProcess wayleave, String method, String name, String params) throws IOException {
        String body = "{\"jsonrpc\":\"2.0\",\"id\":7,\"method\":\"" + method + "\",\"params\":{" + params + "}}";
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), wayleave.port);
        socket.setSoTimeout(30_000);
        socket.getOutputStream()
                .write(("POST /mcp HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
                                + "Accept: application/json, text/event-stream\r\n"
                                + "MCP-Protocol-Version: 2026-07-28\r\nMcp-Method: " + method + name
                                + "\r\nContent-Length: " + body.length() + "\r\n\r\n" + body)
                        .getBytes(StandardCharsets.UTF_8));
        return socket;
    }

    private static Socket call(WayleaveProcess wayleave) throws IOException {
        return ask(
                wayleave,
                "tools/call",
                "\r\nMcp-Name: change",
                "\"name\":\"change\"," + META.formatted(",\"progressToken\":\"p\""));
    }

    private static String until(Socket socket, String end) throws IOException {
        StringBuilder read = new StringBuilder();
        InputStream in = socket.getInputStream();
        while (read.indexOf(end) < 0) {
            int b = in.read();
            if (b < 0) {
                throw new AssertionError("ended after " + read);
            }
            read.append((char) b);
        }
        return read.toString();
    }

    private static String rest(Socket socket) throws IOException {
        return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }

    private void assertAuditIsWhole() {
        Run verified = Run.of("audit", "verify", folder.resolve("audit.jsonl").toString());
        assertThat(verified.exit()).as(verified.out() + verified.err()).isZero();
    }

    @Test
    void openStreamsEndWithTheirAnswersAndASecondSignalChangesNothing() throws Exception {
        CountDownLatch asked = new CountDownLatch(1);
        CountDownLatch answer = new CountDownLatch(1);
        try (FakePlatform platform = FakePlatform.answering(request -> {
                    asked.countDown();
                    await(answer);
                    return FakePlatform.response(200, "application/json", "{\"done\":true}");
                });
                WayleaveProcess wayleave = start(platform).ready();
                Socket listener = ask(
                        wayleave,
                        "subscriptions/listen",
                        "",
                        "\"notifications\":{\"toolsListChanged\":true}," + META.formatted(""));
                Socket call = call(wayleave)) {
            until(listener, "notifications/subscriptions/acknowledged");
            assertThat(asked.await(20, TimeUnit.SECONDS)).isTrue();
            until(call, "notifications/progress");
            wayleave.terminate();

            assertThat(rest(listener))
                    .as("its result, the end of the chunks, and no more")
                    .contains("\"id\":7,\"result\":")
                    .endsWith("\r\n0\r\n\r\n");
            wayleave.terminate();
            Thread.sleep(300);
            wayleave.terminate();
            answer.countDown();
            assertThat(rest(call))
                    .contains("\"id\":7,\"result\":")
                    .contains("done")
                    .doesNotContain("\"isError\":true")
                    .contains("\r\n0\r\n\r\n");
            assertThat(wayleave.exitCode()).isZero();
            assertThat(wayleave.err()).doesNotContain("Exception");
            assertAuditIsWhole();
        }
    }

    /** Some of these are before there is anything to stop, where the JVM itself ends. */
    @ParameterizedTest
    @ValueSource(ints = {0, 300, 700, 1_200, 2_000})
    void aServerThatIsToldToStopWhileItStartsEnds(int after) throws Exception {
        try (FakePlatform platform = FakePlatform.json("{}");
                WayleaveProcess wayleave = start(platform)) {
            Thread.sleep(after);
            wayleave.terminate();
            assertThat(wayleave.exitCode()).isIn(0, 143);
            assertThat(wayleave.err()).doesNotContain("Exception", "did not close");
            if (Files.exists(folder.resolve("audit.jsonl"))) {
                assertAuditIsWhole();
            }
        }
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
