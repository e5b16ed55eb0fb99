package dev.wayleave.seal;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.KDF;
import javax.crypto.SecretKey;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.HKDFParameterSpec;

/**
 * Seals what a client carries from one request to the next (AES-256-GCM), so that any instance with the key can go on with
 * it and nobody else can read or change it. Each handle has a key of its own, derived with HKDF (RFC 5869), so that the
 * number of handles has no bound that matters.
 */
public final class Seal {
    /** In bytes, the length of a key. */
    public static final int KEY_LENGTH = 32;

    /** In bytes, the most that one handle holds. */
    public static final int MOST = 24 << 10;

    private static final byte FORM = 1;
    private static final int SALT_LENGTH = 32;
    private static final int NONCE_LENGTH = 12;
    private static final int TAG_BITS = 128;
    private static final int HEAD = 1 + Long.BYTES + SALT_LENGTH;
    private static final int LONGEST_TEXT = (HEAD + MOST + TAG_BITS / 8) * 4 / 3 + 4;
    private final List<byte[]> keys;
    private final RandomGenerator random;

    /**
     * Made once for a process.
     *
     * @param keys of {@link #KEY_LENGTH} bytes each: the first one seals, all of them open
     * @param random must be fit for cryptography
     */
    public Seal(List<byte[]> keys, RandomGenerator random) {
        if (keys.isEmpty() || keys.stream().anyMatch(key -> key.length != KEY_LENGTH)) {
            throw new IllegalArgumentException("one key or more, of " + KEY_LENGTH + " bytes");
        }
        this.keys = keys.stream().map(byte[]::clone).toList();
        this.random = random;
    }

    /**
     * A handle of characters that need no escape in JSON or a URL.
     *
     * @param content at most {@link #MOST} bytes
     * @param expires from when on it is good for nothing, in whole seconds
     */
    public String seal(Binding binding, byte[] content, Instant expires) {
        if (content.length > MOST) {
            throw new IllegalArgumentException("more than " + MOST + " bytes");
        }
        byte[] salt = new byte[SALT_LENGTH];
        random.nextBytes(salt);
        byte[] head = ByteBuffer.allocate(HEAD)
                .put(FORM)
                .putLong(expires.getEpochSecond())
                .put(salt)
                .array();
        try {
            byte[] secret = cipher(Cipher.ENCRYPT_MODE, keys.getFirst(), salt, head, binding)
                    .doFinal(content);
            byte[] whole = ByteBuffer.allocate(head.length + secret.length)
                    .put(head)
                    .put(secret)
                    .array();
            return Base64.getUrlEncoder().withoutPadding().encodeToString(whole);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK seals", e);
        }
    }

    /** What was sealed for the same; empty for everything else, and for what has expired. */
    public Optional<byte[]> open(Binding binding, String handle, Instant now) {
        if (handle.length() > LONGEST_TEXT) {
            return Optional.empty();
        }
        byte[] whole;
        try {
            whole = Base64.getUrlDecoder().decode(handle);
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
        boolean spelledOtherwise =
                !Base64.getUrlEncoder().withoutPadding().encodeToString(whole).equals(handle);
        if (spelledOtherwise || whole.length < HEAD + TAG_BITS / 8 || whole[0] != FORM) {
            return Optional.empty();
        }
        ByteBuffer parts = ByteBuffer.wrap(whole);
        byte[] head = new byte[HEAD];
        parts.get(head);
        byte[] secret = new byte[parts.remaining()];
        parts.get(secret);
        long expires = ByteBuffer.wrap(head).getLong(1);
        return now.getEpochSecond() < expires ? opened(binding, head, secret) : Optional.empty();
    }

    private Optional<byte[]> opened(Binding binding, byte[] head, byte[] secret) {
        byte[] salt = new byte[SALT_LENGTH];
        System.arraycopy(head, HEAD - SALT_LENGTH, salt, 0, SALT_LENGTH);
        for (byte[] key : keys) {
            try {
                return Optional.of(
                        cipher(Cipher.DECRYPT_MODE, key, salt, head, binding).doFinal(secret));
            } catch (AEADBadTagException e) {
                // another key, or none
            } catch (GeneralSecurityException e) {
                throw new IllegalStateException("every JDK seals", e);
            }
        }
        return Optional.empty();
    }

    /** Key and nonce are used for this one handle alone: both come from its salt. */
    private static Cipher cipher(int mode, byte[] key, byte[] salt, byte[] head, Binding binding)
            throws GeneralSecurityException {
        KDF kdf = KDF.getInstance("HKDF-SHA256");
        HKDFParameterSpec.Extract extracted =
                HKDFParameterSpec.ofExtract().addIKM(key).addSalt(salt).extractOnly();
        SecretKey pseudorandom = kdf.deriveKey("Generic", extracted);
        SecretKey own = kdf.deriveKey("AES", HKDFParameterSpec.expandOnly(pseudorandom, text("key"), KEY_LENGTH));
        byte[] nonce = kdf.deriveData(HKDFParameterSpec.expandOnly(pseudorandom, text("nonce"), NONCE_LENGTH));
        Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
        cipher.init(mode, own, new GCMParameterSpec(TAG_BITS, nonce));
        cipher.updateAAD(head);
        cipher.updateAAD(binding.bytes());
        return cipher;
    }

    private static byte[] text(String use) {
        return ("wayleave " + use).getBytes(StandardCharsets.US_ASCII);
    }

    @Override
    public String toString() {
        return "Seal[redacted]";
    }
}
