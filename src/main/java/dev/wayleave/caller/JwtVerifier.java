package dev.wayleave.caller;

import static dev.wayleave.caller.RejectedTokenException.unless;

import com.nimbusds.jose.JOSEException;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Verifies JWT access tokens (RFC 9068, RFC 8725) by the issuer's keys. Fetches nothing until a token comes that passes
 * every check but the signature's.
 */
public final class JwtVerifier implements TokenVerifier {
    private static final Logger LOG = LoggerFactory.getLogger(JwtVerifier.class);

    private final Set<String> algorithms;
    private final Set<String> types;
    private final ClaimsVerifier claims;
    private final IssuerKeys keys;
    private final VerifiedTokens verified;
    private final Clock clock;

    public JwtVerifier(JwtSettings settings, Clock clock) {
        this(settings, new KeyDownload(settings.issuer(), settings.jwksUrl(), KeyDownload.BUDGET)::fetch, clock);
    }

    JwtVerifier(JwtSettings settings, IssuerKeys.Origin origin, Clock clock) {
        this.algorithms = settings.algorithms();
        this.types = settings.tokenTypes().stream().map(JoseHeader::type).collect(Collectors.toUnmodifiableSet());
        this.claims = new ClaimsVerifier(settings, clock);
        this.keys = new IssuerKeys(origin, clock);
        this.verified = new VerifiedTokens(clock);
        this.clock = clock;
    }

    @Override
    public Authentication verify(List<String> authorizationHeaderValues) {
        return switch (AuthorizationHeader.read(authorizationHeaderValues)) {
            case AuthorizationHeader.Credentials.Unusable(Refusal why) -> new Authentication.Refused(why);
            case AuthorizationHeader.Credentials.Presented(BearerToken token) -> verify(token);
        };
    }

    /** How well this can do its work just now. */
    public KeyHealth keyHealth() {
        return keys.health();
    }

    private Authentication verify(BearerToken token) {
        try {
            VerifiedTokens.Entry known = verified.find(token);
            if (known == null || !keys.isCurrent(known.keys()) || !claims.isCurrent(known.caller())) {
                known = examine(token.compact());
                verified.keep(token, known);
            }
            return new Authentication.Verified(known.caller().presenting(token));
        } catch (RejectedTokenException e) {
            return refused(e.reason());
        } catch (KeysUnavailableException e) {
            LOG.debug("token not verified: no keys");
            return new Authentication.Unavailable(e.retryAfter());
        } catch (JOSEException | RuntimeException e) {
            // Whatever a library trips over, its text may quote the token.
            return refused(Reason.FAULT);
        }
    }

    private VerifiedTokens.Entry examine(String token)
            throws RejectedTokenException, KeysUnavailableException, JOSEException {
        Instant since = clock.instant();
        CompactJws jws = CompactJws.parse(token);
        jws.header().check(algorithms, types);
        Caller caller = claims.verify(jws.claims());
        KeySet set = keys.current();
        if (set.verifies(jws)) {
            return new VerifiedTokens.Entry(caller, set, token.length());
        }
        unless(jws.header().keyId() == null || !set.knows(jws.header()), Reason.SIGNATURE);
        KeySet newer = keys.newerThan(set, since);
        unless(newer != set && newer.verifies(jws), Reason.UNKNOWN_KEY);
        return new VerifiedTokens.Entry(caller, newer, token.length());
    }

    private static Authentication refused(Reason reason) {
        LOG.debug("token refused: {}", reason);
        return new Authentication.Refused(Refusal.INVALID);
    }
}
