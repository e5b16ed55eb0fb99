package dev.wayleave.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wayleave.FakePlatform;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.GZIPOutputStream;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A heap of 256 MiB survives fifty of everything that fills memory, at once, and serves on: once, or five times under the
 * guarantees. {@code -Dsabotage=true} takes larger answers, and as many of them as there are.
 */
class FullMemoryTest {
    private static final boolean SABOTAGE = Boolean.getBoolean("sabotage");
    private static final int ROUNDS = Boolean.getBoolean("guarantees") ? 5 : 1;
    private static final int AT_ONCE = Boolean.getBoolean("guarantees") ? 200 : 50;
    private static final int KINDS = 5;
    private static final int MIB = 1 << 20;
    private static final Pattern HEAP = Pattern.compile("(\\d+)M->(\\d+)M\\((\\d+)M\\)");
    private static final String OPENAPI = """
            openapi: 3.1.0
            info: {title: Full, version: "1"}
            paths:
              /small: {get: {operationId: small, responses: {"200": {description: ok}}}}
              /bomb: {get: {operationId: bomb, responses: {"200": {description: ok}}}}
              /huge: {get: {operationId: huge, responses: {"200": {description: ok}}}}
              /deep: {get: {operationId: deep, responses: {"200": {description: ok}}}}
              /large: {get: {operationId: large, responses: {"200": {description: ok}}}}
              /many: {get: {operationId: many, responses: {"200": {description: ok}}}}
            """;

    @TempDir
    Path folder;

    @Test
    void nothingThatFillsMemoryEndsTheProcess() throws Exception {
        byte[] bomb = bomb();
        byte[] deep = json("[".repeat(900_000));
        byte[] huge = json("\"" + "x".repeat((SABOTAGE ? 20 : 4) * MIB) + "\"");
        byte[] many = json("[" + "{\"a\":1},".repeat(115_000) + "{}]");
        byte[] large = json("[" + "{\"name\":\"abcdefghij\",\"n\":123456},".repeat(25_000) + "{}]");
        byte[] small = json("{\"fine\":true}");
        try (FakePlatform platform = FakePlatform.answeringBytes(request -> switch (request.target()) {
            case "/bomb" -> bomb;
            case "/huge" -> huge;
            case "/deep" -> deep;
            case "/many" -> many;
            case "/large" -> large;
            default -> small;
        })) {
            Path log = folder.resolve("gc.log");
            try (WayleaveProcess wayleave = start(platform, log)) {
                long seed = Long.getLong("seed", System.nanoTime());
                Random random = new Random(seed);
                int answered = 0;
                for (int round = 0; round < ROUNDS; round++) {
                    answered += storm(wayleave, random);
                    assertThat(alive(wayleave)).as(wayleave.err()).contains("fine");
                }
                System.out.println("memory: 0 times full, " + answered + " of " + ROUNDS * KINDS * AT_ONCE
                        + " hostile calls answered, at most " + peak(log)
                        + " MiB of 256 in use after a collection, seed " + seed);
                assertThat(answered).isEqualTo(ROUNDS * KINDS * AT_ONCE);
                assertThat(wayleave.err()).doesNotContain("OutOfMemory");
            }
        }
    }

    private static String alive(WayleaveProcess wayleave) {
        try {
            return exchange(wayleave, call("small"));
        } catch (IOException e) {
            return "it is gone: " + e;
        }
    }

    private static byte[] json(String text) {
        return FakePlatform.response(200, "application/json", text).getBytes(StandardCharsets.UTF_8);
    }

    private WayleaveProcess start(FakePlatform platform, Path log) throws IOException {
        Files.writeString(folder.resolve("openapi.yaml"), OPENAPI);
        Files.writeString(folder.resolve("wayleave.yml"), """
                wayleave:
                  audit: {file: audit.jsonl}
                  platforms:
                    full:
                      openapi: openapi.yaml
                      upstream: {url: "%s", timeout: 60s, max-response-bytes: %d}
                      callers: {verify: none}
                %s""".formatted(
                platform.url(), SABOTAGE ? 64 * MIB : MIB, SABOTAGE ? "      limits: {concurrent: 1000}\n" : ""));
        return WayleaveProcess.start(
                        folder,
                        Map.of("MICRONAUT_CONFIG_FILES", "wayleave.yml"),
                        List.of(bodies(), "-Xmx256m", "-XX:+ExitOnOutOfMemoryError", "-Xlog:gc:file=" + log),
                        "serve")
                .ready();
    }

