package dev.wayleave.caller;

import com.fasterxml.jackson.databind.JsonNode;
import com.nimbusds.jose.JOSEException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** The usable keys of a JWK Set (RFC 7517 §5). */
final class KeySet {
    /** How many keys one token may cost. */
    private static final int MAX_CANDIDATES = 16;

    private final byte[] document;
    private final List<VerificationKey> keys;
    private final int ignored;

    private KeySet(byte[] document, List<VerificationKey> keys, int ignored) {
        this.document = document;
        this.keys = keys;
        this.ignored = ignored;
    }

    /**
     * A set without the keys that are weak, broken, or for something else; none may be left.
     *
     * @throws FetchException if it is not a JWK Set
     */
    static KeySet parse(byte[] document) throws FetchException {
        JsonNode array = keys(document);
        List<VerificationKey> keys = new ArrayList<>();
        array.forEach(jwk -> VerificationKey.read(jwk).ifPresent(keys::add));
        return new KeySet(document.clone(), List.copyOf(keys), array.size() - keys.size());
    }

    private static JsonNode keys(byte[] document) throws FetchException {
        try {
            JsonNode keys = StrictJson.object(document).get("keys");
            if (keys != null && keys.isArray()) {
                return keys;
            }
        } catch (IOException e) {
            throw new FetchException("not JSON, or ambiguous JSON");
        }
        throw new FetchException("not a JWK Set");
    }

    /** Whether some key fits the header at all. */
    boolean knows(JoseHeader header) {
        return keys.stream().anyMatch(key -> key.fits(header));
    }

    boolean verifies(CompactJws jws) throws JOSEException {
        List<VerificationKey> candidates = keys.stream()
                .filter(key -> key.fits(jws.header()))
                .limit(MAX_CANDIDATES)
                .toList();
        for (VerificationKey candidate : candidates) {
            if (candidate.verifies(jws)) {
                return true;
            }
        }
        return false;
    }

    boolean isSameAs(KeySet other) {
        return Arrays.equals(document, other.document);
    }

    int size() {
        return keys.size();
    }

    int ignored() {
        return ignored;
    }
}
