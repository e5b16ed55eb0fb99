package dev.wayleave.caller;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import org.apache.commons.codec.digest.DigestUtils;
import org.jspecify.annotations.Nullable;

/** An access token as RFC 6750 §2.1 carries it. It leaves only as a header value and renders as nothing. */
public final class BearerToken {
    /** What stands where a token stood. */
    public static final String MASK = "[token]";

    private static final int SHORTEST_SECRET = 8;
    private static final String SCHEME = "Bearer ";
    private static final String PUNCTUATION = "-._~+/";

    private final String header;

    private BearerToken(String header) {
        this.header = header;
    }

    /**
     * A token made of the characters that RFC 6750 allows.
     *
     * @throws IllegalArgumentException if it is not; the message does not repeat it
     */
    public static BearerToken of(String token) {
        if (!isWellFormed(token)) {
            throw new IllegalArgumentException("not a b64token (RFC 6750 §2.1)");
        }
        return new BearerToken(SCHEME + token);
    }

    /** {@code b64token}: by hand, since it is asked of every request. */
    static boolean isWellFormed(String token) {
        int length = token.length();
        while (length > 0 && token.charAt(length - 1) == '=') {
            length--;
        }
        for (int i = 0; i < length; i++) {
            char c = token.charAt(i);
            boolean alphanumeric = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
            if (!alphanumeric && PUNCTUATION.indexOf(c) < 0) {
                return false;
            }
        }
        return length > 0;
    }

    /**
     * The field value that carries the token: the one way out. {@code Authorization} names its scheme, any other field
     * has the token alone.
     */
    public String in(String fieldName) {
        return fieldName.equalsIgnoreCase("Authorization") ? header : compact();
    }

    /** A text in which every occurrence of the token is replaced, where it is a secret. */
    public String mask(String text) {
        return isSecret() ? text.replace(compact(), MASK) : text;
    }

    /** Whether it can be told from other text: a token of a few characters cannot, and keeps nobody out. */
    public boolean isSecret() {
        return compact().length() >= SHORTEST_SECRET;
    }

    /** SHA-256 of the token, for use as a cache key. */
    public byte[] digest() {
        return DigestUtils.sha256(compact().getBytes(StandardCharsets.US_ASCII));
    }

    String compact() {
        return header.substring(SCHEME.length());
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof BearerToken that && MessageDigest.isEqual(bytes(), that.bytes());
    }

    @Override
    public int hashCode() {
        return header.hashCode();
    }

    @Override
    public String toString() {
        return "BearerToken[redacted]";
    }

    private byte[] bytes() {
        return header.getBytes(StandardCharsets.US_ASCII);
    }
}
