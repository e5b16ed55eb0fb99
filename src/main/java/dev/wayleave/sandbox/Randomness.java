package dev.wayleave.sandbox;

import java.security.SecureRandom;
import java.util.Base64;

/** Where unguessable strings come from. */
record Randomness(SecureRandom random) {
    /** 256 bits in base64url. */
    String secret() {
        byte[] bytes = new byte[32];
        random.nextBytes(bytes);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}
