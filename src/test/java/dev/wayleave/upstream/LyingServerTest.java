package dev.wayleave.upstream;

import static dev.wayleave.upstream.ExchangeFixture.AUDIENCE;
import static dev.wayleave.upstream.ExchangeFixture.OPAQUE;
import static dev.wayleave.upstream.ExchangeFixture.answer;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import com.nimbusds.jwt.JWTClaimsSet;
import dev.wayleave.FakePlatform;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** An authorization server that answers more, other or less than was asked: whatever it says, no such token is used. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@SuppressWarnings("JavaUtilDate") // Nimbus takes no other
class LyingServerTest {
    private static final Set<String> READ = Set.of("pets:read");

    private final ExchangeFixture fixture = new ExchangeFixture();

    @AfterAll
    void close() {
        fixture.close();
    }

    private Credential exchanged() {
        return fixture.exchange(InstantSource.system())
                .of(fixture.caller, READ, Instant.now().plusSeconds(10));
    }

    private String jwt(UnaryOperator<JWTClaimsSet.Builder> change) {
        return fixture.jwt("pets:read", change);
    }

    private static Date in(Duration time) {
        return Date.from(Instant.now().plus(time));
    }

    Stream<Arguments> truths() {
        return Stream.of(
                arguments("an opaque token", answer(OPAQUE)),
                arguments("a scope that is repeated", answer(OPAQUE, "scope", "\"pets:read\"")),
                arguments("less than was asked for", answer(OPAQUE, "scope", "\"\"")),
                arguments("bearer in lower case", answer(OPAQUE, "token_type", "\"bearer\"")),
                arguments("a JWT", answer(jwt(claims -> claims))),
                arguments(
                        "a JWT that is called so",
                        answer(jwt(claims -> claims), "issued_token_type", "\"urn:ietf:params:oauth:token-type:jwt\"")),
                arguments("a JWT without a scope", answer(jwt(claims -> claims.claim("scope", null)))),
                arguments("scopes in an array", answer(jwt(claims -> claims.claim("scope", List.of("pets:read"))))),
                arguments(
                        "as long a life as the caller's token",
                        answer(jwt(c -> c.expirationTime(in(Duration.ofHours(1)))))),
                arguments("an encrypted token", answer("eyJhbGciOiJkaXIifQ..aaaa.bbbb.cccc")),
                arguments("a token with points", answer("v4.public.aaaa.bbbb")));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("truths")
    void whatWasAskedForIsTaken(String what, String answer) {
        fixture.answers(200, answer);
        assertThat(exchanged()).isInstanceOf(Credential.Granted.class);
    }

    Stream<Arguments> lies() {
        return Stream.of(broader(), others(), lives(), types(), tokens(), forms())
                .flatMap(lies -> lies);
    }

    private Stream<Arguments> broader() {
        return Stream.of(
                lie(ExchangeFault.SCOPE, answer(OPAQUE, "scope", "\"pets:read pets:write\"")),
                lie(ExchangeFault.SCOPE, answer(OPAQUE, "scope", "\"pets:write\"")),
                lie(ExchangeFault.SCOPE, answer(OPAQUE, "scope", "\"pets:read\\tpets:write\"")),
                lie(ExchangeFault.SCOPE, answer(OPAQUE, "scope", "\"PETS:READ\"")),
                lie(ExchangeFault.SCOPE, answer(OPAQUE, "scope", "[\"pets:read\",\"pets:write\"]")),
                lie(ExchangeFault.SCOPE, answer(fixture.jwt("pets:read pets:write", c -> c))),
                lie(ExchangeFault.SCOPE, answer(fixture.jwt("pets:read pets:write", c -> c), "scope", "\"pets:read\"")),
                lie(ExchangeFault.SCOPE, answer(jwt(c -> c.claim("scope", List.of("pets:read", "admin"))))),
                lie(ExchangeFault.SCOPE, answer(jwt(c -> c.claim("scp", List.of("admin"))))),
                lie(ExchangeFault.SCOPE, answer(jwt(c -> c.claim("a", Map.of("b", "admin"))))),
                lie(ExchangeFault.JWT, answer(jwt(c -> c.claim("scope", Map.of("admin", true))))),
                lie(
                        ExchangeFault.BOUND,
                        answer(jwt(c -> c.claim("authorization_details", List.of(Map.of("type", "x")))))),
                lie(ExchangeFault.BOUND, answer(OPAQUE, "authorization_details", "[{\"type\":\"x\"}]")));
    }

    private Stream<Arguments> others() {
        return Stream.of(
                lie(ExchangeFault.SUBJECT, answer(jwt(c -> c.subject("user-2")))),
                lie(ExchangeFault.SUBJECT, answer(jwt(c -> c.subject("USER-1")))),
                lie(ExchangeFault.SUBJECT, answer(jwt(c -> c.subject(null)))),
                lie(ExchangeFault.SUBJECT, answer(jwt(c -> c.claim("sub", 1)))),
                lie(ExchangeFault.AUDIENCE, answer(jwt(c -> c.audience("https://other.example.com")))),
                lie(ExchangeFault.AUDIENCE, answer(jwt(c -> c.audience(AUDIENCE + "/")))),
                lie(ExchangeFault.AUDIENCE, answer(jwt(c -> c.audience((String) null)))),
                lie(
                        ExchangeFault.AUDIENCE,
                        answer(jwt(c -> c.audience(List.of(AUDIENCE, "https://other.example.com"))))),
                lie(ExchangeFault.BOUND, answer(jwt(c -> c.claim("cnf", Map.of("jkt", "x"))))));
    }

    private Stream<Arguments> lives() {
        return Stream.of(
                lie(ExchangeFault.LIFE, answer(jwt(c -> c.expirationTime(in(Duration.ofMinutes(62)))))),
                lie(ExchangeFault.LIFE, answer(jwt(c -> c.expirationTime(in(Duration.ofDays(3650)))))),
                lie(ExchangeFault.LIFE, answer(jwt(c -> c.expirationTime(in(Duration.ofMinutes(-1)))))),
                lie(ExchangeFault.LIFE, answer(jwt(c -> c.expirationTime(null)))),
                lie(ExchangeFault.JWT, answer(jwt(c -> c.claim("exp", "tomorrow")))),
                lie(ExchangeFault.LIFE, answer(OPAQUE, "expires_in", "3700")),
                lie(ExchangeFault.LIFE, answer(OPAQUE, "expires_in", "0")),
                lie(ExchangeFault.LIFE, answer(OPAQUE, "expires_in", "-1")),
                lie(ExchangeFault.LIFE, answer(OPAQUE, "expires_in", "1e9")),
                lie(ExchangeFault.LIFE, answer(OPAQUE, "expires_in", "9223372036854775807")),
                lie(ExchangeFault.LIFE, answer(OPAQUE, "expires_in", "9223372036854775808")),
                lie(ExchangeFault.LIFE, answer(OPAQUE, "expires_in", "\"300\"")));
    }

    private Stream<Arguments> types() {
        return Stream.of(
                lie(ExchangeFault.ISSUED_TYPE, answer(OPAQUE, "issued_token_type", "")),
                lie(ExchangeFault.ISSUED_TYPE, answer(OPAQUE, "issued_token_type", "\"N_A\"")),
                lie(
                        ExchangeFault.ISSUED_TYPE,
                        answer(OPAQUE, "issued_token_type", "\"urn:ietf:params:oauth:token-type:refresh_token\"")),
                lie(
                        ExchangeFault.ISSUED_TYPE,
                        answer(OPAQUE, "issued_token_type", "\"urn:ietf:params:oauth:token-type:id_token\"")),
                lie(
                        ExchangeFault.ISSUED_TYPE,
                        answer(OPAQUE, "issued_token_type", "[\"urn:ietf:params:oauth:token-type:access_token\"]")),
                lie(ExchangeFault.TOKEN_TYPE, answer(OPAQUE, "token_type", "")),
                lie(ExchangeFault.TOKEN_TYPE, answer(OPAQUE, "token_type", "\"N_A\"")),
                lie(ExchangeFault.TOKEN_TYPE, answer(OPAQUE, "token_type", "\"DPoP\"")),
                lie(ExchangeFault.TOKEN_TYPE, answer(OPAQUE, "token_type", "\"mac\"")),
                lie(ExchangeFault.TOKEN_TYPE, answer(OPAQUE, "token_type", "[\"Bearer\"]")));
    }

    private Stream<Arguments> tokens() {
        String good = jwt(c -> c);
        String doubled = Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString("{\"sub\":\"user-1\",\"sub\":\"user-2\"}".getBytes(StandardCharsets.UTF_8));
        String[] parts = good.split("\\.", -1);
        return Stream.of(
                lie(ExchangeFault.TOKEN, answer(OPAQUE, "access_token", "")),
                lie(ExchangeFault.TOKEN, answer(OPAQUE, "access_token", "\"\"")),
                lie(ExchangeFault.TOKEN, answer(OPAQUE, "access_token", "null")),
                lie(ExchangeFault.TOKEN, answer(OPAQUE, "access_token", "{}")),
                lie(ExchangeFault.TOKEN, answer("two words")),
                lie(ExchangeFault.TOKEN, answer("a\\r\\nX-Evil: 1")),
                lie(ExchangeFault.TOKEN, answer("a".repeat(20_000))),
                lie(ExchangeFault.SAME, answer(fixture.callerToken)),
                lie(ExchangeFault.JWT, answer(parts[0] + "." + doubled + "." + parts[2])),
                lie(ExchangeFault.TOKEN, answer(parts[0] + "=." + parts[1] + "." + parts[2])),
                lie(ExchangeFault.JWT, answer("IHs" + parts[0] + "." + parts[1] + "." + parts[2])),
                lie(ExchangeFault.JWT, answer(parts[0] + "." + parts[1] + ".")),
                lie(ExchangeFault.JWT, answer(parts[0] + "." + parts[1])),
                lie(
                        ExchangeFault.JWT,
                        answer(OPAQUE, "issued_token_type", "\"urn:ietf:params:oauth:token-type:jwt\"")));
    }

    private Stream<Arguments> forms() {
        return Stream.of(
                lie(ExchangeFault.NOT_JSON, ""),
                lie(ExchangeFault.NOT_JSON, "ok"),
                lie(ExchangeFault.NOT_JSON, "[]"),
                lie(ExchangeFault.NOT_JSON, answer(OPAQUE) + answer(OPAQUE)),
                lie(ExchangeFault.NOT_JSON, answer(OPAQUE).replace("{", "{\"scope\":\"pets:read\",\"scope\":\"a\",")),
                lie(ExchangeFault.NOT_JSON, "[".repeat(10_000)),
                lie(ExchangeFault.NOT_JSON, answer(OPAQUE, "expires_in", "1" + "0".repeat(5_000))),
                lie(ExchangeFault.NOT_JSON, "access_token=" + OPAQUE + "&token_type=bearer"));
    }

    private static Arguments lie(ExchangeFault fault, String answer) {
        return arguments(fault, answer);
    }

    @ParameterizedTest(name = "{index} {0}")
    @MethodSource("lies")
    void aLieIsRefusedForWhatItIs(ExchangeFault fault, String answer) {
        fixture.answers(200, answer);
        assertThat(exchanged()).isEqualTo(new Credential.Refused(fault.words()));
    }

    @ParameterizedTest
    @ValueSource(ints = {201, 206, 302, 307, 400, 401, 403, 404})
    void anyOtherStatusRefuses(int status) {
        fixture.answers(status, "{\"error\":\"invalid_target\",\"error_description\":\"canary\"}");
        assertThat(exchanged())
                .isInstanceOfSatisfying(
                        Credential.Refused.class,
                        refused -> assertThat(refused.why())
                                .startsWith("the authorization server answered " + status)
                                .doesNotContain("canary"));
    }

    @ParameterizedTest
    @ValueSource(ints = {408, 429, 500, 502, 503, 504})
    void whatMayPassIsToldSo(int status) {
        fixture.answers(status, "canary");
        assertThat(exchanged()).isEqualTo(new Credential.Unavailable("the authorization server answered " + status));
    }

    @Test
    void aRedirectIsNotFollowed() {
        try (FakePlatform elsewhere = FakePlatform.json(answer(OPAQUE))) {
            fixture.server.answer(
                    request -> FakePlatform.response(307, "", "", "Location: " + elsewhere.url() + "/token"));
            assertThat(exchanged()).isInstanceOf(Credential.Refused.class);
            assertThat(elsewhere.connections()).isZero();
        }
    }

    @Test
    void anAnswerOfFiveMegabytesIsNotRead() {
        fixture.answers(200, answer(OPAQUE, "padding", "\"" + "a".repeat(5 << 20) + "\""));
        assertThat(exchanged()).isInstanceOf(Credential.Unavailable.class);
    }

    @Test
    void aServerThatHangsOrBreaksOffIsLeft() {
        fixture.server.answer(request -> "");
        assertThat(exchanged()).isInstanceOf(Credential.Unavailable.class);
        fixture.server.answer(request -> {
            try {
                Thread.sleep(30_000);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            return "";
        });
        long began = System.nanoTime();
        assertThat(exchanged()).isInstanceOf(Credential.Unavailable.class);
        assertThat(Duration.ofNanos(System.nanoTime() - began)).isBetween(Duration.ofSeconds(4), Duration.ofSeconds(8));
    }
}
