package dev.wayleave.sandbox;

import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.proc.DefaultJWTClaimsVerifier;
import java.time.Clock;
import java.util.Date;
import java.util.Set;

/** Requires issuer, audience and all claims that the sandbox writes itself, by its own clock and without leeway. */
final class ExactClaims extends DefaultJWTClaimsVerifier<SecurityContext> {
    private final Clock clock;

    ExactClaims(String issuer, String audience, Set<String> required, Clock clock) {
        super(audience, new JWTClaimsSet.Builder().issuer(issuer).build(), required);
        this.clock = clock;
        setMaxClockSkew(0);
    }

    @Override
    protected Date currentTime() {
        return Date.from(clock.instant());
    }
}
