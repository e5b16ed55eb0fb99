package dev.wayleave.caller;

import static dev.wayleave.caller.RejectedTokenException.unless;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a JWT says of itself, for whoever has it straight from its issuer: the signature is not looked at.
 *
 * @param scopes whatever stands where scopes stand, also what is no scope token
 * @param expires null where it never does
 * @param sparse whether it has neither a key that it is bound to (RFC 7800) nor authorization details (RFC 9396)
 */
public record TokenClaims(
        @Nullable String subject,
        Set<String> audience,
        Set<String> scopes,
        @Nullable Instant expires,
        boolean sparse) {
    public TokenClaims {
        audience = Set.copyOf(audience);
        scopes = Set.copyOf(scopes);
    }

    /** Whether any reader, however lenient, may take a token for a signed JWT, which then says something of itself. */
    public static boolean mayBeIn(BearerToken token) {
        return UnverifiedJwt.mayBeIn(token);
    }

    /**
     * The claims; nothing where the token is not a JWT that everyone reads alike.
     *
     * @param scopePaths names of, or dotted paths to, the claims that may hold scopes
     */
    public static Optional<TokenClaims> read(BearerToken token, Collection<String> scopePaths) {
        try {
            ObjectNode claims = CompactJws.parse(token.compact()).claims();
            Set<String> scopes = new HashSet<>();
            for (String path : scopePaths) {
                scopes.addAll(texts(ClaimPath.find(claims, path), true, Reason.SCOPE));
            }
            JsonNode subject = claims.path("sub");
            return Optional.of(new TokenClaims(
                    subject.textValue(),
                    texts(claims.get("aud"), false, Reason.AUDIENCE),
                    scopes,
                    NumericDate.read(claims.get("exp"), Reason.EXPIRES),
                    !claims.has("cnf") && !claims.has("authorization_details")));
        } catch (RejectedTokenException e) {
            return Optional.empty();
        }
    }

    private static Set<String> texts(@Nullable JsonNode claim, boolean parted, Reason reason)
            throws RejectedTokenException {
        Set<String> texts = new HashSet<>();
        if (claim == null || claim.isNull()) {
            return texts;
        }
        unless(claim.isTextual() || claim.isArray(), reason);
        if (claim.isTextual()) {
            texts.addAll(parted ? List.of(claim.textValue().split(" ", -1)) : List.of(claim.textValue()));
        }
        for (JsonNode element : claim) {
            unless(element.isTextual(), reason);
            texts.add(element.textValue());
        }
        texts.remove("");
        return texts;
    }

    @Override
    public String toString() {
        return "TokenClaims[redacted]";
    }
}
