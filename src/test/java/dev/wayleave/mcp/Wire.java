package dev.wayleave.mcp;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.wayleave.RunningWayleave;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Literal HTTP on a socket of its own: what is written is sent as it is, but for the host, the token and the length. */
final class Wire {
    private static final int LONGEST_BODY = 1 << 20;
    static final String META = """
            "_meta":{"io.modelcontextprotocol/protocolVersion":"2026-07-28","io.modelcontextprotocol/clientCapabilities":{}}""";

    /** What tells a result of the modern era who answers. */
    static final String SERVER = """
            "_meta":{"io.modelcontextprotocol/serverInfo":{"name":"test","title":"Pets","version":"V"}}""";

    private static final ObjectMapper JSON = new ObjectMapper();

    private Wire() {}

    /** What came back. */
    record Answer(int status, List<String> head, String body) {
        Optional<String> header(String name) {
            String prefix = name.toLowerCase(Locale.ROOT) + ":";
            return head.stream()
                    .filter(line -> line.toLowerCase(Locale.ROOT).startsWith(prefix))
                    .map(line -> line.substring(prefix.length()).strip())
                    .findFirst();
        }

        /** The whole answer is this JSON, whatever the server's version. */
        Answer is(int expected, String json) throws IOException {
            assertThat(status).as(body).isEqualTo(expected);
            String own = body.replaceAll("\"version\":\"\\d+\\.\\d+\\.\\d+[^\"]*\"", "\"version\":\"V\"");
            assertThat(JSON.readTree(own)).isEqualTo(JSON.readTree(json));
            return this;
        }

        /** It is a JSON-RPC error of this code, and echoes this id; none for an empty text. */
        Answer isError(int expected, int code, String id) throws IOException {
            assertThat(status).as(body).isEqualTo(expected);
            assertThat(header("content-type")).contains("application/json");
            assertThat(JSON.readTree(body).at("/error/code").asInt()).as(body).isEqualTo(code);
            assertThat(JSON.readTree(body).path("jsonrpc").asText()).isEqualTo("2.0");
            assertThat(JSON.readTree(body).path("id").toString()).isEqualTo(id);
            return this;
        }
    }

    /**
     * A request line, header lines, an empty line and the body, with each {@code %s} in its turn filled in; the headers that
     * every client sends are added.
     */
    static Answer send(RunningWayleave wayleave, String text, Object... values) throws IOException {
        String filled = text;
        for (Object value : values) {
            int at = filled.indexOf("%s");
            filled = filled.substring(0, at) + value + filled.substring(at + 2);
        }
        String[] parts = filled.split("\n\n", 2);
        byte[] body = (parts.length < 2 ? "" : parts[1].strip()).getBytes(StandardCharsets.UTF_8);
        String head = parts[0].strip().replace("\n", "\r\n");
        String lower = head.toLowerCase(Locale.ROOT);
        String request = head.replace("MCP HTTP", "/mcp HTTP")
                + (lower.contains("\r\nhost:") ? "" : "\r\nHost: 127.0.0.1:" + wayleave.url.getPort())
                + (lower.contains("\r\nauthorization:") || lower.contains("\r\nno-token:")
                        ? ""
                        : "\r\nAuthorization: Bearer " + wayleave.token("pets:read pets:write"))
                + (lower.contains("\r\naccept:") ? "" : "\r\nAccept: application/json, text/event-stream")
                + (lower.contains("\r\ncontent-type:") ? "" : "\r\nContent-Type: application/json")
                + "\r\nConnection: close\r\nContent-Length: " + body.length + "\r\n\r\n";
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), wayleave.url.getPort())) {
            socket.setSoTimeout(20_000);
            socket.getOutputStream().write(request.getBytes(StandardCharsets.UTF_8));
            // one that is too long is refused by the length that was told; who is refused need not send the rest
            socket.getOutputStream().write(body, 0, body.length > LONGEST_BODY ? 1024 : body.length);
            socket.getOutputStream().flush();
            return answer(new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8));
        }
    }

    private static Answer answer(String raw) {
        String[] parts = raw.split("\r\n\r\n", 2);
        List<String> lines = List.of(parts[0].split("\r\n", -1));
        return new Answer(
                Integer.parseInt(lines.getFirst().split(" ", -1)[1]), lines.subList(1, lines.size()), parts[1]);
    }
}
