package dev.wayleave.upstream;

import static dev.wayleave.upstream.ExchangeFixture.OPAQUE;
import static dev.wayleave.upstream.ExchangeFixture.answer;
import static org.assertj.core.api.Assertions.assertThat;

import dev.wayleave.FakePlatform;
import dev.wayleave.caller.BearerToken;
import dev.wayleave.caller.Caller;
import dev.wayleave.caller.ClientSecret;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What is asked of the authorization server, and how long its answer is used. */
class TokenExchangeTest {
    private static final Set<String> READ = Set.of("pets:read");

    private final ExchangeFixture fixture = new ExchangeFixture();
    private final AtomicReference<Instant> now = new AtomicReference<>(Instant.now());
    private final InstantSource clock = now::get;
    private final TokenExchange exchange = fixture.exchange(clock);

    @AfterEach
    void close() {
        fixture.close();
    }

    private Credential of(Caller caller, Set<String> scopes) {
        return exchange.of(caller, scopes, now.get().plusSeconds(10));
    }

    private static String token(Credential credential) {
        return Objects.requireNonNull(((Credential.Granted) credential).token()).in("bare");
    }

    private void pass(long seconds) {
        now.updateAndGet(instant -> instant.plusSeconds(seconds));
    }

    @Test
    void itAsksForTheScopesOfTheCallAndNothingElse() {
        fixture.answers(200, answer(OPAQUE));

        assertThat(token(of(fixture.caller, READ))).isEqualTo(OPAQUE);
        assertThat(fixture.form())
                .containsExactlyInAnyOrderEntriesOf(Map.of(
                        "grant_type", "urn:ietf:params:oauth:grant-type:token-exchange",
                        "subject_token", fixture.callerToken,
                        "subject_token_type", "urn:ietf:params:oauth:token-type:access_token",
                        "requested_token_type", "urn:ietf:params:oauth:token-type:access_token",
                        "audience", ExchangeFixture.AUDIENCE,
                        "scope", "pets:read"));
        FakePlatform.Received request = fixture.server.received().getLast();
        assertThat(request.requestLine()).isEqualTo("POST /token HTTP/1.1");
        assertThat(request.header("Authorization"))
                .containsExactly("Basic "
                        + Base64.getEncoder()
                                .encodeToString("wayleave:secret-canary-55e1".getBytes(StandardCharsets.UTF_8)));
        assertThat(request.headerLines().toString()).doesNotContain(fixture.callerToken);
    }

    @Test
    void anOperationWithoutScopesTakesOnlyATokenThatShowsThatItHasNone() {
        String bare = fixture.jwt("", claims -> claims.claim("scope", null));
        fixture.answers(200, answer(bare));
        assertThat(token(of(fixture.caller, Set.of()))).isEqualTo(bare);
        assertThat(fixture.form()).doesNotContainKey("scope");

        Caller other = fixture.caller("other-token-1", fixture.expires);
        fixture.answers(200, answer(OPAQUE));
        assertThat(of(other, Set.of())).isEqualTo(new Credential.Refused(ExchangeFault.UNPROVEN_SCOPE.words()));
        fixture.answers(200, answer(OPAQUE, "scope", "\"\""));
        assertThat(token(of(other, Set.of()))).isEqualTo(OPAQUE);
    }

    @Test
    void aDefaultGrantIsNotTakenForNoScope() {
        fixture.answers(200, answer(fixture.jwt("pets:read", claims -> claims)));
        assertThat(of(fixture.caller, Set.of())).isEqualTo(new Credential.Refused(ExchangeFault.SCOPE.words()));
        fixture.answers(200, answer(OPAQUE, "scope", "\"pets:read\""));
        assertThat(of(fixture.caller, Set.of())).isEqualTo(new Credential.Refused(ExchangeFault.SCOPE.words()));
    }

    @Test
    void theOwnerMaySayWhatIsAskedForWhereNoScopeIsNeeded() {
        fixture.answers(200, answer(OPAQUE));
        TokenExchange owned = fixture.exchange(clock, "basic");

        assertThat(token(owned.of(fixture.caller, Set.of(), now.get().plusSeconds(10))))
                .isEqualTo(OPAQUE);
        assertThat(fixture.form()).containsEntry("scope", "basic");
        owned.of(fixture.caller, READ, now.get().plusSeconds(10));
        assertThat(fixture.form()).containsEntry("scope", "pets:read");
    }

    @Test
    void itIsRememberedByCallerAndScopesUntilShortlyBeforeItEnds() {
        fixture.answers(200, answer(OPAQUE));
        of(fixture.caller, READ);
        of(fixture.caller, READ);
        assertThat(fixture.server.received()).hasSize(1);
        of(fixture.caller, Set.of("pets:write"));
        assertThat(fixture.server.received()).hasSize(2);
        of(fixture.caller("another-token", fixture.expires), READ);
        assertThat(fixture.server.received()).hasSize(3);

        pass(269);
        of(fixture.caller, READ);
        assertThat(fixture.server.received()).hasSize(3);
        pass(2);
        of(fixture.caller, READ);
        assertThat(fixture.server.received()).hasSize(4);
    }

