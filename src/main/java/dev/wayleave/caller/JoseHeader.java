package dev.wayleave.caller;

import static dev.wayleave.caller.RejectedTokenException.unless;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What we heed of a token's header. Keys that the token brings or points to ({@code jwk}, {@code jku}, {@code x5c},
 * {@code x5u}) are not even read (RFC 8725 §3.10).
 *
 * @param keyId null where the token names no key
 * @param type as {@link #type(String)} spells it; null where the token has none
 */
record JoseHeader(
        String algorithm, @Nullable String keyId, @Nullable String type) {
    private static final int MAX_KEY_ID = 256;
    private static final String MEDIA_TYPE = "application/";

    /** Members that change how the rest is to be read; we implement none of them, and none belongs in an access token. */
    private static final List<String> NOT_UNDERSTOOD = List.of("crit", "b64", "zip", "enc");

    static JoseHeader of(ObjectNode header) throws RejectedTokenException {
        unless(NOT_UNDERSTOOD.stream().noneMatch(header::has), Reason.HEADER);
        String algorithm = text(header, "alg", Reason.ALGORITHM);
        String keyId = text(header, "kid", Reason.KEY_ID);
        String type = text(header, "typ", Reason.TYPE);
        if (algorithm == null) {
            throw new RejectedTokenException(Reason.ALGORITHM);
        }
        unless(keyId == null || keyId.length() <= MAX_KEY_ID, Reason.KEY_ID);
        return new JoseHeader(algorithm, keyId, type == null ? null : type(type));
    }

    /** Checks algorithm and type against what is allowed, the types in {@link #type(String)}'s spelling. */
    void check(Set<String> algorithms, Set<String> types) throws RejectedTokenException {
        unless(algorithms.contains(algorithm), Reason.ALGORITHM);
        unless(types.contains(type == null ? "jwt" : type), Reason.TYPE);
    }

    /** In lower case and without {@code application/} where nothing else has a slash (RFC 7515 §4.1.9). */
    static String type(String type) {
        String lower = type.toLowerCase(Locale.ROOT);
        boolean abbreviable = lower.startsWith(MEDIA_TYPE) && lower.indexOf('/', MEDIA_TYPE.length()) < 0;
        return abbreviable ? lower.substring(MEDIA_TYPE.length()) : lower;
    }

    private static @Nullable String text(ObjectNode header, String member, Reason reason)
            throws RejectedTokenException {
        JsonNode value = header.get(member);
        unless(value == null || value.isTextual(), reason);
        return value == null ? null : value.textValue();
    }

    @Override
    public String toString() {
        return "JoseHeader[redacted]";
    }
}
