package dev.wayleave.mcp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wayleave.RunningWayleave;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
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
    @CsvSource({"HEAD", "TRACE", "FOO", "OPTIONS", "GET", "DELETE", "PUT"})
    void everyVerbButPostIsToldThatPostIsTheOne(String verb) throws IOException {
        String answer = send(head(host(), "Content-Length: 0").replace("POST", verb));

        assertOne(answer, 405);
        assertThat(answer.toLowerCase(Locale.ROOT)).containsOnlyOnce("\r\nallow: post\r\n");
    }
}
