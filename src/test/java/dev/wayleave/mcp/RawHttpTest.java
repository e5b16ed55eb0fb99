package dev.wayleave.mcp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wayleave.RunningWayleave;
import dev.wayleave.upstream.BodyRoom;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What comes over the wire below the level of a well-behaved client. */
class RawHttpTest {
    private static final String BODY =
            "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"tools/call\",\"params\":{\"name\":\"list_pets\"}}";
    private static final Pattern STATUS = Pattern.compile("HTTP/1\\.1 (\\d{3})");

    @TempDir
    static Path folder;

    private static RunningWayleave wayleave;

    @BeforeAll
    static void start() {
        wayleave = RunningWayleave.over(folder, PetStore.YAML);
        // the keys are fetched for the first token, which takes longer than is waited here for an answer
        wayleave.post(BODY, "Authorization", "Bearer " + wayleave.token("pets:read"));
    }

    @AfterAll
    static void stop() {
        wayleave.close();
    }

    /** Everything that comes back until the server closes, or for a while. */
    private static String send(String raw) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), wayleave.url.getPort())) {
            socket.setSoTimeout(300);
            socket.getOutputStream().write(raw.getBytes(StandardCharsets.ISO_8859_1));
            socket.getOutputStream().flush();
            ByteArrayOutputStream answer = new ByteArrayOutputStream();
            InputStream in = socket.getInputStream();
            try {
                for (int b = in.read(); b >= 0; b = in.read()) {
                    answer.write(b);
                }
                answer.writeBytes("<closed>".getBytes(StandardCharsets.UTF_8));
            } catch (SocketTimeoutException e) {
                answer.writeBytes("<open>".getBytes(StandardCharsets.UTF_8));
            }
            return answer.toString(StandardCharsets.UTF_8);
        }
    }

    @Test
    void whatIsSentBehindAnAnswerTakesNoRoom() throws IOException {
        String chunk = "10000\r\n" + "x".repeat(0x10000) + "\r\n";
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), wayleave.url.getPort())) {
            socket.setSoTimeout(5_000);
            OutputStream out = socket.getOutputStream();
            out.write(head("Host: localhost", "Transfer-Encoding: chunked").getBytes(StandardCharsets.ISO_8859_1));
            out.write(chunk.repeat(17).getBytes(StandardCharsets.ISO_8859_1));
            assertThat(new String(socket.getInputStream().readNBytes(12), StandardCharsets.UTF_8))
                    .isEqualTo("HTTP/1.1 413");
            for (int i = 0; i < 20; i++) {
                out.write(chunk.repeat(16).getBytes(StandardCharsets.ISO_8859_1));
                assertThat(BodyRoom.REQUESTS.taken()).isLessThan(2 << 20);
            }
        } catch (SocketException e) {
            // it was closed, which is as good
        }
        assertThat(send(head("Host: localhost", "Content-Length: " + BODY.length()) + BODY))
                .contains("HTTP/1.1 200");
    }

    private static String head(String... lines) {
        return "POST /mcp HTTP/1.1\r\nContent-Type: application/json\r\nAuthorization: Bearer "
                + wayleave.token("pets:read") + "\r\n" + String.join("\r\n", lines) + "\r\n\r\n";
    }

    private static String host() {
        return "Host: 127.0.0.1:" + wayleave.url.getPort();
    }

    private static void assertOne(String answer, int status) {
        Matcher statuses = STATUS.matcher(answer);
        assertThat(statuses.find()).as(answer).isTrue();
        assertThat(statuses.group(1)).as(answer).isEqualTo(String.valueOf(status));
        assertThat(statuses.find()).as("a second answer in " + answer).isFalse();
    }

    @Test
    void aWellFormedRequestIsAnsweredAndTheConnectionKept() throws IOException {
        String answer = send(head(host(), "Content-Length: " + BODY.length()) + BODY);

        assertOne(answer, 200);
        assertThat(answer).endsWith("<open>");
    }

    @ParameterizedTest
    @ValueSource(strings = {"chunked, xchunked", "xchunked", "chunked, identity"})
    void aTransferEncodingThatIsNotOursEndsTheConnection(String encoding) throws IOException {
        int before = wayleave.platform.received().size();
        String chunked = Integer.toHexString(BODY.length()) + "\r\n" + BODY + "\r\n0\r\n\r\n";
        String answer = send(head(host(), "Transfer-Encoding: " + encoding) + chunked);

        assertOne(answer, 400);
        assertThat(answer).endsWith("<closed>");
        assertThat(wayleave.platform.received()).hasSize(before);
    }

    @Test
    void aBodyWhoseChunksBreakIsNeverCarriedOut() throws IOException {
        int before = wayleave.platform.received().size();
        String broken = Integer.toHexString(BODY.length()) + "\r\n" + BODY + "\r\nZZ\r\n\r\n";
        String answer = send(
                head(host(), "Transfer-Encoding: chunked") + broken + "GET /health HTTP/1.1\r\n" + host() + "\r\n\r\n");

        assertOne(answer, 400);
        assertThat(answer)
                .contains("{\"jsonrpc\":\"2.0\",\"error\":{\"code\":400")
                .endsWith("<closed>");
        assertThat(wayleave.platform.received()).hasSize(before);
    }

    @Test
    void twoWaysToTellTheLengthEndTheConnection() throws IOException {
        assertOne(send(head(host(), "Content-Length: 5", "Content-Length: 6") + "{}{}{}"), 400);
        String both = send(head(host(), "Content-Length: 4", "Transfer-Encoding: chunked") + "0\r\n\r\n");
        assertOne(both, 400);
    }

    @Test
    void exactlyOneHostIsNeeded() throws IOException {
        assertOne(send(head("Content-Length: 2") + "{}"), 400);
        assertOne(send(head(host(), host(), "Content-Length: 2") + "{}"), 400);
        assertOne(send(head("Host: evil.example", "Content-Length: 2") + "{}"), 403);
    }

    @Test
    void anAbsoluteTargetMustNameTheSameHost() throws IOException {
        String request = head(host(), "Content-Length: " + BODY.length()) + BODY;

        assertOne(send(request.replace("POST /mcp", "POST http://evil.example/mcp")), 400);
    }

    @Test
    void headersAndLinesHaveLimits() throws IOException {
        String large = send(head(host(), "X-Large: " + "x".repeat(20_000), "Content-Length: 2") + "{}");
        assertOne(large, 431);
        assertThat(large).endsWith("<closed>");
        assertOne(send(head(host(), "Content-Length: 2").replace("/mcp", "/mcp?" + "x".repeat(20_000)) + "{}"), 414);
    }

    @Test
    void anotherVersionOfHttpIsRefused() throws IOException {
        assertOne(send(head(host(), "Content-Length: 2").replace("HTTP/1.1", "HTTP/2.0") + "{}"), 505);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "a space before the colon | POST /mcp HTTP/1.1 | X-A : a | 400",
                "a bare CR in a value | POST /mcp HTTP/1.1 | X-A: a\\rb | 400",
                "a NUL in a value | POST /mcp HTTP/1.1 | X-A: a\\0b | 400",
                "a line without a colon | POST /mcp HTTP/1.1 | X-A | 400",
                "HTTP/0.9 | POST /mcp HTTP/0.9 | X-A: a | 505",
                "another protocol | POST /mcp RTSP/1.0 | X-A: a | 400",
                "a length over two lines | POST /mcp HTTP/1.1 | Content-Length: 8\\r\\n 4 | 400",
                "a tunnel | CONNECT 127.0.0.1:80 HTTP/1.1 | X-A: a | 501",
                "a tunnel to a path | CONNECT /mcp HTTP/1.1 | X-A: a | 501",
            })
    void whatIsNoRequestOfOursIsRefusedAndReachesNoPlatform(String kind, String line, String header, int status)
            throws IOException {
        int before = wayleave.platform.received().size();
        String escaped = header.replace("\\r", "\r").replace("\\n", "\n").replace("\\0", "\0");
        String request =
                head(host(), escaped, "Content-Length: " + BODY.length()).replace("POST /mcp HTTP/1.1", line);

        String answer = send(request + BODY);
        assertOne(answer, status);
        assertThat(answer).as(kind).endsWith("<closed>");
        assertThat(wayleave.platform.received()).hasSize(before);
    }

    @Test
    void nobodyIsMovedToAnotherProtocol() throws IOException {
        String upgrade = send(head(
                        host(),
                        "Connection: Upgrade, HTTP2-Settings",
                        "Upgrade: h2c",
                        "HTTP2-Settings: AAMAAABkAAQAAP__",
                        "Content-Length: " + BODY.length())
                + BODY);
        assertOne(upgrade, 200);
        assertThat(upgrade.toLowerCase(Locale.ROOT)).doesNotContain("upgrade: ");
        assertThat(send("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"))
                .doesNotContain(" 200 ")
                .endsWith("<closed>");
    }

    /** A folded line is one value with a space in it (RFC 9112 §5.2). */
    @Test
    void aFoldedLineHidesNoOther() throws IOException {
        String fold = "X-A: a\r\n Content-Length: 4";
        assertOne(send(head(host(), fold, "Content-Length: " + BODY.length()) + BODY), 200);
        assertOne(send(head("Host: 127.0.0.1\r\n :" + wayleave.url.getPort(), "Content-Length: 2") + "{}"), 403);
    }

    @Test
    void whoWaitsToBeToldToGoOnIsTold() throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), wayleave.url.getPort())) {
            socket.setSoTimeout(10_000);
            String head = head(host(), "Expect: 100-continue", "Content-Length: " + BODY.length());
            socket.getOutputStream().write(head.getBytes(StandardCharsets.ISO_8859_1));
            InputStream in = socket.getInputStream();
            assertThat(new String(in.readNBytes(25), StandardCharsets.ISO_8859_1))
                    .isEqualTo("HTTP/1.1 100 Continue\r\n\r\n");
            socket.getOutputStream().write(BODY.getBytes(StandardCharsets.ISO_8859_1));
            assertThat(new String(in.readNBytes(13), StandardCharsets.ISO_8859_1))
                    .isEqualTo("HTTP/1.1 200 ");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"%x\n%s\r\n0\r\n\r\n", "%x\r\n%s\n0\r\n\r\n", "%x;a=\"\r\nb\"\r\n%s\r\n0\r\n\r\n"})
    void chunksThatEndOtherwiseAreNotCarriedOut(String chunks) throws IOException {
        int before = wayleave.platform.received().size();
        String second = "GET /health HTTP/1.1\r\n" + host() + "\r\n\r\n";
        String answer =
                send(head(host(), "Transfer-Encoding: chunked") + chunks.formatted(BODY.length(), BODY) + second);

        assertOne(answer, 400);
        assertThat(answer).endsWith("<closed>");
        assertThat(wayleave.platform.received()).hasSize(before);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/mcp/..;/admin",
                "/mcp/..;/health",
                "/mcp/../health",
                "//mcp",
                "///mcp",
                "/mcp%2f",
                "/%6dcp",
                "/mcp;a=b",
                "/mcp/.",
                "/mcp%00",
                "/.well-known/..;/mcp",
                "/mcp/..;/prometheus",
            })
    void aPathThatOnlyLooksLikeAnotherIsNoneOfOurs(String path) throws IOException {
        int before = wayleave.platform.received().size();
        String request = head(host(), "Content-Length: " + BODY.length()) + BODY;

        for (String verb : List.of("POST", "GET")) {
            String answer = send(request.replace("POST /mcp HTTP", verb + " " + path + " HTTP"));
            assertThat(answer).as(path).matches("(?s)HTTP/1.1 40[04] .*").doesNotContain("UP");
        }
        assertThat(wayleave.platform.received()).hasSize(before);
    }

    @ParameterizedTest
    @ValueSource(strings = {"UTF-16", "UTF-16LE", "UTF-16BE", "UTF-32"})
    void onlyUtf8IsRead(String charset) throws IOException {
        assertNotRead(BODY.getBytes(Charset.forName(charset)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"c0af", "c080", "eda080", "f4908080", "ff", "80", "e28228", "c3"})
    void whatIsNotUtf8IsAParseError(String hex) throws IOException {
        String bytes = new String(HexFormat.of().parseHex(hex), StandardCharsets.ISO_8859_1);
        assertNotRead(BODY.replace("list_pets", bytes).getBytes(StandardCharsets.ISO_8859_1));
    }

    private static void assertNotRead(byte[] body) throws IOException {
        String answer =
                send(head(host(), "Content-Length: " + body.length) + new String(body, StandardCharsets.ISO_8859_1));
        assertOne(answer, 400);
        assertThat(answer).contains("\"code\":-32700");
    }

    @ParameterizedTest
    @CsvSource({"HEAD", "TRACE", "FOO", "OPTIONS", "GET", "DELETE", "PUT"})
    void everyVerbButPostIsToldThatPostIsTheOne(String verb) throws IOException {
        String answer = send(head(host(), "Content-Length: 0").replace("POST", verb));

        assertOne(answer, 405);
        assertThat(answer.toLowerCase(Locale.ROOT)).containsOnlyOnce("\r\nallow: post\r\n");
    }
}