    /** In front of everything else there is a room without an end, or nothing. */
    private String bodies() throws IOException {
        Path classes = Files.createDirectories(folder.resolve("classes"));
        if (SABOTAGE) {
            Path own = Path.of("src", "main", "java", "dev", "wayleave", "upstream", "BodyRoom.java");
            Path endless = folder.resolve("BodyRoom.java");
            Files.writeString(endless, Files.readString(own).replace("<= all", "<= Long.MAX_VALUE"));
            int compiled = ToolProvider.getSystemJavaCompiler()
                    .run(null, null, null, "-d", classes.toString(), endless.toString());
            assertThat(compiled).isZero();
        }
        return "-Xbootclasspath/a:" + classes;
    }

    /** As many of each kind at once, in any order; counts those that were answered, whatever the answer. */
    private static int storm(WayleaveProcess wayleave, Random random) throws Exception {
        List<String> kinds = List.of(
                call("bomb"), call("huge"), call("deep"), call("many"), post("{\"a\":".repeat(150_000), "deep"));
        List<String> requests = new ArrayList<>();
        for (int i = 0; i < AT_ONCE; i++) {
            requests.addAll(kinds);
        }
        Collections.shuffle(requests, random);
        AtomicInteger answered = new AtomicInteger();
        List<Socket> slow = new ArrayList<>();
        CountDownLatch ended = new CountDownLatch(requests.size());
        for (int i = 0; i < AT_ONCE; i++) {
            slow.add(asking(wayleave, call("large").repeat(4)));
            slow.add(asking(wayleave, call("deep").substring(0, 1 + random.nextInt(200))));
            slow.add(asking(wayleave, unfinished()));
            for (String request : requests.subList(i * KINDS, (i + 1) * KINDS)) {
                Thread.ofVirtual().start(() -> {
                    try {
                        answered.addAndGet(exchange(wayleave, request).startsWith("HTTP/1.1 ") ? 1 : 0);
                    } catch (IOException e) {
                        // counted as not answered
                    } finally {
                        ended.countDown();
                    }
                });
            }
        }
        assertThat(ended.await(150, TimeUnit.SECONDS)).isTrue();
        for (Socket socket : slow) {
            socket.close();
        }
        return answered.get();
    }

    /** One that asks and never reads. */
    private static Socket asking(WayleaveProcess wayleave, String request) throws IOException {
        Socket socket = new Socket();
        socket.setReceiveBufferSize(4096);
        socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), wayleave.port));
        socket.getOutputStream().write(request.getBytes(StandardCharsets.UTF_8));
        return socket;
    }

    private static String exchange(WayleaveProcess wayleave, String request) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), wayleave.port)) {
            socket.setSoTimeout(120_000);
            OutputStream out = socket.getOutputStream();
            out.write(request.replace("X: y", "Connection: close").getBytes(StandardCharsets.UTF_8));
            InputStream in = socket.getInputStream();
            byte[] first = in.readNBytes(2048);
            in.skip(Long.MAX_VALUE);
            return new String(first, StandardCharsets.UTF_8);
        }
    }

    private static String call(String tool) {
        return post("""
                {"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"%s","_meta":\
                {"io.modelcontextprotocol/protocolVersion":"2026-07-28",\
                "io.modelcontextprotocol/clientCapabilities":{}}}}""".formatted(tool), tool);
    }

    private static String post(String body, String tool) {
        return "POST /mcp HTTP/1.1\r\nHost: localhost\r\nX: y\r\nContent-Type: application/json\r\n"
                + "MCP-Protocol-Version: 2026-07-28\r\nMcp-Method: tools/call\r\nMcp-Name: " + tool
                + "\r\nContent-Length: " + body.length() + "\r\n\r\n" + body;
    }

    /** All of a request but its end. */
    private static String unfinished() {
        String whole = post(" ".repeat(MIB - 1), "large");
        return whole.substring(0, whole.length() - 1);
    }

    /** 900 KiB that would be 900 MiB. */
    private static byte[] bomb() throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
            byte[] nothing = new byte[MIB];
            for (int i = 0; i < 900; i++) {
                gzip.write(nothing);
            }
        }
        byte[] head = ("HTTP/1.1 200 X\r\nContent-Type: application/json\r\nContent-Encoding: gzip\r\nContent-Length: "
                        + bytes.size() + "\r\n\r\n")
                .getBytes(StandardCharsets.US_ASCII);
        ByteArrayOutputStream whole = new ByteArrayOutputStream();
        whole.writeBytes(head);
        whole.writeBytes(bytes.toByteArray());
        return whole.toByteArray();
    }

    private static int peak(Path log) throws IOException {
        int peak = 0;
        for (String line : Files.readAllLines(log)) {
            Matcher heap = HEAP.matcher(line);
            if (heap.find()) {
                peak = Math.max(peak, Integer.parseInt(heap.group(2)));
            }
        }
        return peak;
    }
}
