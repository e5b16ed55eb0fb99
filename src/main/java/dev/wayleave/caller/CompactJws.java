package dev.wayleave.caller;

import static dev.wayleave.caller.RejectedTokenException.unless;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.nimbusds.jose.util.Base64URL;
import java.io.IOException;
import java.util.Base64;

/**
 * The three parts of a JWS in compact serialization (RFC 7515 §7.1), read once and strictly, so that what is checked and
 * what is signed cannot differ.
 */
record CompactJws(JoseHeader header, ObjectNode claims, String signingInput, Base64URL signature) {
    /** Longer tokens are not looked at, in characters. */
    static final int MAX_LENGTH = 16 * 1024;

    static CompactJws parse(String token) throws RejectedTokenException {
        unless(token.length() <= MAX_LENGTH, Reason.TOO_LONG);
        int first = token.indexOf('.');
        int last = token.lastIndexOf('.');
        unless(first > 0 && last > first + 1 && last < token.length() - 1, Reason.NOT_COMPACT);
        unless(token.indexOf('.', first + 1) == last, Reason.NOT_COMPACT);
        String signature = token.substring(last + 1);
        decode(signature);
        return new CompactJws(
                JoseHeader.of(object(token.substring(0, first))),
                object(token.substring(first + 1, last)),
                token.substring(0, last),
                new Base64URL(signature));
    }

    private static ObjectNode object(String part) throws RejectedTokenException {
        try {
            return StrictJson.object(decode(part));
        } catch (IOException e) {
            throw new RejectedTokenException(Reason.NOT_JSON);
        }
    }

    /** Refuses padding, foreign characters and unused bits that are set: one text for one value. */
    private static byte[] decode(String part) throws RejectedTokenException {
        try {
            byte[] bytes = Base64.getUrlDecoder().decode(part);
            unless(Base64.getUrlEncoder().withoutPadding().encodeToString(bytes).equals(part), Reason.NOT_BASE64URL);
            return bytes;
        } catch (IllegalArgumentException e) {
            throw new RejectedTokenException(Reason.NOT_BASE64URL);
        }
    }

    @Override
    public String toString() {
        return "CompactJws[redacted]";
    }
}
