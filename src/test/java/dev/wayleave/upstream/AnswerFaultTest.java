package dev.wayleave.upstream;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.wayleave.FakePlatform;
import dev.wayleave.TestClients;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What becomes of a call whose answer breaks off, breaks the rules, dribbles or does not begin. */
class AnswerFaultTest {
    private static final InstantSource CLOCK = InstantSource.system();
    private static final String ANSWER = FakePlatform.response(200, "application/json", "{\"ok\":true}");

    private static RetryingUpstream upstream(URI url, Duration firstByte) {
        Upstream http = new HttpUpstream(
                new PlatformAddress(url),
                "Authorization",
                new HttpUpstream.Terms(Duration.ofSeconds(2), firstByte, 65_536),
                TestClients.CLIENTS,
                CLOCK);
        RetryBudget all = new RetryBudget(1_000, CLOCK);
        return new RetryingUpstream(http, Hints.NONE, all, Duration.ofMillis(1), new Random(1), CLOCK);
    }

    private static RetryingUpstream upstream(RawPlatform platform) {
        return upstream(platform.url(), Duration.ofMinutes(1));
    }

    private static UpstreamRequest request(boolean repeatable, boolean safe) {
        return new UpstreamRequest(
                safe ? "GET" : "POST",
                "/",
                List.of(),
                null,
                null,
                repeatable,
                safe,
                Instant.now().plusSeconds(2),
                Trail.none());
    }

    private static final UpstreamRequest.Body BODY = new UpstreamRequest.Body("text/plain", new byte[3]);

    /** A write with a body of three bytes, perhaps with a key of which the platform knows that it is the same. */
    private static UpstreamRequest write(boolean keyed) {
        return new UpstreamRequest(
                "POST", "/", List.of(), BODY, null, keyed, false, Instant.now().plusSeconds(2), Trail.none());
    }

    private static void fails(Upstream upstream, UpstreamRequest request, String kind) {
        assertThatThrownBy(() -> upstream.send(request))
                .isInstanceOf(UpstreamException.class)
                .hasMessage(kind);
    }

    @ParameterizedTest
    @CsvSource({"true, false", "true, true", "false, false"})
    void nothingIsSentAgainAfterTheFirstByteOfAnAnswer(boolean safe, boolean reset) {
        for (int cut = 1; cut < ANSWER.length(); cut++) {
            int after = cut;
            try (RawPlatform platform = new RawPlatform(0, (number, out, connection) -> {
                        out.write(ANSWER.substring(0, after).getBytes(ISO_8859_1));
                        if (reset) {
                            Thread.sleep(20);
                            connection.setSoLinger(true, 0);
                        }
                        return false;
                    });
                    RetryingUpstream upstream = upstream(platform)) {
                fails(upstream, request(true, safe), "CUT_OFF");
                assertThat(platform.requests()).as("cut after %d", after).isEqualTo(1);
            }
        }
    }

    @Test
    void beforeThatAReadIs() {
        try (RawPlatform platform = RawPlatform.saying("");
                RetryingUpstream upstream = upstream(platform)) {
            fails(upstream, request(true, true), "BROKEN");
            assertThat(platform.requests()).isEqualTo(3);
        }
    }

