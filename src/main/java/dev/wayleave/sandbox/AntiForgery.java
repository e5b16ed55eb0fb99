package dev.wayleave.sandbox;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Clock;
import java.time.Duration;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Proofs that a form was written by this server, for this request and not long ago. */
final class AntiForgery {
    private static final Duration LIFETIME = Duration.ofMinutes(15);

    private final SecretKeySpec key;
    private final Clock clock;

    AntiForgery(Randomness randomness, Clock clock) {
        this.key = new SecretKeySpec(randomness.secret().getBytes(StandardCharsets.US_ASCII), "HmacSHA256");
        this.clock = clock;
    }

    String prove(String request) {
        return prove(request, clock.instant().plus(LIFETIME).getEpochSecond());
    }

    boolean isProof(String request, String proof) {
        int dot = proof.indexOf('.');
        if (dot < 1 || dot > 12 || !proof.substring(0, dot).matches("[0-9]+")) {
            return false;
        }
        long until = Long.parseLong(proof.substring(0, dot));
        return clock.instant().getEpochSecond() < until
                && MessageDigest.isEqual(
                        prove(request, until).getBytes(StandardCharsets.UTF_8), proof.getBytes(StandardCharsets.UTF_8));
    }

    private String prove(String request, long until) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(key);
            byte[] digest = mac.doFinal((until + "." + request).getBytes(StandardCharsets.UTF_8));
            return until + "." + HexFormat.of().formatHex(digest);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has HmacSHA256", e);
        }
    }
}
