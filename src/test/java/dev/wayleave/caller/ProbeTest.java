package dev.wayleave.caller;

import static dev.wayleave.caller.TokenFixture.ED;
import static dev.wayleave.caller.TokenFixture.present;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.fasterxml.jackson.core.JsonPointer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ProbeTest {
    private static final Authentication INVALID = new Authentication.Refused(Refusal.INVALID);
    private static final String TURSO = """
            {"group_uuid":"3f0c","jti":"j1","org_id":26543,"scopes":{"scopes":["db:create","read"]}}""";

    private final MovableClock clock = new MovableClock();
    private final List<BearerToken> asked = new CopyOnWriteArrayList<>();
    private int status = 200;
    private String body = "{}";

    private TokenVerifier verifier(@Nullable JsonPointer claims, @Nullable JsonPointer subject, ClaimRules rules) {
        ProbeSettings settings = new ProbeSettings(
                "https://api.turso.tech", null, Duration.ofSeconds(30), claims, subject, rules, Map.of());
        return TokenVerifier.probe(
                settings,
                (token, within) -> {
                    asked.add(token);
                    return status == 0
                            ? Optional.empty()
                            : Optional.of(new TokenProbe.Answer(status, body.getBytes(StandardCharsets.UTF_8)));
                },
                clock);
    }

    private final TokenVerifier turso = verifier(
            null,
            null,
            new ClaimRules(
                    List.of(),
                    false,
                    ClaimRules.DEFAULT_CLOCK_SKEW,
                    "scopes.scopes",
                    List.of(List.of("org_id"), List.of("group_uuid")),
                    null));

    private static String jwt(String claims) {
        return ED.token("EdDSA", "{\"alg\":\"EdDSA\",\"typ\":\"JWT\"}", claims);
    }

    private static Caller caller(Authentication outcome) {
        assertThat(outcome).isInstanceOf(Authentication.Verified.class);
        return ((Authentication.Verified) outcome).caller();
    }

    @Test
    void aTokenWithoutIssuerAudienceAndEndIsKnownByThePlatformsWord() {
        Caller caller = caller(present(turso, jwt(TURSO)));

        assertThat(caller.issuer()).isEqualTo("https://api.turso.tech");
        assertThat(caller.scopes()).containsExactlyInAnyOrder("db:create", "read");
        assertThat(caller.claim("org_id").map(String::valueOf)).contains("26543");
        assertThat(caller.expires()).isEqualTo(Instant.MAX);
        assertThat(caller.subject()).matches("token-[0-9a-f]{32}");
        assertThat(caller(present(turso, jwt(TURSO))).subject()).isEqualTo(caller.subject());
        assertThat(caller(present(turso, jwt(TURSO.replace("j1", "j2")))).subject())
                .isNotEqualTo(caller.subject());
        assertThat(asked).hasSize(2);
    }

    @Test
    void anUnscopedTokenIsRefusedAsThePlatformsOwnServerRefusesIt() {
        for (String claims :
                List.of("{\"jti\":\"j1\"}", "{\"org_id\":null,\"group_uuid\":\"\"}", "{\"org\":{\"org_id\":1}}")) {
            assertThat(present(turso, jwt(claims))).as(claims).isEqualTo(INVALID);
        }
        assertThat(present(turso, "opaque")).isEqualTo(INVALID);
        assertThat(asked).isEmpty();
    }

    @Test
    void theWordsOfAJwtCountOnlyIfThePlatformTakesIt() {
        status = 401;
        assertThat(present(turso, jwt(TURSO))).isEqualTo(INVALID);
        status = 403;
        assertThat(present(turso, jwt(TURSO.replace("j1", "j2")))).isEqualTo(INVALID);
        assertThat(asked).hasSize(2);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 100, 301, 302, 400, 404, 429, 500, 503})
    void whatElseItAnswersSaysNothingAboutTheToken(int other) {
        status = other;
        assertThat(present(turso, jwt(TURSO))).isEqualTo(new Authentication.Unavailable(Duration.ofSeconds(1)));
        assertThat(turso.health()).isEqualTo(VerifierHealth.UNAVAILABLE);
        status = 204;
        assertThat(present(turso, jwt(TURSO))).isInstanceOf(Authentication.Verified.class);
    }

    @Test
    void aTokenThatShowsItsFaultIsNotShownToThePlatform() {
        long now = clock.epochSecond();
        String header = SigningKey.base64("{\"alg\":\"none\"}") + "." + SigningKey.base64(TURSO);
        for (String token : List.of(
                header + ".",
                header + ".AAAA",
                jwt(TURSO.replace("{\"group", "{\"cnf\":{\"jkt\":\"x\"},\"group")),
                jwt(TURSO.replace("{\"group", "{\"exp\":" + (now - 31) + ",\"group")),
                jwt(TURSO.replace("{\"group", "{\"exp\":-1,\"group")),
                jwt(TURSO.replace("{\"group", "{\"nbf\":" + (now + 60) + ",\"group")),
                jwt(TURSO.replace("{\"group", "{\"jti\":1,\"group")),
                jwt(TURSO.replace("[\"db:create\",\"read\"]", "{}")),
                jwt(TURSO) + "=")) {
            assertThat(present(turso, token)).isEqualTo(INVALID);
        }
        assertThat(asked).isEmpty();
    }

    @Test
    void aTokenEndsEvenIfThePlatformWasJustAsked() {
        String token = jwt(TURSO.replace("{\"group", "{\"exp\":" + (clock.epochSecond() + 5) + ",\"group"));
        caller(present(turso, token));
        clock.advance(Duration.ofSeconds(36));
        assertThat(present(turso, token)).isEqualTo(INVALID);
        assertThat(asked).hasSize(1);
    }

    @Test
    void itsWordCountsAsLongAsConfigured() {
        caller(present(turso, jwt(TURSO)));
        status = 401;
        clock.advance(Duration.ofMillis(29_999));
        caller(present(turso, jwt(TURSO)));
        clock.advance(Duration.ofMillis(1));
        assertThat(present(turso, jwt(TURSO))).isEqualTo(INVALID);
    }

    @Test
    void anOpaqueTokenHasTheClaimsThatTheAnswerHas() {
        TokenVerifier verifier = verifier(
                JsonPointer.compile("/data/token"),
                JsonPointer.compile("/data/user/id"),
                new ClaimRules(
                        List.of(), false, ClaimRules.DEFAULT_CLOCK_SKEW, "scopes", List.of(List.of("org")), null));
        body = "{\"data\":{\"user\":{\"id\":7},\"token\":{\"scopes\":[\"read\"],\"org\":\"acme\"}}}";

        Caller caller = caller(present(verifier, "pat_1"));

        assertThat(caller.subject()).isEqualTo("7");
        assertThat(caller.scopes()).containsExactly("read");
        assertThat(caller.claims()).containsAllEntriesOf(Map.of("org", "acme", "sub", "7"));
        for (String other : List.of(
                "{\"data\":{\"user\":{\"id\":7}}}",
                "{\"data\":{\"user\":{\"id\":{}},\"token\":{\"org\":\"acme\"}}}",
                "{\"data\":{\"token\":{\"org\":\"acme\"}}}",
                "[]",
                "",
                "{\"data\":1,\"data\":2}")) {
            body = other;
            assertThat(present(verifier, "pat_2")).as(other).isInstanceOf(Authentication.Unavailable.class);
        }
        body = "{\"data\":{\"user\":{\"id\":7},\"token\":{\"scopes\":[\"read\"]}}}";
        assertThat(present(verifier, "pat_3")).isEqualTo(INVALID);
    }

    @Test
    void theTokensOwnEndCountsWhereTheAnswerHasTheClaims() {
        TokenVerifier verifier = verifier(JsonPointer.empty(), null, ClaimRules.of(List.of()));
        body = "{\"sub\":\"alice\",\"scope\":\"read\"}";
        String token = jwt("{\"sub\":\"mallory\",\"scope\":\"admin\",\"exp\":" + (clock.epochSecond() + 5) + "}");

        Caller caller = caller(present(verifier, token));
        assertThat(caller.subject()).isEqualTo("alice");
        assertThat(caller.scopes()).containsExactly("read");
        assertThat(caller.expires()).isEqualTo(Instant.ofEpochSecond(clock.epochSecond() + 5));
        clock.advance(Duration.ofSeconds(36));
        assertThat(present(verifier, token)).isEqualTo(INVALID);
    }

    @Test
    void theTokensOwnEndIsHeldToTheConfiguredSkew() {
        ClaimRules exact = new ClaimRules(List.of(), false, Duration.ZERO, "scope", List.of(), null);
        TokenVerifier verifier = verifier(JsonPointer.empty(), null, exact);
        body = "{\"sub\":\"alice\"}";
        String token = jwt("{\"exp\":" + (clock.epochSecond() + 5) + "}");
        caller(present(verifier, token));
        clock.advance(Duration.ofSeconds(5));
        assertThat(present(verifier, token)).isEqualTo(INVALID);
        assertThat(asked).hasSize(1);
    }

    @Test
    void itsWordIsNotKeptForLongerThanFiveMinutes() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new ProbeSettings(
                        "https://p.example",
                        null,
                        Duration.ofSeconds(301),
                        null,
                        null,
                        ClaimRules.of(List.of()),
                        Map.of()))
                .withMessageStartingWith("callers.probe.ttl:");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ProbeSettings.pointer("subject", "data/id"))
                .withMessageStartingWith("callers.probe.subject:");
    }
}
