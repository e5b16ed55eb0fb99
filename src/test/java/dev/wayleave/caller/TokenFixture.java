package dev.wayleave.caller;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Set;

/** The issuer, the audience and the keys that the tests of this package share. */
final class TokenFixture {
    static final String ISSUER = "https://auth.example.com";
    static final String AUDIENCE = "https://mcp.example.com/mcp";
    static final SigningKey RSA = SigningKey.rsa("rsa-1", 2048);
    static final SigningKey EC = SigningKey.ec("ec-1", "secp256r1");
    static final SigningKey ED = SigningKey.ed25519("ed-1");
    static final SigningKey STRANGER = SigningKey.rsa("rsa-1", 2048);

    private TokenFixture() {}

    static JwtSettings settings(URI jwksUrl) {
        return JwtSettings.of(ISSUER, jwksUrl, List.of(AUDIENCE));
    }

    /** Settings that differ in what a few tests are about. */
    static JwtSettings settings(
            URI jwksUrl, Set<String> types, String scopeClaim, List<List<String>> requireClaims, boolean exclusive) {
        return new JwtSettings(
                ISSUER,
                jwksUrl,
                types,
                JwtSettings.DEFAULT_ALGORITHMS,
                new ClaimRules(
                        List.of(AUDIENCE),
                        exclusive,
                        ClaimRules.DEFAULT_CLOCK_SKEW,
                        scopeClaim,
                        requireClaims,
                        Duration.ofDays(1)));
    }

    static String header(String algorithm, String keyId) {
        return "{\"alg\":\"" + algorithm + "\",\"typ\":\"at+jwt\",\"kid\":\"" + keyId + "\"}";
    }

    /** A payload that is good for five minutes. */
    static String payload(long now) {
        return """
                {"iss":"%s","aud":"%s","sub":"alice","client_id":"cli","scope":"read write","iat":%d,"exp":%d}""".formatted(ISSUER, AUDIENCE, now, now + 300);
    }

    static String token(SigningKey key, String algorithm, String payload) {
        return key.token(algorithm, header(algorithm, key.id()), payload);
    }

    static Authentication present(TokenVerifier verifier, String token) {
        return verifier.verify(List.of("Bearer " + token));
    }
}
