package dev.wayleave.sandbox;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.source.ImmutableJWKSet;
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
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/** Platform tokens: JWT access tokens (RFC 9068) for the MCP endpoint and the sandbox's own API. */
final class AccessTokens {
    static final Duration LIFETIME = Duration.ofHours(1);
    private static final JOSEObjectType TYPE = new JOSEObjectType("at+jwt");

    private final Keys keys;
    private final URI issuer;
    private final URI resource;
    private final Clock clock;
    private final Grants grants;
    private final DefaultJWTProcessor<SecurityContext> processor = new DefaultJWTProcessor<>();

    AccessTokens(Keys keys, URI issuer, URI resource, Clock clock, Grants grants) {
        this.keys = keys;
        this.issuer = issuer;
        this.resource = resource;
        this.clock = clock;
        this.grants = grants;
        processor.setJWSTypeVerifier(new DefaultJOSEObjectTypeVerifier<>(TYPE));
        processor.setJWSKeySelector(new JWSVerificationKeySelector<>(
                JWSAlgorithm.ES256,
                new ImmutableJWKSet<>(new JWKSet(keys.platform().toPublicJWK()))));
        processor.setJWTClaimsSetVerifier(new ExactClaims(
                issuer.toString(),
                issuer.toString(),
                Set.of("sub", "client_id", "iat", "exp", "jti", "scope", "org"),
                clock));
    }

    /** A token that was found to be good. */
    record Access(Grant grant, Instant expires) {}

    String mint(Grant grant) {
        Instant now = clock.instant();
        JWTClaimsSet.Builder claims = new JWTClaimsSet.Builder()
                .issuer(issuer.toString())
                .subject(grant.subject())
                .audience(List.of(resource.toString(), issuer.toString()))
                .claim("client_id", grant.client())
                .issueTime(Date.from(now))
                .expirationTime(Date.from(now.plus(LIFETIME)))
                // Begins with the grant, so that whoever withdraws that withdraws this.
                .jwtID(grant.id() + "." + UUID.randomUUID())
                .claim("scope", Scope.list(grant.scopes()))
                .claim(
                        "scopes",
                        Map.of("scopes", List.of(Scope.list(grant.scopes()).split(" ", -1))))
                .claim("org", grant.organization());
        if (grant.group() != null) {
            claims.claim("group", grant.group());
        }
        JWSHeader header = new JWSHeader.Builder(JWSAlgorithm.ES256)
                .type(TYPE)
                .keyID(keys.platform().getKeyID())
                .build();
        try {
            SignedJWT token = new SignedJWT(header, claims.build());
            token.sign(new ECDSASigner(keys.platform()));
            return token.serialize();
        } catch (JOSEException e) {
            throw new IllegalStateException("cannot sign", e);
        }
    }

    /** Refuses with 401 what is not a live token of this sandbox. */
    Access verify(String token) {
        try {
            JWTClaimsSet claims = processor.process(token, null);
            String id = claims.getJWTID();
            int dot = id.indexOf('.');
            Set<Scope> scopes = Scope.known(claims.getStringClaim("scope"));
            if (dot < 0 || scopes.isEmpty() || !grants.isLive(id.substring(0, dot))) {
                throw Refused.unauthorized("the token is not valid any more", true);
            }
            Grant grant = new Grant(
                    id.substring(0, dot),
                    claims.getSubject(),
                    claims.getStringClaim("client_id"),
                    claims.getStringClaim("org"),
                    claims.getStringClaim("group"),
                    scopes);
            return new Access(grant, claims.getExpirationTime().toInstant());
        } catch (ParseException | BadJOSEException | JOSEException e) {
            throw Refused.unauthorized("the token is not a valid platform token", true);
        }
    }
}
