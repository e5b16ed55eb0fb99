package dev.wayleave.caller;

import org.jspecify.annotations.Nullable;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.regex.Pattern;

/** An access token as RFC 6750 §2.1 carries it. It leaves only as an {@code Authorization} header value and renders as nothing. */
public final class BearerToken {
    private static final String SCHEME = "Bearer ";
    private static final Pattern B64TOKEN = Pattern.compile("[A-Za-z0-9._~+/-]+=*");

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

    static boolean isWellFormed(String token) {
        return B64TOKEN.matcher(token).matches();
    }

    /** {@code Bearer}, a space and the token: the one way out. */
    public String authorizationHeader() {
        return header;
    }

    /** SHA-256 of the token, for use as a cache key. */
    public byte[] digest() {
        try {
            return MessageDigest.getInstance("SHA-256").digest(compact().getBytes(StandardCharsets.US_ASCII));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
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