    static Stream<Arguments> malformed() {
        String end = "\r\nContent-Length: 0\r\n\r\n";
        return Stream.of(
                arguments("a status of five digits", "HTTP/1.1 99999 X" + end),
                arguments("a status of none", "HTTP/1.1 X" + end),
                arguments("a status of nobody", "HTTP/1.1 666 X" + end),
                arguments("another protocol", "HTTP/1.1 101 X\r\nUpgrade: x\r\n\r\n"),
                arguments("hints without end", "HTTP/1.1 103 X\r\n\r\n".repeat(100_000)),
                arguments("a line of junk", "220 mail.example ESMTP\r\n\r\n"),
                arguments("a header of a megabyte", "HTTP/1.1 200 X\r\nA: " + "x".repeat(1 << 20) + end),
                arguments("a million headers", "HTTP/1.1 200 X\r\n" + "A: x\r\n".repeat(1_000_000) + end),
                arguments("a line without end", "HTTP/1.1 200 " + "x".repeat(1 << 20) + end),
                arguments("a length that is none", "HTTP/1.1 200 X\r\nContent-Length: many\r\n\r\nx"),
                arguments("two lengths", "HTTP/1.1 200 X\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nxx"),
                arguments(
                        "a chunk of no size",
                        "HTTP/1.1 200 X\r\nTransfer-Encoding: chunked\r\n\r\nmany\r\nx\r\n0\r\n\r\n"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("malformed")
    void whatBreaksTheRulesIsTakenNeitherNowNorAgain(String what, String answer) {
        try (RawPlatform platform = RawPlatform.saying(answer);
                RetryingUpstream upstream = upstream(platform)) {
            fails(upstream, request(true, true), "MALFORMED");
            assertThat(platform.requests()).isEqualTo(1);
        }
    }

    @Test
    void anAnswerWithTwoLengthsLeavesNothingForTheNextCall() throws UpstreamException {
        String both = "HTTP/1.1 200 X\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n";
        try (RawPlatform platform = new RawPlatform(0, (number, out, connection) -> {
                    out.write((number % 2 == 1 ? both : ANSWER).getBytes(ISO_8859_1));
                    return true;
                });
                RetryingUpstream upstream = upstream(platform)) {
            for (int i = 0; i < 10; i++) {
                fails(upstream, request(true, true), "MALFORMED");
                assertThat(new String(upstream.send(request(true, true)).body(), ISO_8859_1))
                        .isEqualTo("{\"ok\":true}");
            }
            assertThat(platform.connections()).as("none is used again").isEqualTo(11);
        }
    }

    @Test
    void anAnswerWithoutEndIsCutAtTheLimit() {
        try (RawPlatform platform = new RawPlatform(0, (number, out, connection) -> {
                    out.write("HTTP/1.1 200 X\r\nTransfer-Encoding: chunked\r\n\r\n".getBytes(ISO_8859_1));
                    byte[] chunk = ("1000\r\n" + "x".repeat(4096) + "\r\n").getBytes(ISO_8859_1);
                    while (true) {
                        out.write(chunk);
                    }
                });
                RetryingUpstream upstream = upstream(platform)) {
            fails(upstream, request(true, true), "TOO_LARGE");
            assertThat(platform.requests()).isEqualTo(1);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "HTTP/1.1 200 X\r\nTransfer-Encoding: chunked\r\n\r\n", "HTTP/1.1 200 X\r\n\r\n"})
    void anAnswerThatDribblesIsCutAtTheDeadline(String head) {
        try (RawPlatform platform = new RawPlatform(0, (number, out, connection) -> {
                    out.write(head.getBytes(ISO_8859_1));
                    while (true) {
                        out.write(head.contains("chunked") ? "1\r\nx\r\n".getBytes(ISO_8859_1) : new byte[] {'H'});
                        Thread.sleep(100);
                    }
                });
                RetryingUpstream upstream = upstream(platform.url(), Duration.ofSeconds(1))) {
            long began = System.nanoTime();
            fails(upstream, request(true, true), "TIMED_OUT");
            assertThat(Duration.ofNanos(System.nanoTime() - began))
                    .isBetween(Duration.ofMillis(1_800), Duration.ofMillis(3_500));
            assertThat(platform.requests()).isEqualTo(1);
        }
    }

    /** Silent to the first request; to the others it answers at once, and says the rest a while later. */
    private static RawPlatform hanging() {
        return new RawPlatform(3, (number, out, connection) -> {
            if (number == 1) {
                Thread.sleep(10_000);
            }
            out.write(ANSWER.substring(0, 20).getBytes(ISO_8859_1));
            Thread.sleep(600);
            out.write(ANSWER.substring(20).getBytes(ISO_8859_1));
            return true;
        });
    }

    @Test
    void whatMayBeRepeatedDoesNotWaitForOneConnectionThatHangs() throws UpstreamException {
        try (RawPlatform platform = hanging();
                RetryingUpstream upstream = upstream(platform.url(), Duration.ofMillis(300))) {
            assertThat(upstream.send(write(true)).status()).isEqualTo(200);
            assertThat(platform.requests()).isEqualTo(2);
            assertThat(upstream.retries()).isEqualTo(1);
        }
    }

    @Test
    void aWriteThatGetsNoFirstByteIsNotSentAgain() {
        try (RawPlatform platform = hanging();
                RetryingUpstream upstream = upstream(platform.url(), Duration.ofMillis(300))) {
            long began = System.nanoTime();
            fails(upstream, write(false), "SILENT");
            assertThat(Duration.ofNanos(System.nanoTime() - began))
                    .isBetween(Duration.ofMillis(300), Duration.ofMillis(1_500));
            assertThat(platform.requests()).isEqualTo(1);
        }
    }
}
