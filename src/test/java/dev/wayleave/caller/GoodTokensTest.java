package dev.wayleave.caller;

import static dev.wayleave.caller.TokenFixture.AUDIENCE;
import static dev.wayleave.caller.TokenFixture.EC;
import static dev.wayleave.caller.TokenFixture.ED;
import static dev.wayleave.caller.TokenFixture.RSA;
import static dev.wayleave.caller.TokenFixture.header;
import static dev.wayleave.caller.TokenFixture.present;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class GoodTokensTest {
    private final MovableClock clock = new MovableClock();
    private final JwksServer listener = new JwksServer();
    private final JwksServer issuer = new JwksServer();
    private final ForgedTokens shapes = new ForgedTokens(clock.epochSecond(), listener.origin());

    @AfterEach
    void close() {
        issuer.close();
        listener.close();
    }

    private List<String> payloads() {
        long now = clock.epochSecond();
        List<String> payloads = new ArrayList<>(List.of(
                shapes.payload(),
                shapes.with("aud", "[\"" + AUDIENCE + "\"]"),
                shapes.with("aud", "[\"https://api.example\",\"" + AUDIENCE + "\",\"" + AUDIENCE + "\"]"),
                shapes.with("exp", (now + 300) + ".75"),
                shapes.with("exp", (now + 300) + ".0"),
                shapes.with("exp", (now + 300) + "0e-1"),
                shapes.with("exp", String.valueOf(now - 29)),
                shapes.with("exp", "253402300799"),
                shapes.with("iat", String.valueOf(now + 30)),
                shapes.with("iat", ""),
                shapes.with("client_id", ""),
                shapes.with("client_id", "null"),
                shapes.with("scope", ""),
                shapes.with("scope", "[]"),
                shapes.with("org", "{\"id\":7}"),
                shapes.with("org", "false"),
                shapes.with("org", "0"),
                shapes.with("sub", "\"https://id.example/жизнь/😀\""),
                shapes.payloadWith("\"nbf\":" + (now + 30)),
                shapes.payloadWith("\"x\":null,\"y\":[1,null,{\"z\":[]}],\"n\":1e400,\"big\":" + "9".repeat(60)),
                shapes.payloadWith("\"deep\":" + "[".repeat(30) + "]".repeat(30)),
                shapes.payloadWith("\"long\":\"" + "x".repeat(10_000) + "\""),
                shapes.payloadWith("\"iss2\":\"x\",\"ISS\":\"y\",\"Sub\":\"z\"")));
        payloads.add(" \n\t" + shapes.payload().replace(",", " ,\r\n ") + " ");
        payloads.add(shapes.payload().replace("\"sub\"", "\"s\\u0075b\""));
        return payloads;
    }

    private List<String> headers(SigningKey key, String algorithm) {
        String url = listener.origin().toString();
        String plain = header(algorithm, key.id());
        List<String> headers = new ArrayList<>(List.of(
                plain,
                plain.replace("at+jwt", "application/at+JWT"),
                plain.replace("at+jwt", "at\\u002bjwt"),
                " " + plain.replace(",", " , ") + "\n",
                "{\"typ\":\"at+jwt\",\"alg\":\"" + algorithm + "\"}"));
        // Some issuers put these into every token. They are no reason to refuse it, and none to follow them.
        for (String member : List.of(
                "\"jku\":\"" + url + "/jku\"",
                "\"x5u\":\"" + url + "/x5u\"",
                "\"jwk\":{" + TokenFixture.STRANGER.parameters() + "}",
                "\"x5c\":[\"AAAA\"],\"x5t\":\"AA\",\"x5t#S256\":\"AA\"",
                "\"cty\":\"json\"",
                "\"private\":{\"a\":[1,2]}")) {
            headers.add("{" + member + "," + plain.substring(1));
        }
        return headers;
    }

    @Test
    void noGoodTokenIsRefused() {
        SigningKey odd = SigningKey.ec("a/b+c=?'\\\"|é", "secp256r1");
        issuer.publish(RSA, EC, ED, odd);
        JwtVerifier verifier = new JwtVerifier(
                new JwtSettings(
                        TokenFixture.ISSUER,
                        issuer.url(),
                        JwtSettings.DEFAULT_TOKEN_TYPES,
                        JwtSettings.DEFAULT_ALGORITHMS,
                        new ClaimRules(
                                List.of(AUDIENCE),
                                false,
                                ClaimRules.DEFAULT_CLOCK_SKEW,
                                "scope",
                                List.of(List.of("tenant", "org"), List.of("org")),
                                null)),
                clock);
        int tokens = 0;
        for (SigningKey key : List.of(RSA, EC, ED, odd)) {
            for (String header : headers(key, key.algorithm())) {
                assertVerified(verifier, key, header, shapes.payload());
                tokens++;
            }
            for (String payload : payloads()) {
                assertVerified(verifier, key, header(key.algorithm(), key.id()), payload);
                tokens++;
            }
        }
        System.out.println(tokens + " good tokens: 0 refused, " + issuer.fetches() + " key fetches");
        assertThat(issuer.fetches()).isEqualTo(1);
        assertThat(listener.requests()).isEmpty();
    }

    private static void assertVerified(JwtVerifier verifier, SigningKey key, String header, String payload) {
        assertThat(present(verifier, key.token(key.algorithm(), header, payload)))
                .as("%s %s", header, payload)
                .isInstanceOf(Authentication.Verified.class);
    }

    @Test
    void anExclusiveAudienceHasNoOtherBesideIt() {
        issuer.publish(RSA);
        JwtVerifier verifier =
                new JwtVerifier(TokenFixture.settings(issuer.url(), Set.of("at+jwt"), "scope", List.of(), true), clock);
        String both = "[\"" + AUDIENCE + "\",\"https://api.example\"]";

        assertThat(present(verifier, RSA.token("RS256", ForgedTokens.header(), shapes.payload())))
                .isInstanceOf(Authentication.Verified.class);
        assertThat(present(verifier, RSA.token("RS256", ForgedTokens.header(), shapes.with("aud", both))))
                .isInstanceOf(Authentication.Refused.class);
    }

    @Test
    void everyConfiguredAudienceMustBeThere() {
        issuer.publish(RSA);
        URI url = issuer.url();
        JwtVerifier verifier = new JwtVerifier(
                JwtSettings.of(TokenFixture.ISSUER, url, List.of(AUDIENCE, "https://api.example")), clock);
        String both = "[\"" + AUDIENCE + "\",\"https://api.example\"]";

        assertThat(present(verifier, RSA.token("RS256", ForgedTokens.header(), shapes.payload())))
                .isInstanceOf(Authentication.Refused.class);
        assertThat(present(verifier, RSA.token("RS256", ForgedTokens.header(), shapes.with("aud", both))))
                .isInstanceOf(Authentication.Verified.class);
    }
}
