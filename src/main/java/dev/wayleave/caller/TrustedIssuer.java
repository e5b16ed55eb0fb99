package dev.wayleave.caller;

import static dev.wayleave.caller.RejectedTokenException.unless;

import com.nimbusds.jose.JOSEException;
import java.time.Clock;
import java.time.Instant;
import java.util.Set;
import java.util.stream.Collectors;

/** One issuer of JWTs: its keys, which verify no token of another, and what its tokens must be like. */
final class TrustedIssuer {
    private final String name;
    private final Set<String> algorithms;
    private final Set<String> types;
    private final ClaimsVerifier claims;
    private final IssuerKeys keys;
    private final Clock clock;

    TrustedIssuer(JwtSettings settings, Clock clock) {
        this(settings, new KeyDownload(settings.issuer(), settings.jwksUrl(), KeyDownload.BUDGET)::fetch, clock);
    }

    TrustedIssuer(JwtSettings settings, IssuerKeys.Origin origin, Clock clock) {
        this.name = settings.issuer();
        this.algorithms = settings.algorithms();
        this.types = settings.tokenTypes().stream().map(JoseHeader::type).collect(Collectors.toUnmodifiableSet());
        this.claims = ClaimsVerifier.ofTokens(settings.issuer(), settings.claims(), clock);
        this.keys = new IssuerKeys(origin, clock);
        this.clock = clock;
    }

    String name() {
        return name;
    }

    void prepare() {
        keys.prepare();
    }

    VerifierHealth health() {
        return keys.health();
    }

    /** Whether a token that was found good before still is. */
    boolean stillVouchesFor(VerifiedTokens.Entry known) {
        return keys.isCurrent(known.keys()) && claims.isCurrent(known.caller());
    }

    /** @param weight of the token, in characters */
    VerifiedTokens.Entry examine(CompactJws jws, int weight)
            throws RejectedTokenException, CannotVerifyException, JOSEException {
        Instant since = clock.instant();
        jws.header().check(algorithms, types);
        Caller caller = claims.verify(jws.claims());
        KeySet set = keys.current();
        if (set.verifies(jws)) {
            return new VerifiedTokens.Entry(caller, this, set, weight);
        }
        unless(jws.header().keyId() == null || !set.knows(jws.header()), Reason.SIGNATURE);
        KeySet newer = keys.newerThan(set, since);
        unless(newer != set && newer.verifies(jws), Reason.UNKNOWN_KEY);
        keys.wasWorthIt(newer);
        return new VerifiedTokens.Entry(caller, this, newer, weight);
    }
}
