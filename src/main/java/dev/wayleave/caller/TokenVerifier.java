package dev.wayleave.caller;

import java.time.Clock;
import java.util.List;

/** Decides who is calling. Safe for use by many threads, and may block. */
public interface TokenVerifier {
    /**
     * Judges the credentials of one request; never throws for anything that a request may contain.
     *
     * @param authorizationHeaderValues every {@code Authorization} field line of the request, unaltered
     */
    Authentication verify(List<String> authorizationHeaderValues);

    /** How well it can do its work just now. */
    default VerifierHealth health() {
        return VerifierHealth.CURRENT;
    }

    /** Tries to get what it cannot do its work without, where it never had it. Blocks. */
    default void prepare() {}

    /** Takes JWTs of these issuers, each verified by that issuer's own keys. */
    static TokenVerifier jwt(List<JwtSettings> issuers, Clock clock) {
        return new JwtVerifier(issuers, clock);
    }

    /** Takes what an authorization server says is active (RFC 7662). */
    static TokenVerifier introspection(IntrospectionSettings settings, Clock clock) {
        return AskingVerifier.introspecting(settings, clock);
    }

    /** Takes what the platform itself takes. */
    static TokenVerifier probe(ProbeSettings settings, TokenProbe platform, Clock clock) {
        return AskingVerifier.probing(settings, platform, clock);
    }

    /** Takes everyone for {@link Caller#anonymous()}; a bearer token that is presented travels along, unjudged. */
    static TokenVerifier none() {
        return UnverifiedCaller::of;
    }
}
