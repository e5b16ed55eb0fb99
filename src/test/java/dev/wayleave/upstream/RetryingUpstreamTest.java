package dev.wayleave.upstream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.wayleave.FakePlatform;
import dev.wayleave.TestClients;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RetryingUpstreamTest {
    private static final InstantSource CLOCK = InstantSource.system();
    private static final int EVERYTHING = 1_000;

    private static Upstream upstream(FakePlatform platform) {
        return upstream(platform, Hints.NONE);
    }

    private static Upstream upstream(FakePlatform platform, Hints hints) {
        return upstream(platform.url(), hints, new RetryBudget(EVERYTHING, CLOCK));
    }

    private static RetryingUpstream upstream(URI url, Hints hints, RetryBudget budget) {
        Upstream http = new HttpUpstream(
                new PlatformAddress(url),
                "Authorization",
                new HttpUpstream.Terms(Duration.ofSeconds(1), Duration.ofMinutes(1), 10_000),
                TestClients.CLIENTS,
                CLOCK);
        return new RetryingUpstream(http, hints, budget, Duration.ofMillis(5), new Random(1), CLOCK);
    }

    private static UpstreamRequest request(String method, Duration left) {
        return new UpstreamRequest(
                method,
                "/",
                List.of(),
                null,
                null,
                method.equals("GET"),
                Instant.now().plus(left));
    }

    @ParameterizedTest
    @ValueSource(ints = {502, 503, 504})
    void aReadIsSentAgainWhereTheFaultMayPass(int status) throws UpstreamException {
        AtomicInteger seen = new AtomicInteger();
        try (FakePlatform platform = FakePlatform.answering(
                        r -> FakePlatform.response(seen.incrementAndGet() < 3 ? status : 200, "", ""));
                Upstream upstream = upstream(platform)) {
            assertThat(upstream.send(request("GET", Duration.ofSeconds(5))).status())
                    .isEqualTo(200);
            assertThat(seen).hasValue(3);
        }
    }

    @Test
    void aWriteIsNeverSentTwice() throws UpstreamException {
        try (FakePlatform platform = FakePlatform.answering(r -> FakePlatform.response(503, "", "", "Retry-After: 0"));
                Upstream upstream = upstream(platform)) {
            assertThat(upstream.send(request("POST", Duration.ofSeconds(5))).status())
                    .isEqualTo(503);
            assertThat(platform.received()).hasSize(1);
            platform.answer(r -> "");
            assertThatThrownBy(() -> upstream.send(request("DELETE", Duration.ofSeconds(5))))
                    .isInstanceOf(UpstreamException.class);
            assertThat(platform.received()).hasSize(2);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"GET", "POST"})
    void whatWasNotSentMayBeSentAgainWhateverItIs(String method) throws IOException {
        URI nobody;
        try (ServerSocket closed = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            nobody = URI.create("http://127.0.0.1:" + closed.getLocalPort());
        }
        try (RetryingUpstream upstream = upstream(nobody, Hints.NONE, new RetryBudget(EVERYTHING, CLOCK))) {
            assertThatThrownBy(() -> upstream.send(request(method, Duration.ofSeconds(5))))
                    .hasMessage("UNREACHABLE");
            assertThat(upstream.retries()).isEqualTo(2);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {200, 400, 401, 403, 404, 409, 422, 429, 500, 501, 505})
    void anyOtherStatusIsTheAnswer(int status) throws UpstreamException {
        try (FakePlatform platform = FakePlatform.answering(r -> FakePlatform.response(status, "", ""));
                Upstream upstream = upstream(platform)) {
            assertThat(upstream.send(request("GET", Duration.ofSeconds(5))).status())
                    .isEqualTo(status);
            assertThat(platform.received()).hasSize(1);
        }
    }

    @Test
    void aBrokenConnectionIsTriedThreeTimesAtMost() {
        try (FakePlatform platform = FakePlatform.answering(r -> "");
                Upstream upstream = upstream(platform)) {
            assertThatThrownBy(() -> upstream.send(request("GET", Duration.ofSeconds(5))))
                    .hasMessage("BROKEN");
            assertThat(platform.received()).hasSize(3);
        }
    }

    @ParameterizedTest
    @CsvSource({"503, 1", "429, 1"})
    void thePlatformIsWaitedForAsLongAsItSays(int status, String seconds) throws UpstreamException {
        AtomicInteger seen = new AtomicInteger();
        try (FakePlatform platform = FakePlatform.answering(r -> FakePlatform.response(
                        seen.incrementAndGet() < 2 ? status : 200, "", "", "Retry-After: " + seconds));
                Upstream upstream = upstream(platform)) {
            long began = System.nanoTime();
            assertThat(upstream.send(request("GET", Duration.ofSeconds(9))).status())
                    .isEqualTo(200);
            assertThat(Duration.ofNanos(System.nanoTime() - began)).isGreaterThanOrEqualTo(Duration.ofSeconds(1));
            assertThat(seen).hasValue(2);
        }
    }

    @Test
    void aDateIsWaitedForToo() throws UpstreamException {
        AtomicInteger seen = new AtomicInteger();
        String soon = DateTimeFormatter.RFC_1123_DATE_TIME.format(
                Instant.now().plusSeconds(2).atOffset(ZoneOffset.UTC));
        try (FakePlatform platform = FakePlatform.answering(r ->
                        FakePlatform.response(seen.incrementAndGet() < 2 ? 503 : 200, "", "", "Retry-After: " + soon));
                Upstream upstream = upstream(platform)) {
            long began = System.nanoTime();
            assertThat(upstream.send(request("GET", Duration.ofSeconds(9))).status())
                    .isEqualTo(200);
            assertThat(Duration.ofNanos(System.nanoTime() - began)).isGreaterThan(Duration.ofMillis(900));
        }
    }

    @ParameterizedTest
    @CsvSource({"6, 60", "86400, 60", "4, 3"})
    void whoAsksForMoreThanThereIsOrThanIsWorthItIsNotWaitedFor(String seconds, int left) throws UpstreamException {
        try (FakePlatform platform =
                        FakePlatform.answering(r -> FakePlatform.response(503, "", "", "Retry-After: " + seconds));
                Upstream upstream = upstream(platform)) {
            UpstreamResponse response = upstream.send(request("GET", Duration.ofSeconds(left)));
            assertThat(response.status()).isEqualTo(503);
            assertThat(response.header("Retry-After")).contains(seconds);
            assertThat(platform.received()).hasSize(1);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"-1", "1000000000", "soon", "Fri, 31 Feb 2026 00:00:00 GMT", "1\r\nRetry-After: 2"})
    void whatIsNoTimeSaysNothing(String junk) throws UpstreamException {
        try (FakePlatform platform =
                        FakePlatform.answering(r -> FakePlatform.response(503, "", "", "Retry-After: " + junk));
                Upstream upstream = upstream(platform)) {
            UpstreamResponse response = upstream.send(request("GET", Duration.ofSeconds(5)));
            assertThat(response.header("Retry-After")).isEmpty();
            assertThat(platform.received()).hasSize(3);
        }
    }

    @Test
    void theOwnersWordOnAnErrorIsHeeded() throws UpstreamException {
        try (FakePlatform platform = FakePlatform.answering(r -> FakePlatform.response(503, "", ""))) {
            try (Upstream never = upstream(platform, response -> new Hints.Hint(false, false, null))) {
                never.send(request("GET", Duration.ofSeconds(5)));
                assertThat(platform.received()).hasSize(1);
            }
            try (Upstream later = upstream(platform, response -> new Hints.Hint(true, true, Duration.ofSeconds(15)))) {
                later.send(request("GET", Duration.ofSeconds(60)));
                assertThat(platform.received()).hasSize(2);
            }
            try (Upstream known = upstream(platform, response -> new Hints.Hint(true, true, null))) {
                known.send(request("GET", Duration.ofSeconds(60)));
                assertThat(platform.received()).hasSize(3);
            }
            try (Upstream soon = upstream(platform, response -> new Hints.Hint(true, true, Duration.ofMillis(10)))) {
                soon.send(request("GET", Duration.ofSeconds(60)));
                assertThat(platform.received()).hasSize(6);
            }
        }
    }

    @Test
    void moreThanTheBudgetIsNotSent() throws UpstreamException {
        InstantSource still = InstantSource.fixed(Instant.now());
        try (FakePlatform platform = FakePlatform.answering(r -> FakePlatform.response(503, "", ""));
                RetryingUpstream upstream =
                        upstream(platform.url(), Hints.NONE, new RetryBudget(RetryBudget.SHARE, still))) {
            for (int i = 0; i < 100; i++) {
                upstream.send(request("GET", Duration.ofSeconds(5)));
            }
            assertThat(platform.received()).hasSizeBetween(111, 113);
            assertThat(upstream.calls() + upstream.retries())
                    .isEqualTo(platform.received().size());
            assertThat(upstream.withheld()).isPositive();
        }
    }
}
