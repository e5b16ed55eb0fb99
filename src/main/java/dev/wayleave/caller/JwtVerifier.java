package dev.wayleave.caller;

import com.fasterxml.jackson.databind.JsonNode;
import com.nimbusds.jose.JOSEException;
import java.time.Clock;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Verifies JWT access tokens (RFC 9068, RFC 8725), each by the keys and the rules of the issuer that it names. Without
 * being prepared it fetches nothing until a token comes that passes every check but the signature's.
 */
final class JwtVerifier implements TokenVerifier {
    private static final Logger LOG = LoggerFactory.getLogger(JwtVerifier.class);

    private final Map<String, TrustedIssuer> issuers;
    private final VerifiedTokens verified;

    /** @throws IllegalArgumentException where two have the same name */
    JwtVerifier(List<JwtSettings> issuers, Clock clock) {
        this(clock, issuers.stream().map(each -> new TrustedIssuer(each, clock)).toList());
    }

    JwtVerifier(JwtSettings settings, Clock clock) {
        this(List.of(settings), clock);
    }

    JwtVerifier(JwtSettings settings, IssuerKeys.Origin origin, Clock clock) {
        this(clock, List.of(new TrustedIssuer(settings, origin, clock)));
    }

    private JwtVerifier(Clock clock, List<TrustedIssuer> issuers) {
        this.issuers = issuers.stream().collect(Collectors.toUnmodifiableMap(TrustedIssuer::name, Function.identity()));
        this.verified = new VerifiedTokens(clock);
    }

    @Override
    public Authentication verify(List<String> authorizationHeaderValues) {
        return switch (AuthorizationHeader.read(authorizationHeaderValues)) {
            case AuthorizationHeader.Credentials.Unusable(Refusal why) -> new Authentication.Refused(why);
            case AuthorizationHeader.Credentials.Presented(BearerToken token) -> verify(token);
        };
    }

    /** That of the issuer with the worst; without any keys only where all are. */
    @Override
    public VerifierHealth health() {
        List<VerifierHealth> all =
                issuers.values().stream().map(TrustedIssuer::health).toList();
        VerifierHealth worst = Collections.max(all);
        return worst == VerifierHealth.KEYLESS && Collections.min(all) != worst ? VerifierHealth.UNAVAILABLE : worst;
    }

    @Override
    public void prepare() {
        issuers.values().forEach(TrustedIssuer::prepare);
    }

    private Authentication verify(BearerToken token) {
        try {
            VerifiedTokens.Entry known = verified.find(token);
            if (known == null || !known.issuer().stillVouchesFor(known)) {
                known = examine(token.compact());
                verified.keep(token, known);
            }
            return new Authentication.Verified(known.caller().presenting(token));
        } catch (RejectedTokenException e) {
            return refused(e.reason());
        } catch (CannotVerifyException e) {
            LOG.debug("token not verified: no keys");
            return new Authentication.Unavailable(e.retryAfter());
        } catch (JOSEException | RuntimeException e) {
            // Whatever a library trips over, its text may quote the token.
            return refused(Reason.FAULT);
        }
    }

    private VerifiedTokens.Entry examine(String token)
            throws RejectedTokenException, CannotVerifyException, JOSEException {
        CompactJws jws = CompactJws.parse(token);
        TrustedIssuer issuer = issuer(jws.claims().get("iss"));
        if (issuer == null) {
            throw new RejectedTokenException(Reason.ISSUER);
        }
        return issuer.examine(jws, token.length());
    }

    private @Nullable TrustedIssuer issuer(@Nullable JsonNode name) {
        return name != null && name.isTextual() ? issuers.get(name.textValue()) : null;
    }

    private static Authentication refused(Reason reason) {
        LOG.debug("token refused: {}", reason);
        return new Authentication.Refused(Refusal.INVALID);
    }
}
