package dev.wayleave.caller;

import static dev.wayleave.caller.RejectedTokenException.unless;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What a token shows of itself to somebody who cannot check its signature: enough to refuse one that is broken, unsigned or
 * bound to a key, before anybody is asked about it.
 */
final class UnverifiedJwt {
    private static final int ENCRYPTED_PARTS = 5;
    private static final Pattern FOREIGN = Pattern.compile("[^A-Za-z0-9+/_-]");

    /** The beginning of an object, also behind what some readers skip: white space, a byte order mark, zeros. */
    private static final Pattern OBJECT = Pattern.compile("[\\s\\x00\\uFEFF\\uFFFD]*\\{");

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
        ObjectNode header = parts.length == 1 ? null : header(parts[0]);
        if (header == null || (parts.length == ENCRYPTED_PARTS && header.has("enc"))) {
            return Optional.empty();
        }
        CompactJws jws = CompactJws.parse(compact);
        unless(!jws.header().algorithm().equalsIgnoreCase("none"), Reason.ALGORITHM);
        unless(!jws.claims().has("cnf"), Reason.SENDER_CONSTRAINED);
        return Optional.of(jws.claims());
    }

    /** The JOSE header: a JSON object that names an algorithm; null for anything that nobody would take for one. */
    private static @Nullable ObjectNode header(String part) throws RejectedTokenException {
        byte[] bytes = decoded(part);
        if (!OBJECT.matcher(new String(bytes, StandardCharsets.UTF_8)).lookingAt()) {
            return null;
        }
        try {
            ObjectNode object = StrictJson.object(bytes);
            return object.has("alg") ? object : null;
        } catch (IOException e) {
            throw new RejectedTokenException(Reason.NOT_JSON);
        }
    }

    /** As the most lenient of readers would, who passes over what does not belong there. */
    private static byte[] decoded(String part) {
        String base64 = FOREIGN.matcher(part).replaceAll("").replace('+', '-').replace('/', '_');
        int length = base64.length() % 4 == 1 ? base64.length() - 1 : base64.length();
        return Base64.getUrlDecoder().decode(base64.substring(0, length));
    }
}
