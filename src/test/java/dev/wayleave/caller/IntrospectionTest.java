package dev.wayleave.caller;

import static dev.wayleave.caller.TokenFixture.AUDIENCE;
import static dev.wayleave.caller.TokenFixture.ISSUER;
import static dev.wayleave.caller.TokenFixture.RSA;
import static dev.wayleave.caller.TokenFixture.header;
import static dev.wayleave.caller.TokenFixture.present;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class IntrospectionTest {
    private static final Authentication INVALID = new Authentication.Refused(Refusal.INVALID);

    private final MovableClock clock = new MovableClock();
    private final AuthorizationServer server = new AuthorizationServer();
    private final TokenVerifier verifier = TokenVerifier.introspection(settings(server.url()), clock);

    @AfterEach
    void close() {
        server.close();
    }

    static IntrospectionSettings settings(URI url) {
        return new IntrospectionSettings(
                url,
                "way:leave",
                ClientSecret.of("p%s w+rd"),
                ISSUER,
                new ClaimRules(
                        List.of(AUDIENCE),
                        false,
                        ClaimRules.DEFAULT_CLOCK_SKEW,
                        "scope",
                        List.of(List.of("org"), List.of("tenant")),
                        null));
    }

    /** An answer about a good token, which a member may replace or, where it is empty, take away. */
    private String active(String... members) {
        String answer = """
                {"active":true,"iss":"%s","aud":["%s","https://api.example"],"sub":"alice","client_id":"cli","org":"acme",\
                "scope":"read  write","iat":%d,"exp":%d,"token_type":"Bearer"}""".formatted(ISSUER, AUDIENCE, clock.epochSecond(), clock.epochSecond() + 300);
        for (int i = 0; i < members.length; i += 2) {
            String without = answer.replaceFirst("\"" + members[i] + "\":(\\[[^\\]]*\\]|\"[^\"]*\"|[^,}]*),?", "")
                    .replace(",}", "}");
            answer = members[i + 1].isEmpty()
                    ? without
                    : without.replaceFirst("\\}$", ",\"" + members[i] + "\":" + members[i + 1] + "}");
        }
        return answer;
    }

    @Test
    void anActiveTokenMakesACallerOfWhatTheServerSays() {
        server.answer(token -> active());

        Authentication outcome = present(verifier, "opaque-1");

        assertThat(outcome).isInstanceOf(Authentication.Verified.class);
        Caller caller = ((Authentication.Verified) outcome).caller();
        assertThat(caller.issuer()).isEqualTo(ISSUER);
        assertThat(caller.subject()).isEqualTo("alice");
        assertThat(caller.clientId()).isEqualTo("cli");
        assertThat(caller.scopes()).containsExactlyInAnyOrder("read", "write");
        assertThat(caller.claim("org")).contains("acme");
        assertThat(caller.expires()).isEqualTo(Instant.ofEpochSecond(clock.epochSecond() + 300));
        assertThat(caller.token()).isEqualTo(BearerToken.of("opaque-1"));
    }

    @Test
    void theServerIsAskedAsAClientThatProvesItself() {
        server.answer(token -> active());
        present(verifier, "a.b-c~d+e/f==");

        String pair = "way%3Aleave:p%25s+w%2Brd";
        assertThat(server.asked())
                .containsExactly(new AuthorizationServer.Asked(
                        "a.b-c~d+e/f==",
                        "access_token",
                        "Basic " + Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8)),
                        "POST"));
    }

    @Test
    void whatIsNotForUsOrNotGoodIsRefused() {
        List<String[]> bad = List.<String[]>of(
                new String[] {"active", "false"},
                new String[] {"aud", "\"https://other.example\""},
                new String[] {"aud", "\"" + AUDIENCE + "/\""},
                new String[] {"aud", "[]"},
                new String[] {"aud", "7"},
                new String[] {"aud", ""},
                new String[] {"iss", "\"https://evil.example\""},
                new String[] {"iss", "\"" + ISSUER + "/\""},
                new String[] {"iss", "7"},
                new String[] {"exp", String.valueOf(clock.epochSecond() - 31)},
                new String[] {"exp", "\"9999999999\""},
                new String[] {"exp", "1e400"},
                new String[] {"nbf", String.valueOf(clock.epochSecond() + 3600)},
                new String[] {"iat", String.valueOf(clock.epochSecond() + 86400)},
                new String[] {"cnf", "{\"jkt\":\"x\"}"},
                new String[] {"cnf", "{\"x5t#S256\":\"x\"}"},
                new String[] {"cnf", "null"},
                new String[] {"token_type", "\"DPoP\""},
                new String[] {"token_type", "\"refresh_token\""},
                new String[] {"token_use", "\"refresh_token\""},
                new String[] {"sub", "\"\""},
                new String[] {"sub", "{}"},
                new String[] {"scope", "7"},
                new String[] {"org", ""},
                new String[] {"org", "\" \""});
        int refused = 0;
        for (String[] members : bad) {
            server.answer(token -> active(members));
            assertThat(present(verifier, "bad-" + refused++))
                    .as(String.join(" ", members))
                    .isEqualTo(INVALID);
        }
        assertThat(server.asked()).hasSize(bad.size());
    }

    @Test
    void whatAServerNeedNotSayIsNotHeldAgainstTheToken() {
        List<String[]> good = List.<String[]>of(
                new String[] {"iss", ""},
                new String[] {"exp", ""},
                new String[] {"iat", ""},
                new String[] {"scope", ""},
                new String[] {"token_type", ""},
                new String[] {"token_type", "\"bearer\""},
                new String[] {"aud", "\"" + AUDIENCE + "\""},
                new String[] {"org", "", "tenant", "7"});
        int accepted = 0;
        for (String[] members : good) {
            server.answer(token -> active(members));
            assertThat(present(verifier, "good-" + accepted++))
                    .as(String.join(" ", members))
                    .isInstanceOf(Authentication.Verified.class);
        }
    }

    @Test
    void aTokenThatAClientGotForItselfIsTheClients() {
        server.answer(token -> active("sub", ""));
        Authentication outcome = present(verifier, "machine");
        assertThat(((Authentication.Verified) outcome).caller().subject()).isEqualTo("cli");

        server.answer(token -> active("sub", "", "client_id", ""));
        assertThat(present(verifier, "nobody")).isEqualTo(INVALID);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{\"active\":null}",
                "{\"active\":\"true\"}",
                "{\"active\":1}",
                "{\"active\":[true]}",
                "{\"active\":true,\"active\":false}",
                "{\"active\":false} {\"active\":true}",
                "[{\"active\":true}]",
                "true",
                "",
                "<html>",
                "{\"active\":true"
            })
    void anAnswerThatSaysNeitherIsNotTheTokensFault(String answer) {
        server.answer(token -> answer);
        assertThat(present(verifier, "opaque")).isEqualTo(new Authentication.Unavailable(Duration.ofSeconds(1)));
        assertThat(verifier.health()).isEqualTo(VerifierHealth.UNAVAILABLE);

        server.answer(token -> active());
        assertThat(present(verifier, "opaque")).isInstanceOf(Authentication.Verified.class);
        assertThat(verifier.health()).isEqualTo(VerifierHealth.CURRENT);
    }

    @ParameterizedTest
    @ValueSource(ints = {201, 302, 400, 401, 403, 404, 429, 500, 503})
    void noStatusButOneIsAnAnswer(int status) {
        server.behave((exchange, token) -> {
            exchange.getResponseHeaders().set("Location", server.url().toString());
            JwksServer.answer(exchange, status, active());
        });
        assertThat(present(verifier, "opaque")).isInstanceOf(Authentication.Unavailable.class);
        assertThat(server.asked()).hasSize(1);
    }

    @Test
    void aGoodAnswerCountsForThirtySecondsAndNotALongerOneThanTheToken() {
        server.answer(token -> active());
        present(verifier, "opaque");
        clock.advance(Duration.ofMillis(29_999));
        present(verifier, "opaque");
        assertThat(server.asked()).hasSize(1);

        server.answer(token -> "{\"active\":false}");
        clock.advance(Duration.ofMillis(1));
        assertThat(present(verifier, "opaque")).isEqualTo(INVALID);
        assertThat(server.asked()).hasSize(2);

        server.answer(token -> active("exp", String.valueOf(clock.epochSecond() + 10)));
        present(verifier, "short");
        clock.advance(Duration.ofSeconds(9));
        present(verifier, "short");
        assertThat(server.asked()).hasSize(3);
        clock.advance(Duration.ofSeconds(1));
        present(verifier, "short");
        assertThat(server.asked()).hasSize(4);
    }

    @Test
    void aBadAnswerCountsForFiveSeconds() {
        server.answer(token -> "{\"active\":false}");
        present(verifier, "opaque");
        server.answer(token -> active());
        clock.advance(Duration.ofMillis(4_999));
        assertThat(present(verifier, "opaque")).isEqualTo(INVALID);
        assertThat(server.asked()).hasSize(1);
        clock.advance(Duration.ofMillis(1));
        assertThat(present(verifier, "opaque")).isInstanceOf(Authentication.Verified.class);
    }

    @Test
    void nobodyIsAskedAboutATokenThatShowsItsFault() {
        server.answer(token -> active());
        String claims = "{\"sub\":\"alice\"}";
        for (String token : List.of(
                RSA.token("RS256", header("RS256", "rsa-1"), "{\"sub\":\"alice\",\"cnf\":{\"jkt\":\"x\"}}"),
                SigningKey.base64("{\"alg\":\"none\"}") + "." + SigningKey.base64(claims) + ".",
                SigningKey.base64("{\"alg\":\"none\"}") + "." + SigningKey.base64(claims) + ".AAAA",
                SigningKey.base64("{\"alg\":\"nOnE\"}") + "." + SigningKey.base64(claims) + ".AAAA",
                SigningKey.base64("{\"alg\":\"RS256\",\"alg\":\"none\"}") + "." + SigningKey.base64(claims) + ".AAAA",
                RSA.token("RS256", header("RS256", "rsa-1"), "{\"a\":1,\"a\":2}"),
                RSA.token("RS256", header("RS256", "rsa-1"), claims) + ".x",
                "x".repeat(16 * 1024 + 1))) {
            assertThat(present(verifier, token)).isEqualTo(INVALID);
        }
        assertThat(server.asked()).isEmpty();
    }

    @Test
    void aTokenThatIsNoJwtIsLeftToTheServerWhateverItLooksLike() {
        server.answer(token -> active());
        for (String token : List.of(
                "pat.abc.def",
                "a.b",
                SigningKey.base64("{\"k\":\"v\"}"),
                SigningKey.base64("{\"user\":7}") + ".aaaa.bbbb",
                SigningKey.base64("{\"alg\":\"dir\",\"enc\":\"A256GCM\"}") + "..aaaa.bbbb.cccc",
                RSA.token("RS256", header("RS256", "rsa-1"), "{\"sub\":\"alice\"}"))) {
            assertThat(present(verifier, token)).as(token).isInstanceOf(Authentication.Verified.class);
        }
    }
}
