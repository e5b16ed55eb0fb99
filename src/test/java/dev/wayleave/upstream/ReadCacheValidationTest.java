package dev.wayleave.upstream;

import static dev.wayleave.upstream.Caching.alice;
import static dev.wayleave.upstream.Caching.bob;
import static dev.wayleave.upstream.Caching.request;
import static org.assertj.core.api.Assertions.assertThat;

import dev.wayleave.FakePlatform;
import dev.wayleave.caller.Caller;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is kept and no longer fresh, or is another caller's, counts once the platform says so to the caller. */
class ReadCacheValidationTest {
    private static final String ORG = "org.id";
    private Caching caching = Caching.usual();

    @AfterEach
    void close() {
        caching.close();
    }

    private void use(Caching other) {
        caching.close();
        caching = other;
    }

    private void answers(String... headers) {
        AtomicInteger count = new AtomicInteger();
        caching.platform.answer(
                request -> FakePlatform.response(200, "application/json", "" + count.incrementAndGet(), headers));
    }

    @Test
    void whatIsStaleIsAskedAboutByItsETagWithTheCallersOwnToken() throws Exception {
        caching.platform.answer(request -> request.header("If-None-Match").isEmpty()
                ? FakePlatform.response(
                        200, "text/plain", "whole", "ETag: \"v1\"", "Cache-Control: max-age=5", "X-A: 1")
                : FakePlatform.response(304, "", "", "ETag: \"v1\"", "Cache-Control: max-age=7", "X-A: 2"));
        caching.read(alice(), "/a");
        caching.pass(Duration.ofSeconds(5));
        UpstreamRequest request = request(alice(), "GET", "/a", Caching.TTL);
        UpstreamResponse renewed = caching.cache.read(request, alice(), "GET /x", Caching.TTL);
        assertThat(renewed.status()).isEqualTo(200);
        assertThat(new String(renewed.body(), StandardCharsets.UTF_8)).isEqualTo("whole");
        assertThat(renewed.header("X-A")).contains("2");
        assertThat(renewed.header("Content-Type")).contains("text/plain");
        assertThat(request.trail().cache()).isEqualTo(CacheUse.REVALIDATED);
        FakePlatform.Received asked = caching.platform.received().getLast();
        assertThat(asked.header("If-None-Match")).containsExactly("\"v1\"");
        assertThat(asked.header("Authorization")).containsExactly("Bearer token-alice");
        caching.pass(Duration.ofSeconds(6));
        assertThat(caching.read(alice(), "/a").use()).isEqualTo(CacheUse.HIT);
        assertThat(caching.read(bob(), "/a").use()).isEqualTo(CacheUse.MISS);
        assertThat(caching.platform.received().getLast().header("If-None-Match"))
                .isEmpty();
    }

    @Test
    void a304ThatNamesAnotherETagIsNotBelieved() throws Exception {
        caching.platform.answer(request -> request.header("If-None-Match").isEmpty()
                ? FakePlatform.response(200, "text/plain", "whole", "ETag: \"v1\"", "Cache-Control: no-cache")
                : FakePlatform.response(304, "", "", "ETag: \"v2\""));
        caching.read(alice(), "/a");
        assertThat(caching.read(alice(), "/a")).isEqualTo(new Caching.Told("whole", 200, CacheUse.MISS));
        assertThat(caching.asked()).isEqualTo(3);
    }

    @Test
    void whatIsRefusedNowIsForgotten() throws Exception {
        answers("ETag: \"v1\"", "Cache-Control: max-age=5");
        caching.read(alice(), "/a");
        caching.pass(Duration.ofSeconds(5));
        caching.platform.answer(request -> FakePlatform.response(403, "text/plain", "no"));
        assertThat(caching.read(alice(), "/a").status()).isEqualTo(403);
        answers();
        caching.read(alice(), "/a");
        assertThat(caching.platform.received().getLast().header("If-None-Match"))
                .isEmpty();
    }

    @Test
    void aBodyIsSharedOnlyAfterThePlatformToldThatCallerByItsOwnToken() throws Exception {
        use(Caching.with(new ReadCache.Terms(1 << 20, ORG, true, "Authorization")));
        caching.platform.answer(request -> request.header("If-None-Match").isEmpty()
                ? FakePlatform.response(
                        200,
                        "text/plain",
                        "of " + request.header("Authorization"),
                        "ETag: \"v1\"",
                        "X-For: alice",
                        "X-Only: alice",
                        "Cache-Control: max-age=5")
                : FakePlatform.response(304, "", "", "ETag: \"v1\"", "X-For: bob"));
        caching.read(alice(), "/a");
        UpstreamRequest request = request(bob(), "GET", "/a", Caching.TTL);
        UpstreamResponse shared = caching.cache.read(request, bob(), "GET /x", Caching.TTL);
        assertThat(request.trail().cache()).isEqualTo(CacheUse.SHARED);
        assertThat(caching.platform.received().getLast().header("Authorization"))
                .containsExactly("Bearer token-bob");
        assertThat(new String(shared.body(), StandardCharsets.UTF_8)).contains("token-alice");
        assertThat(shared.headers())
                .containsEntry("x-for", "bob")
                .containsEntry("content-type", "text/plain")
                .doesNotContainKey("x-only");

        assertThat(caching.read(bob(), "/a").use()).isEqualTo(CacheUse.HIT);
        caching.pass(Duration.ofSeconds(5));
        assertThat(caching.read(bob(), "/a").use()).isEqualTo(CacheUse.REVALIDATED);

        Caller stranger = Caching.caller("eve", "token-eve", "two");
        assertThat(caching.read(stranger, "/a").use()).isEqualTo(CacheUse.MISS);
        assertThat(caching.platform.received().getLast().header("If-None-Match"))
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "ETag: \"v2\"", "ETag: \"v1\"|Cache-Control: private", "ETag: \"v1\"|Vary: Authorization"})
    void a304ThatLeavesADoubtSharesNothing(String said) throws Exception {
        use(Caching.with(new ReadCache.Terms(1 << 20, null, true, "Authorization")));
        String[] headers = said.isEmpty() ? new String[0] : said.split("\\|", -1);
        caching.platform.answer(request -> request.header("If-None-Match").isEmpty()
                ? FakePlatform.response(200, "text/plain", request.header("Authorization") + "", "ETag: \"v1\"")
                : FakePlatform.response(304, "", "", headers));
        caching.read(alice(), "/a");
        assertThat(caching.read(bob(), "/a").text()).contains("token-bob");
    }
}
