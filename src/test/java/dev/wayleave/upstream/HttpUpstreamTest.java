package dev.wayleave.upstream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.wayleave.FakePlatform;
import dev.wayleave.TestClients;
import dev.wayleave.caller.BearerToken;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HttpUpstreamTest {
    private static HttpUpstream upstream(URI url, String credentialHeader) {
        return new HttpUpstream(
                new PlatformAddress(url),
                credentialHeader,
                new HttpUpstream.Terms(Duration.ofSeconds(2), Duration.ofMinutes(1), 65_536),
                TestClients.CLIENTS,
                InstantSource.system());
    }

    private static UpstreamRequest request(String method, String target, UpstreamRequest.@Nullable Body body) {
        return new UpstreamRequest(
                method,
                target,
                List.of(new UpstreamRequest.Header("X-Trace", "1")),
                body,
                BearerToken.of("secret-token"),
                method.equals("GET"),
                Instant.now().plusSeconds(2));
    }

    @Test
    void theRequestIsBuiltFromScratchWithTheTokenAndNothingElse() throws Exception {
        try (FakePlatform platform = FakePlatform.json("{}");
                HttpUpstream upstream = upstream(platform.url(), "Authorization")) {
            upstream.send(request("GET", "/a%2Fb?q=1%262", null));

            FakePlatform.Received received = platform.received().getFirst();
            assertThat(received.requestLine()).isEqualTo("GET /a%2Fb?q=1%262 HTTP/1.1");
            assertThat(received.header("Authorization")).containsExactly("Bearer secret-token");
            assertThat(received.header("X-Trace")).containsExactly("1");
            assertThat(received.header("Accept-Encoding")).containsExactly("identity");
            assertThat(received.headerLines().stream()
                            .map(line -> line.substring(0, line.indexOf(":")).toLowerCase(Locale.ROOT)))
                    .containsOnly(
                            "host", "authorization", "x-trace", "accept", "accept-encoding", "user-agent", "connection")
                    .doesNotHaveDuplicates();
        }
    }

    @Test
    void anotherHeaderCarriesTheTokenWithoutItsScheme() throws Exception {
        try (FakePlatform platform = FakePlatform.json("{}");
                HttpUpstream upstream = upstream(platform.url(), "Softr-Api-Key")) {
            upstream.send(request("GET", "/", null));

            assertThat(platform.received().getFirst().header("Softr-Api-Key")).containsExactly("secret-token");
            assertThat(platform.received().getFirst().header("Authorization")).isEmpty();
        }
    }

    @Test
    void aBodyIsSentWithItsTypeAndLength() throws Exception {
        try (FakePlatform platform = FakePlatform.json("{}");
                HttpUpstream upstream = upstream(platform.url(), "Authorization")) {
            byte[] bytes = "{\"é\":1}".getBytes(StandardCharsets.UTF_8);
            upstream.send(request("PATCH", "/x", new UpstreamRequest.Body("application/json", bytes)));

            FakePlatform.Received received = platform.received().getFirst();
            assertThat(received.requestLine()).isEqualTo("PATCH /x HTTP/1.1");
            assertThat(received.body()).isEqualTo("{\"é\":1}");
            assertThat(received.header("Content-Type")).containsExactly("application/json");
        }
    }

    @Test
    void everyStatusIsAnAnswer() throws Exception {
        try (FakePlatform platform = FakePlatform.answering(
                        r -> FakePlatform.response(503, "text/plain", "later", "Retry-After: 7"));
                HttpUpstream upstream = upstream(platform.url(), "Authorization")) {
            UpstreamResponse response = upstream.send(request("GET", "/", null));

            assertThat(response.status()).isEqualTo(503);
            assertThat(response.header("Retry-After")).contains("7");
            assertThat(new String(response.body(), StandardCharsets.UTF_8)).isEqualTo("later");
        }
    }

    @Test
    void aRedirectIsNotFollowed() throws Exception {
        try (FakePlatform other = FakePlatform.json("{}");
                FakePlatform platform = FakePlatform.answering(
                        r -> FakePlatform.response(307, "", "", "Location: " + other.url() + "/stolen"));
                HttpUpstream upstream = upstream(platform.url(), "Authorization")) {
            assertThat(upstream.send(request("GET", "/", null)).status()).isEqualTo(307);
            assertThat(other.connections()).isZero();
        }
    }

    @Test
    void aPlatformThatIsNotThereIsUnreachable() throws Exception {
        int closed;
        try (ServerSocket socket = new ServerSocket(0)) {
            closed = socket.getLocalPort();
        }
        try (HttpUpstream upstream = upstream(URI.create("http://127.0.0.1:" + closed), "Authorization")) {
            assertKind(upstream, UpstreamException.Kind.UNREACHABLE);
        }
    }

    @Test
    void aSilentPlatformTimesOutAtTheDeadline() throws Exception {
        try (FakePlatform platform = FakePlatform.answering(r -> {
                    sleep(10_000);
                    return "";
                });
                HttpUpstream upstream = upstream(platform.url(), "Authorization")) {
            long began = System.nanoTime();
            assertKind(upstream, UpstreamException.Kind.TIMED_OUT);
            assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofSeconds(4));
        }
    }

    @Test
    void anAnswerBeyondTheLimitIsRefused() throws Exception {
        try (FakePlatform platform =
                        FakePlatform.answering(r -> FakePlatform.response(200, "text/plain", "x".repeat(70_000)));
                HttpUpstream upstream = upstream(platform.url(), "Authorization")) {
            assertKind(upstream, UpstreamException.Kind.TOO_LARGE);
        }
    }

    @Test
    void aBrokenAnswerIsBroken() throws Exception {
        try (FakePlatform platform = FakePlatform.answering(r -> "");
                HttpUpstream upstream = upstream(platform.url(), "Authorization")) {
            assertKind(upstream, UpstreamException.Kind.BROKEN);
        }
    }

    @Test
    void aCompressedAnswerIsNeverInflated() throws Exception {
        try (FakePlatform platform = FakePlatform.answering(
                        r -> FakePlatform.response(200, "application/json", "not gzip", "Content-Encoding: gzip"));
                HttpUpstream upstream = upstream(platform.url(), "Authorization")) {
            assertThat(new String(upstream.send(request("GET", "/", null)).body(), StandardCharsets.UTF_8))
                    .isEqualTo("not gzip");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"HTTP/1.1 102 Processing", "HTTP/1.1 103 Early Hints\r\nLink: </x>", "HTTP/1.1 100 Continue"})
    void anInterimAnswerIsPassedOverAndNothingOfItIsLeftForTheNextCall(String interim) throws Exception {
        try (FakePlatform platform = FakePlatform.answering(
                        r -> interim + "\r\n\r\n" + FakePlatform.response(200, "text/plain", r.target()));
                HttpUpstream upstream = upstream(platform.url(), "Authorization")) {
            for (int i = 0; i < 10; i++) {
                UpstreamResponse response = upstream.send(request("GET", "/call-" + i, null));
                assertThat(response.status()).isEqualTo(200);
                assertThat(new String(response.body(), StandardCharsets.UTF_8)).isEqualTo("/call-" + i);
            }
            assertThat(platform.connections()).as("connections are kept").isLessThan(4);
        }
    }

    @Test
    void whatComesAfterAnAnswerIsNeverTheNextOne() throws Exception {
        try (FakePlatform platform = FakePlatform.answering(r -> FakePlatform.response(200, "text/plain", r.target())
                        + FakePlatform.response(200, "text/plain", "of someone else"));
                HttpUpstream upstream = upstream(platform.url(), "Authorization")) {
            for (int i = 0; i < 10; i++) {
                try {
                    UpstreamResponse response = upstream.send(request("GET", "/call-" + i, null));
                    assertThat(new String(response.body(), StandardCharsets.UTF_8))
                            .isEqualTo("/call-" + i);
                } catch (UpstreamException e) {
                    assertThat(e.kind()).isIn(UpstreamException.Kind.MALFORMED, UpstreamException.Kind.BROKEN);
                }
            }
        }
    }

    @Test
    void anArgumentCannotSetTheHeaderOfTheCredentialOrAnyOfOurs() throws Exception {
        try (FakePlatform platform = FakePlatform.json("{}");
                HttpUpstream upstream = upstream(platform.url(), "Softr-Api-Key")) {
            upstream.send(new UpstreamRequest(
                    "GET",
                    "/",
                    List.of(
                            new UpstreamRequest.Header("softr-api-key", "EVIL"),
                            new UpstreamRequest.Header("User-Agent", "EVIL"),
                            new UpstreamRequest.Header("accept", "EVIL")),
                    null,
                    BearerToken.of("secret-token"),
                    true,
                    Instant.now().plusSeconds(2)));

            assertThat(platform.received().getFirst().header("Softr-Api-Key")).containsExactly("secret-token");
            assertThat(String.join("\n", platform.received().getFirst().headerLines()))
                    .doesNotContain("EVIL");
        }
    }

    private static void assertKind(HttpUpstream upstream, UpstreamException.Kind kind) {
        assertThatThrownBy(() -> upstream.send(request("GET", "/", null)))
                .isInstanceOfSatisfying(
                        UpstreamException.class, e -> assertThat(e.kind()).isEqualTo(kind));
    }

    private static void sleep(long millis) {
        try {
            Thread.sleep(millis);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
