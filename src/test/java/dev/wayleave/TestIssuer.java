package dev.wayleave;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import java.net.URI;
import java.time.Instant;
import java.util.Date;
import java.util.function.UnaryOperator;

/** An authorization server's keys on a real socket, and tokens signed with them. */
@SuppressWarnings("JavaUtilDate") // Nimbus takes no other
public final class TestIssuer implements AutoCloseable {
    private final ECKey key;
    private final FakePlatform keys;

    public TestIssuer() {
        try {
            key = new ECKeyGenerator(Curve.P_256).keyID("k1").generate();
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
        keys = FakePlatform.json(new JWKSet(key.toPublicJWK()).toString());
    }

    public String issuer() {
        return keys.url().toString();
    }

    public URI jwksUrl() {
        return keys.url().resolve("/jwks");
    }

    /** A good token for an hour. */
    public String token(String audience, String scope) {
        return token(audience, scope, UnaryOperator.identity());
    }

    /** A token that a test may spoil. */
    public String token(String audience, String scope, UnaryOperator<JWTClaimsSet.Builder> change) {
        return token("at+jwt", audience, scope, change);
    }

    /**
     * The same of a type of its own.
     *
     * @param type what its header says in {@code typ}; empty for nothing
     */
    public String token(String type, String audience, String scope, UnaryOperator<JWTClaimsSet.Builder> change) {
        JWTClaimsSet claims = change.apply(new JWTClaimsSet.Builder()
                        .issuer(issuer())
                        .subject("user-1")
                        .audience(audience)
                        .claim("scope", scope)
                        .claim("client_id", "test-client")
                        .issueTime(new Date())
                        .expirationTime(Date.from(Instant.now().plusSeconds(3600))))
                .build();
        SignedJWT jwt = new SignedJWT(
                new JWSHeader.Builder(JWSAlgorithm.ES256)
                        .type(type.isEmpty() ? null : new JOSEObjectType(type))
                        .keyID("k1")
                        .build(),
                claims);
        try {
            jwt.sign(new ECDSASigner(key));
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
        return jwt.serialize();
    }

    @Override
    public void close() {
        keys.close();
    }
}
