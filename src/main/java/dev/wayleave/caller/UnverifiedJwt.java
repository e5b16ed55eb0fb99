package dev.wayleave.caller;

import static dev.wayleave.caller.RejectedTokenException.unless;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a token shows of itself to somebody who cannot check its signature: enough to refuse one that is broken, unsigned or
 * bound to a key, before anybody is asked about it.
 */
final class UnverifiedJwt {
    private static final int ENCRYPTED_PARTS = 5;

    private UnverifiedJwt() {}

    /**
     * The claims of a JWT; empty for a token that is opaque to us: encrypted, or something else than a JWT.
     *
     * @throws RejectedTokenException where it looks like a JWT and is not a proper one, or is no bearer token
     */
    static Optional<ObjectNode> claims(BearerToken token) throws RejectedTokenException {
        String compact = token.compact();
        unless(compact.length() <= CompactJws.MAX_LENGTH, Reason.TOO_LONG);
        String[] parts = compact.split("\\.", -1);
        if (parts.length == 1 || !isJose(parts[0]) || parts.length == ENCRYPTED_PARTS) {
            return Optional.empty();
        }
        CompactJws jws = CompactJws.parse(compact);
        unless(!jws.header().algorithm().equalsIgnoreCase("none"), Reason.ALGORITHM);
        unless(!jws.claims().has("cnf"), Reason.SENDER_CONSTRAINED);
        return Optional.of(jws.claims());
    }

    /** Whether this is a JOSE header: a JSON object that names an algorithm, however sloppily it is written. */
    private static boolean isJose(String part) throws RejectedTokenException {
        byte[] bytes = decoded(part);
        if (bytes == null
                || !new String(bytes, StandardCharsets.UTF_8).stripLeading().startsWith("{")) {
            return false;
        }
        try {
            return StrictJson.object(bytes).has("alg");
        } catch (IOException e) {
            throw new RejectedTokenException(Reason.NOT_JSON);
        }
    }

    private static byte @Nullable [] decoded(String part) {
        try {
            return Base64.getUrlDecoder().decode(part);
        } catch (IllegalArgumentException e) {
            return null;
        }
    }
}
