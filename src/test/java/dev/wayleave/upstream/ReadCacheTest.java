package dev.wayleave.upstream;

import static dev.wayleave.upstream.Caching.alice;
import static dev.wayleave.upstream.Caching.bob;
import static dev.wayleave.upstream.Caching.request;
import static org.assertj.core.api.Assertions.assertThat;

import dev.wayleave.FakePlatform;
import dev.wayleave.caller.BearerToken;
import dev.wayleave.caller.Caller;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ReadCacheTest {
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
    void aReadIsToldAgainWithoutThePlatformUntilItsTimeIsOver() throws Exception {
        answers();
        assertThat(caching.read(alice(), "/a")).isEqualTo(new Caching.Told("1", 200, CacheUse.MISS));
        caching.pass(Duration.ofSeconds(59));
        UpstreamRequest again = request(alice(), "GET", "/a", Duration.ofSeconds(5));
        assertThat(caching.read(alice(), again)).isEqualTo(new Caching.Told("1", 200, CacheUse.HIT));
        assertThat(again.trail().age()).isEqualTo(Duration.ofSeconds(59));
        assertThat(again.trail().attempts()).isZero();
        caching.pass(Duration.ofSeconds(1));
        assertThat(caching.read(alice(), "/a")).isEqualTo(new Caching.Told("2", 200, CacheUse.MISS));
        assertThat(caching.cache.figures().reads())
                .containsEntry(CacheUse.HIT, 1L)
                .containsEntry(CacheUse.MISS, 2L);
    }

    /** Everything that is known of a caller is a part of who asks, and so is what is sent. */
    @Test
    void whoeverIsInAnythingAnotherIsAnother() throws Exception {
        answers();
        BearerToken token = BearerToken.of("token-alice");
        Caller usual = alice();
        List<Caller> all = List.of(
                usual,
                Caching.caller("alice", "token-alice-2", "one"),
                Caching.caller("bob", "token-alice", "one"),
                Caching.caller("alice", "token-alice", "two"),
                new Caller("https://other", "alice", "client", usual.scopes(), usual.claims(), Instant.MAX, token),
                new Caller(usual.issuer(), "alice", null, usual.scopes(), usual.claims(), Instant.MAX, token),
                new Caller(usual.issuer(), "alice", "client", Set.of(), usual.claims(), Instant.MAX, token),
                new Caller(
                        usual.issuer(),
                        "alice",
                        "client",
                        usual.scopes(),
                        Map.of("groups", List.of("a")),
                        Instant.MAX,
                        token),
                new Caller(
                        usual.issuer(),
                        "alice",
                        "client",
                        usual.scopes(),
                        Map.of("groups", List.of("b")),
                        Instant.MAX,
                        token));
        Set<String> told = new HashSet<>();
        for (Caller caller : all) {
            told.add(caching.read(caller, "/a").text());
        }
        UpstreamRequest narrowed = request(usual.presenting(BearerToken.of("narrowed")), "GET", "/a", Caching.TTL);
        told.add(caching.read(usual, narrowed).text());
        told.add(caching.read(usual, request(usual.presenting(null), "GET", "/a", Caching.TTL))
                .text());
        assertThat(told).hasSize(all.size() + 2);
        for (Caller caller : all) {
            assertThat(caching.read(caller, "/a").use()).isEqualTo(CacheUse.HIT);
        }
    }

    @Test
    void digestsThatCollideMakeNoTwoCallersTheSame() throws Exception {
        ByteBuffer same = ByteBuffer.allocate(32);
        use(Caching.with(
                new ReadCache.Terms(1 << 20, null, false, "Authorization"), (request, caller, operation, tenant) -> {
                    CacheKey key = CacheKey.of(request, caller, operation, tenant);
                    Asker asker = Asker.of(caller, null);
                    return new CacheKey(
                            tenant,
                            operation,
                            key.method(),
                            key.target(),
                            key.headers(),
                            null,
                            null,
                            new Asker(
                                    asker.issuer(),
                                    asker.subject(),
                                    asker.client(),
                                    asker.scopes(),
                                    asker.claims(),
                                    same,
                                    same));
                }));
        answers();
        assertThat(caching.read(alice(), "/a").text()).isEqualTo("1");
        assertThat(caching.read(bob(), "/a").text()).isEqualTo("2");
        assertThat(caching.read(alice(), "/a").text()).isEqualTo("1");
    }

    @Test
    void requestsAreTheSameWhereTheirBytesAre() throws Exception {
        answers();
        UnaryOperator<UpstreamRequest> same = request -> request;
        List<UnaryOperator<UpstreamRequest>> others = List.of(
                same,
                one -> changed(one, "/a?b=c&d=e", List.of(), null),
                one -> changed(one, "/a?b=c%26d%3De", List.of(), null),
                one -> changed(one, "/a?n=1", List.of(), null),
                one -> changed(one, "/a?n=1.0", List.of(), null),
                one -> changed(one, "/a?n=", List.of(), null),
                one -> changed(one, "/a?n", List.of(), null),
                one -> changed(one, "/a?n=%C3%A9", List.of(), null),
                one -> changed(one, "/a?n=e%CC%81", List.of(), null),
                one -> changed(one, "/a", List.of(new UpstreamRequest.Header("X-A", "1")), null),
                one -> changed(one, "/a", List.of(new UpstreamRequest.Header("X-A", "2")), null),
                one -> changed(one, "/a", List.of(), "{}"),
                one -> changed(one, "/a", List.of(), "{ }"),
                one -> changed(one, "/a", List.of(), ""));
        for (int round = 0; round < 2; round++) {
            for (int i = 0; i < others.size(); i++) {
                UpstreamRequest request = others.get(i).apply(request(alice(), "POST", "/a", Caching.TTL));
                Caching.Told told = caching.read(alice(), request);
                assertThat(told.text()).as("request %d", i).isEqualTo("" + (i + 1));
            }
        }
    }

    private static UpstreamRequest changed(
            UpstreamRequest one, String target, List<UpstreamRequest.Header> headers, @Nullable String body) {
        return new UpstreamRequest(
                one.method(),
                target,
                headers,
                body == null
                        ? null
                        : new UpstreamRequest.Body("application/json", body.getBytes(StandardCharsets.UTF_8)),
                one.credential(),
                true,
                one.deadline(),
                Trail.none());
    }

    @ParameterizedTest
    @ValueSource(strings = {"Range", "If-None-Match", "If-Modified-Since", "Cache-Control"})
    void whatAsksForAPartOrOnAConditionIsNotRemembered(String header) throws Exception {
        answers();
        for (int i = 1; i < 3; i++) {
            UpstreamRequest request = changed(
                    request(alice(), "GET", "/a", Caching.TTL),
                    "/a",
                    List.of(new UpstreamRequest.Header(header, "x")),
                    null);
            assertThat(caching.read(alice(), request)).isEqualTo(new Caching.Told("" + i, 200, CacheUse.NONE));
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {201, 203, 206, 301, 304, 401, 403, 404, 410, 429, 500})
    void onlyAnAnswerOf200IsKept(int status) throws Exception {
        caching.platform.answer(request -> FakePlatform.response(status, status == 304 ? "" : "text/plain", ""));
        caching.read(alice(), "/a");
        assertThat(caching.read(alice(), "/a").use()).isEqualTo(CacheUse.MISS);
        assertThat(caching.asked()).isEqualTo(2);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Cache-Control: max-age=60 | Cache-Control: no-store",
                "Vary: Accept              | Vary: *",
                "Cache-Control: max-age=60 | Set-Cookie: a=b",
                "ETag: \"a\"               | Cache-Control: no-store",
            })
    void everyLineOfWhatThePlatformForbidsCounts(String one, String other) throws Exception {
        answers(one, other);
        caching.read(alice(), "/a");
        assertThat(caching.read(alice(), "/a").text()).isEqualTo("2");
    }

    @Test
    void whatOneCallReadsTwiceIsAskedTwice() throws Exception {
        answers();
        caching.read(alice(), "/a");
        Trail whole = Trail.none();
        for (int i = 0; i < 2; i++) {
            UpstreamRequest one = request(alice(), "GET", "/a", Caching.TTL);
            UpstreamRequest step = new UpstreamRequest(
                    "GET", "/a", List.of(), null, one.credential(), true, one.deadline(), whole.part());
            assertThat(caching.read(alice(), step).text()).isEqualTo("" + (i + 1));
        }
        assertThat(whole.cache()).isEqualTo(CacheUse.MIXED);
        assertThat(caching.read(alice(), "/a").text()).isEqualTo("2");
    }

    @Test
    void itIsBoundedInBytesAndNoCallerHasMoreThanATenth() throws Exception {
        use(Caching.with(new ReadCache.Terms(200_000, null, false, "Authorization")));
        caching.platform.answer(request -> FakePlatform.response(200, "text/plain", "x".repeat(2000)));
        for (int i = 0; i < 50; i++) {
            caching.read(alice(), "/a/" + i);
        }
        CacheFigures one = caching.cache.figures();
        assertThat(one.bytes()).isBetween(15_000L, 20_000L);
        for (int i = 0; i < 1000; i++) {
            caching.read(Caching.caller("c" + i / 5, "token-" + i / 5, "one"), "/a/" + i);
        }
        CacheFigures many = caching.cache.figures();
        assertThat(many.bytes()).isLessThanOrEqualTo(200_000);
        assertThat(many.evicted()).isPositive();
        caching.pass(Duration.ofHours(1));
        caching.read(alice(), "/a/now");
        assertThat(caching.cache.figures().bytes()).isLessThan(10_000);
    }

    @Test
    void nothingIsKeptWhereItIsOffOrTheTenantIsNotKnown() throws Exception {
        use(Caching.with(ReadCache.Terms.OFF));
        answers();
        caching.read(alice(), "/a");
        assertThat(caching.read(alice(), "/a")).isEqualTo(new Caching.Told("2", 200, CacheUse.NONE));
        use(Caching.with(new ReadCache.Terms(1 << 20, "org.missing", false, "Authorization")));
        answers();
        caching.read(alice(), "/a");
        assertThat(caching.read(alice(), "/a")).isEqualTo(new Caching.Told("2", 200, CacheUse.NONE));
    }

    @Test
    void nothingThatItHoldsRendersAsAToken() {
        Caller caller = alice();
        CacheKey key = CacheKey.of(request(caller, "GET", "/a", Caching.TTL), caller, "GET /a", "");
        assertThat(key + " " + key.asker()).doesNotContain("token-alice", "alice");
    }
}
