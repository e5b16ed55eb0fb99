package dev.wayleave.caller;

import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Who is calling, as far as the credentials prove it. Renders without token and claims.
 *
 * @param issuer who vouches for the subject; empty for the anonymous caller
 * @param subject unique within the issuer (RFC 7519 §4.1.2)
 * @param clientId the OAuth client in between; null where the token does not say
 * @param scopes exact, case-sensitive scope tokens (RFC 6749 §3.3)
 * @param claims every claim of the token, without those that are null: strings, booleans, numbers, lists and maps
 * @param expires when the token does, without clock skew; {@link Instant#MAX} where nobody said
 * @param token what to forward; null where there is none
 */
public record Caller(
        String issuer,
        String subject,
        @Nullable String clientId,
        Set<String> scopes,
        Map<String, Object> claims,
        Instant expires,
        @Nullable BearerToken token) {
    private static final Caller ANONYMOUS = new Caller("", "anonymous", null, Set.of(), Map.of(), Instant.MAX, null);

    public Caller {
        scopes = Set.copyOf(scopes);
        claims = Map.copyOf(claims);
    }

    /** Whoever calls where nothing is verified: no issuer, no scopes, no token. */
    public static Caller anonymous() {
        return ANONYMOUS;
    }

    /** What tells it from every other one, whatever its token and client are. */
    public String name() {
        return issuer + '\n' + subject;
    }

    /** Whether nothing about this caller was verified. */
    public boolean isAnonymous() {
        return issuer.isEmpty();
    }

    /**
     * A claim with a single value: a string that is not empty, a boolean or a number.
     *
     * @param path its name, which may itself have dots, or else a dotted path into it
     */
    public Optional<Object> claim(String path) {
        Object found = claimValue(path);
        boolean single = (found instanceof String text && !text.isBlank())
                || found instanceof Boolean
                || found instanceof Number;
        return single ? Optional.ofNullable(found) : Optional.empty();
    }

    /**
     * A claim of any shape; null where there is none.
     *
     * @param path its name, which may itself have dots, or else a dotted path into it
     */
    public @Nullable Object claimValue(String path) {
        Object found = claims.get(path);
        if (found == null) {
            found = claims;
            for (String name : path.split("\\.", -1)) {
                found = found instanceof Map<?, ?> object ? object.get(name) : null;
            }
        }
        return found;
    }

    /** The same with another token to forward. */
    public Caller presenting(@Nullable BearerToken presented) {
        return new Caller(issuer, subject, clientId, scopes, claims, expires, presented);
    }

    /** This caller, no longer than that. */
    Caller until(Instant end) {
        return new Caller(issuer, subject, clientId, scopes, claims, end.isBefore(expires) ? end : expires, token);
    }

    /** The same with these claims beside its own, which count. */
    Caller assuming(Map<String, String> others) {
        Map<String, Object> all = new HashMap<>(others);
        all.putAll(claims);
        return new Caller(issuer, subject, clientId, scopes, all, expires, token);
    }

    @Override
    public String toString() {
        return isAnonymous() ? "Caller[anonymous]" : "Caller[of " + issuer + "]";
    }
}
