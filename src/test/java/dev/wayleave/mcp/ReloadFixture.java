package dev.wayleave.mcp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wayleave.RunningWayleave;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.HashMap;
import java.util.Map;
import java.util.function.BooleanSupplier;

/** A Wayleave whose description is watched, and what it serves. */
final class ReloadFixture implements AutoCloseable {
    static final String EXTRA = """
              /extra:
                get:
                  operationId: getExtra
                  summary: Get more
                  security: [{oauth: ["pets:write"]}]
                  responses: {"200": {description: ok}}
            components:""";

    final RunningWayleave wayleave;
    private final Path folder;

    ReloadFixture(Path folder, Map<String, Object> more) {
        this(folder, PetStore.YAML, more);
    }

    ReloadFixture(Path folder, String openapi, Map<String, Object> more) {
        this.folder = folder;
        Map<String, Object> settings = new HashMap<>(
                Map.of("wayleave.reload.watch", "100ms", "wayleave.platforms.test.upstream.timeout", "20s"));
        settings.putAll(more);
        wayleave = RunningWayleave.with(folder, openapi, settings);
    }

    /** At once, as an operator should. */
    void describe(String openapi) {
        try {
            Path next = Files.writeString(folder.resolve("next.yaml"), openapi);
            Files.move(next, folder.resolve("openapi.yaml"), StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    static String withExtra() {
        return withExtra(PetStore.YAML);
    }

    static String withExtra(String openapi) {
        return openapi.replace("components:", EXTRA);
    }

    /** Which authorization servers it names, and its title. */
    String metadata() {
        return wayleave.send(HttpRequest.newBuilder(wayleave.url.resolve("/.well-known/oauth-protected-resource/mcp"))
                        .build())
                .body();
    }

    String tools(String scope) {
        return ModernRequests.post(
                        wayleave, "tools/list", ModernRequests.META, "Authorization", "Bearer " + wayleave.token(scope))
                .body();
    }

    String health() {
        return wayleave.send(HttpRequest.newBuilder(
                                URI.create(wayleave.url.resolve("/health").toString()))
                        .build())
                .body();
    }

    static void until(BooleanSupplier so) {
        for (int i = 0; i < 600 && !so.getAsBoolean(); i++) {
            SlowFixture.pause(50);
        }
        assertThat(so.getAsBoolean()).isTrue();
    }

    /** A stream that stays open. */
    Socket listen(String id, String filter, String token) throws IOException {
        String body = """
                {"jsonrpc":"2.0","id":%s,"method":"subscriptions/listen","params":{"notifications":%s,%s}}""".formatted(id, filter, Wire.META);
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), wayleave.url.getPort());
        socket.setSoTimeout(30_000);
        socket.getOutputStream()
                .write(("""
                POST /mcp HTTP/1.1
                Host: 127.0.0.1:%d
                Authorization: Bearer %s
                Content-Type: application/json
                Accept: application/json, text/event-stream
                MCP-Protocol-Version: 2026-07-28
                Mcp-Method: subscriptions/listen
                Content-Length: %d

                """.formatted(wayleave.url.getPort(), token, body.length())
                                        .replace("\n", "\r\n")
                                + body)
                        .getBytes(StandardCharsets.UTF_8));
        socket.getOutputStream().flush();
        return socket;
    }

    /** The JSON of the next event. */
    static String event(Socket socket) throws IOException {
        InputStream in = socket.getInputStream();
        SlowFixture.line(in, "data: ");
        return SlowFixture.line(in, "\n").strip();
    }

    @Override
    public void close() {
        wayleave.close();
    }
}