    @Test
    void itIsNeverKeptForLongerThanTheCallersOwnToken() {
        fixture.answers(200, answer(OPAQUE));
        Caller ending = fixture.caller("ending-token", now.get().plusSeconds(20));
        of(ending, READ);
        pass(19);
        of(ending, READ);
        assertThat(fixture.server.received()).hasSize(1);
        pass(2);
        of(ending, READ);
        assertThat(fixture.server.received()).hasSize(2);
    }

    @Test
    void whatDoesNotSayWhenItEndsIsUsedOnce() {
        fixture.answers(200, answer(OPAQUE, "expires_in", ""));
        assertThat(token(of(fixture.caller, READ))).isEqualTo(OPAQUE);
        assertThat(token(of(fixture.caller, READ))).isEqualTo(OPAQUE);
        assertThat(fixture.server.received()).hasSize(2);
    }

    @Test
    void neitherARefusalNorAFailureIsRemembered() {
        fixture.answers(400, "{\"error\":\"invalid_grant\"}");
        assertThat(of(fixture.caller, READ)).isInstanceOf(Credential.Refused.class);
        fixture.answers(503, "");
        assertThat(of(fixture.caller, READ)).isInstanceOf(Credential.Unavailable.class);
        fixture.answers(200, answer(OPAQUE));
        assertThat(of(fixture.caller, READ)).isInstanceOf(Credential.Granted.class);
    }

    @Test
    void oneExchangeServesAllWhoAskForTheSameAtOnce() throws InterruptedException, ExecutionException {
        CountDownLatch all = new CountDownLatch(1);
        fixture.server.answer(request -> {
            try {
                all.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            return FakePlatform.response(200, "application/json", answer(OPAQUE));
        });
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Credential>> asking = IntStream.range(0, 50)
                    .mapToObj(i -> threads.submit(() -> of(fixture.caller, READ)))
                    .toList();
            while (fixture.server.received().isEmpty()) {
                Thread.sleep(1);
            }
            all.countDown();
            for (Future<Credential> one : asking) {
                assertThat(token(one.get())).isEqualTo(OPAQUE);
            }
        }
        assertThat(fixture.server.received()).hasSize(1);
    }

    @Test
    void aTokenThatThePlatformRefusedIsNotHandedOutAgain() {
        fixture.answers(200, answer("first-token-1"));
        of(fixture.caller, READ);
        fixture.answers(200, answer("second-token-2"));

        assertThat(exchange.refused(fixture.caller, READ, BearerToken.of("another-token")))
                .isTrue();
        assertThat(token(of(fixture.caller, READ))).isEqualTo("first-token-1");
        assertThat(exchange.refused(fixture.caller, READ, BearerToken.of("first-token-1")))
                .isTrue();
        assertThat(token(of(fixture.caller, READ))).isEqualTo("second-token-2");
    }

    @Test
    void nobodysTokenIsNotExchanged() {
        assertThat(of(Caller.anonymous(), READ)).isInstanceOf(Credential.Refused.class);
        assertThat(of(fixture.caller.presenting(null), READ)).isInstanceOf(Credential.Refused.class);
        assertThat(fixture.server.connections()).isZero();
    }

    @Test
    void nothingThatHoldsATokenOrASecretRendersIt() throws ExchangeAnswer.UnfitAnswer {
        fixture.answers(200, answer(OPAQUE));
        Exchange terms = new Exchange(fixture.server.url(), ExchangeFixture.AUDIENCE, Set.of(), List.of());
        ExchangeAnswer judged = new ExchangeAnswer(terms, fixture.caller, READ, now.get());
        List<Object> holders = List.of(
                of(fixture.caller, READ),
                exchange,
                terms,
                judged,
                judged.read(answer(OPAQUE).getBytes(StandardCharsets.UTF_8)),
                ExchangeClient.withSecret("wayleave", ClientSecret.of("secret-canary-55e1")));
        holders.forEach(holder -> assertThat(holder.toString()).doesNotContain("canary", fixture.callerToken));
    }

    @Test
    void theCallersDeadlineIsKept() {
        fixture.server.answer(request -> {
            try {
                Thread.sleep(3_000);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            return "";
        });
        long began = System.nanoTime();
        assertThat(exchange.of(fixture.caller, READ, now.get().plusMillis(200)))
                .isInstanceOf(Credential.Unavailable.class);
        assertThat(System.nanoTime() - began).isLessThan(2_000_000_000L);
    }
}
