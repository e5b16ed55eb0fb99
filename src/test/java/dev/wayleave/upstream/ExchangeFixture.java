package dev.wayleave.upstream;

import com.nimbusds.jwt.JWTClaimsSet;
import dev.wayleave.FakePlatform;
import dev.wayleave.TestIssuer;
import dev.wayleave.caller.BearerToken;
import dev.wayleave.caller.Caller;
import dev.wayleave.caller.ClientSecret;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/** A token endpoint that answers as it is told, and a caller whose token is exchanged there. */
final class ExchangeFixture implements AutoCloseable {
    static final String AUDIENCE = "https://api.example.com";
    static final String OPAQUE = "opaque-exchanged-canary-7f3a9e";

    final TestIssuer issuer = new TestIssuer();
    final FakePlatform server = FakePlatform.answering(request -> FakePlatform.response(500, "", ""));
    final Instant expires = Instant.ofEpochSecond(Instant.now().getEpochSecond() + 3600);
    final String callerToken = issuer.token("https://mcp.example.com", "pets:read pets:write");
    final Caller caller = caller(callerToken, expires);

    Caller caller(String token, Instant end) {
        return new Caller(
                issuer.issuer(),
                "user-1",
                "test-client",
                Set.of("pets:read", "pets:write"),
                Map.of("iat", end.getEpochSecond() - 3600),
                end,
                BearerToken.of(token));
    }

    TokenExchange exchange(InstantSource clock, String... scopeForNone) {
        return new TokenExchange(
                new Exchange(
                        server.url().resolve("/token"), AUDIENCE, Set.of(scopeForNone), List.of("scope", "scp", "a.b")),
                ExchangeClient.withSecret("wayleave", ClientSecret.of("secret-canary-55e1")),
                clock);
    }

    /** What a token endpoint answers; each pair replaces a member by this JSON, or with an empty text takes it away. */
    static String answer(String token, String... members) {
        Map<String, String> all = new java.util.LinkedHashMap<>();
        all.put("access_token", "\"" + token + "\"");
        all.put("issued_token_type", "\"urn:ietf:params:oauth:token-type:access_token\"");
        all.put("token_type", "\"Bearer\"");
        all.put("expires_in", "300");
        for (int i = 0; i < members.length; i += 2) {
            all.put(members[i], members[i + 1]);
        }
        return all.entrySet().stream()
                .filter(member -> !member.getValue().isEmpty())
                .map(member -> "\"" + member.getKey() + "\":" + member.getValue())
                .collect(Collectors.joining(",", "{", "}"));
    }

    void answers(int status, String body) {
        server.answer(request -> FakePlatform.response(status, "application/json", body));
    }

    /** A JWT as it should be, for five minutes, changed. */
    String jwt(String scope, UnaryOperator<JWTClaimsSet.Builder> change) {
        return issuer.token(
                AUDIENCE,
                scope,
                claims -> change.apply(
                        claims.expirationTime(java.util.Date.from(Instant.now().plusSeconds(300)))));
    }

    /** The form of the last request. */
    Map<String, String> form() {
        return form(server.received().getLast());
    }

    static Map<String, String> form(FakePlatform.Received request) {
        return Arrays.stream(request.body().split("&", -1))
                .map(pair -> pair.split("=", 2))
                .collect(Collectors.toMap(pair -> pair[0], pair -> URLDecoder.decode(pair[1], StandardCharsets.UTF_8)));
    }

    @Override
    public void close() {
        server.close();
        issuer.close();
    }
}
