package dev.wayleave.mcp;

import static dev.wayleave.mcp.WorkflowFixture.ok;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.wayleave.RunningWayleave;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Calls of tools and workflows over sockets that can be left, with answers that come bit by bit. */
final class SlowFixture implements AutoCloseable {
    static final String BOTH = "application/json, text/event-stream";
    static final String TOKEN = ",\"progressToken\":\"p-1\"";
    private final WorkflowFixture fixture;
    final RunningWayleave wayleave;

    SlowFixture(Path folder) throws IOException {
        fixture = WorkflowFixture.of(
                folder,
                "1.0.1",
                """
                  - workflowId: three
                    steps:
                      - {stepId: first, operationId: getThing, parameters: [{name: id, in: path, value: a}], outputs: {o: $response.body#/name}}
                      - {stepId: second, operationId: getThing, parameters: [{name: id, in: path, value: $steps.first.outputs.o}], outputs: {o: $response.body#/name}}
                      - {stepId: third, operationId: getThing, parameters: [{name: id, in: path, value: $steps.second.outputs.o}]}
                  - workflowId: look_and_make
                    steps:
                      - {stepId: look, operationId: getThing, parameters: [{name: id, in: path, value: a}]}
                      - {stepId: make, operationId: makeThing, requestBody: {payload: {name: x}}}
                """,
                Map.of(
                        "wayleave.progress.after", "300ms",
                        "wayleave.progress.keep-alive", "100ms",
                        "wayleave.platforms.test.upstream.timeout", "4s",
                        "wayleave.platforms.test.overlays",
                                List.of(WorkflowFixture.exposing(folder).toString())));
        wayleave = fixture.wayleave;
    }

    @Override
    public void close() {
        fixture.close();
    }

    void slow(long milliseconds) {
        wayleave.platform.answer(r -> {
            pause(milliseconds);
            return ok("{\"ok\":\n true, \"name\": \"n\"}");
        });
    }

    static void pause(long milliseconds) {
        try {
            Thread.sleep(milliseconds);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    String request(String tool, String arguments, String meta, String accept) {
        String body = "{\"jsonrpc\":\"2.0\",\"id\":7,\"method\":\"tools/call\",\"params\":{\"name\":\"" + tool
                + "\",\"arguments\":" + arguments + "," + Wire.META.replace("{}}", "{}" + meta + "}") + "}}";
        return head(accept, "MCP-Protocol-Version: 2026-07-28\r\nMcp-Method: tools/call\r\nMcp-Name: " + tool, body);
    }

    String legacy(String tool, String arguments, String meta, String accept) {
        String body = "{\"jsonrpc\":\"2.0\",\"id\":7,\"method\":\"tools/call\",\"params\":{\"name\":\"" + tool
                + "\",\"arguments\":" + arguments + meta + "}}";
        return head(accept, "MCP-Protocol-Version: 2025-11-25", body);
    }

    private String head(String accept, String headers, String body) {
        return "POST /mcp HTTP/1.1\r\nHost: 127.0.0.1:" + wayleave.url.getPort() + "\r\nAuthorization: Bearer "
                + wayleave.token("read write") + "\r\nContent-Type: application/json\r\nAccept: " + accept
                + "\r\nAccept-Encoding: gzip\r\n" + headers + "\r\nContent-Length: " + body.length() + "\r\n\r\n"
                + body;
    }

    /** The head and the whole body, with its chunks put together. */
    record Answer(String head, String body) {
        List<JsonNode> messages() throws IOException {
            List<JsonNode> messages = new ArrayList<>();
            for (String event : body.split("\n\n", -1)) {
                for (String line : event.split("\n", -1)) {
                    if (line.startsWith("data: ")) {
                        messages.add(WorkflowFixture.JSON.readTree(line.substring(6)));
                    }
                }
            }
            return messages;
        }

        boolean streams() {
            return head.contains("content-type: text/event-stream");
        }
    }

    Answer send(String request) throws IOException {
        try (Socket socket = open(request)) {
            InputStream in = socket.getInputStream();
            String head = line(in, "\r\n\r\n").toLowerCase(Locale.ROOT);
            if (!head.contains("transfer-encoding: chunked")) {
                int length = Integer.parseInt(head.replaceAll("(?s).*content-length: (\\d+).*", "$1"));
                return new Answer(head, new String(in.readNBytes(length), StandardCharsets.UTF_8));
            }
            StringBuilder body = new StringBuilder();
            int length = Integer.parseInt(line(in, "\r\n").strip(), 16);
            while (length > 0) {
                body.append(new String(in.readNBytes(length), StandardCharsets.UTF_8));
                line(in, "\r\n");
                length = Integer.parseInt(line(in, "\r\n").strip(), 16);
            }
            return new Answer(head, body.toString());
        }
    }

    Socket open(String request) throws IOException {
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), wayleave.url.getPort());
        socket.setSoTimeout(10_000);
        socket.getOutputStream().write(request.getBytes(StandardCharsets.UTF_8));
        socket.getOutputStream().flush();
        return socket;
    }

    static String line(InputStream in, String end) throws IOException {
        StringBuilder text = new StringBuilder();
        while (text.indexOf(end) < 0) {
            int b = in.read();
            assertThat(b).as("the end of " + text).isNotNegative();
            text.append((char) b);
        }
        return text.toString();
    }

    JsonNode audited(int before) throws IOException {
        for (int i = 0; i < 100 && wayleave.audited().size() <= before; i++) {
            pause(50);
        }
        assertThat(wayleave.audited()).hasSizeGreaterThan(before);
        return WorkflowFixture.JSON.readTree(wayleave.audited().getLast());
    }
}
