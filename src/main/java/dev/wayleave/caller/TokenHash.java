package dev.wayleave.caller;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Names a token without telling it: an HMAC under a key that nobody else has and that ends with this process. */
final class TokenHash {
    private static final String HMAC = "HmacSHA256";

    private final SecretKeySpec key;

    /** @param key random, 32 bytes or more */
    TokenHash(byte[] key) {
        this.key = new SecretKeySpec(key, HMAC);
    }

    /** 64 hexadecimal digits. */
    String of(BearerToken token) {
        try {
            Mac mac = Mac.getInstance(HMAC);
            mac.init(key);
            return HexFormat.of().formatHex(mac.doFinal(token.compact().getBytes(StandardCharsets.US_ASCII)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has " + HMAC, e);
        }
    }

    @Override
    public String toString() {
        return "TokenHash[redacted]";
    }
}
