package dev.wayleave.sandbox;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.jwk.source.ImmutableSecret;
import com.nimbusds.jose.proc.BadJOSEException;
import com.nimbusds.jose.proc.DefaultJOSEObjectTypeVerifier;
import com.nimbusds.jose.proc.JWSVerificationKeySelector;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import com.nimbusds.jwt.proc.DefaultJWTProcessor;
import java.net.URI;
import java.text.ParseException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.Set;

/** Tokens for the SQL of one database: another key, type and audience than platform tokens have, and good nowhere else. */
final class DatabaseTokens {
    private static final JOSEObjectType TYPE = new JOSEObjectType("database+jwt");

    private final Keys keys;
    private final URI issuer;
    private final String audience;
    private final Clock clock;
    private final DefaultJWTProcessor<SecurityContext> processor = new DefaultJWTProcessor<>();

    DatabaseTokens(Keys keys, URI issuer, Clock clock) {
        this.keys = keys;
        this.issuer = issuer;
        this.audience = issuer + "/v2/pipeline";
        this.clock = clock;
        processor.setJWSTypeVerifier(new DefaultJOSEObjectTypeVerifier<>(TYPE));
        processor.setJWSKeySelector(new JWSVerificationKeySelector<>(
                JWSAlgorithm.HS256, new ImmutableSecret<>(keys.database().toByteArray())));
        processor.setJWTClaimsSetVerifier(new ExactClaims(
                issuer.toString(), audience, Set.of("sub", "client_id", "exp", "org", "grant", "db", "access"), clock));
    }

    /**
     * What a database token allows.
     *
     * @param grant who minted it; read-only or not, its scopes play no part here
     */
    record Access(Grant grant, String databaseId, boolean writable) {}

    String mint(Grant grant, Database database, boolean writable, Duration lifetime) {
        Instant now = clock.instant();
        JWTClaimsSet claims = new JWTClaimsSet.Builder()
                .issuer(issuer.toString())
                .audience(audience)
                .subject(grant.subject())
                .claim("client_id", grant.client())
                .issueTime(Date.from(now))
                .expirationTime(Date.from(now.plus(lifetime)))
                .claim("org", grant.organization())
                .claim("grant", grant.id())
                .claim("db", database.id())
                .claim("access", writable ? "full-access" : "read-only")
                .build();
        try {
            SignedJWT token = new SignedJWT(
                    new JWSHeader.Builder(JWSAlgorithm.HS256).type(TYPE).build(), claims);
            token.sign(new MACSigner(keys.database()));
            return token.serialize();
        } catch (JOSEException e) {
            throw new IllegalStateException("cannot sign", e);
        }
    }

    /** Refuses with 401 what is not a live database token of this sandbox. */
    Access verify(String token) {
        try {
            JWTClaimsSet claims = processor.process(token, null);
            Grant grant = new Grant(
                    claims.getStringClaim("grant"),
                    claims.getSubject(),
                    claims.getStringClaim("client_id"),
                    claims.getStringClaim("org"),
                    null,
                    Set.of(Scope.MINT_TOKEN));
            return new Access(
                    grant,
                    claims.getStringClaim("db"),
                    claims.getStringClaim("access").equals("full-access"));
        } catch (ParseException | BadJOSEException | JOSEException e) {
            throw Refused.unauthorized("the token is not a valid database token", true);
        }
    }
}
