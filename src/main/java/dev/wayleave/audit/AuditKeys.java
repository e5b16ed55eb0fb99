package dev.wayleave.audit;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.interfaces.EdECPrivateKey;
import java.security.spec.NamedParameterSpec;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.Base64;
import java.util.HexFormat;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/** The Ed25519 key (RFC 8410) that signs checkpoints, and what is derived from it; or its public half alone. */
public final class AuditKeys {
    private static final Pattern PEM = Pattern.compile("-----BEGIN ([A-Z ]{1,20})-----([^-]{1,4096})-----END \\1-----");
    private static final byte[] DOMAIN = "wayleave audit 1\n".getBytes(StandardCharsets.US_ASCII);
    private static final String ALGORITHM = "Ed25519";
    private static final int LARGEST_FILE = 8 << 10;
    private final @Nullable PrivateKey secret;
    private final PublicKey open;
    private final byte @Nullable [] hashing;

    private AuditKeys(@Nullable EdECPrivateKey secret, PublicKey open) throws GeneralSecurityException {
        this.secret = secret;
        this.open = open;
        this.hashing =
                secret == null ? null : mac(seed(secret), "wayleave audit values".getBytes(StandardCharsets.US_ASCII));
    }

    /** From a private key in PEM (PKCS #8). */
    public static AuditKeys parse(String pem) {
        try {
            byte[] encoded = decode(pem, "PRIVATE KEY");
            PrivateKey key = KeyFactory.getInstance(ALGORITHM).generatePrivate(new PKCS8EncodedKeySpec(encoded));
            if (!(key instanceof EdECPrivateKey secret)) {
                throw new IllegalArgumentException("is no Ed25519 key");
            }
            AuditKeys keys =
                    new AuditKeys(secret, pair(new Replayed(seed(secret))).getPublic());
            if (!keys.verifies(DOMAIN, keys.sign(DOMAIN))) {
                throw new IllegalArgumentException("has no public half that fits");
            }
            return keys;
        } catch (GeneralSecurityException e) {
            throw new IllegalArgumentException("is no Ed25519 key", e);
        }
    }

    /** From a public key in PEM. */
    public static AuditKeys parsePublic(String pem) {
        try {
            byte[] encoded = decode(pem, "PUBLIC KEY");
            return new AuditKeys(
                    null, KeyFactory.getInstance(ALGORITHM).generatePublic(new X509EncodedKeySpec(encoded)));
        } catch (GeneralSecurityException e) {
            throw new IllegalArgumentException("is no Ed25519 key", e);
        }
    }

    /** Made by chance. */
    static AuditKeys random(SecureRandom random) {
        try {
            KeyPair pair = pair(random);
            return new AuditKeys((EdECPrivateKey) pair.getPrivate(), pair.getPublic());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has Ed25519", e);
        }
    }

    /** The key beside a log, made where it is missing, for its owner alone. */
    static AuditKeys beside(Path log, SecureRandom random) throws IOException {
        Path file = Path.of(log + ".key");
        PrivateKey secret = Files.exists(file) ? null : random(random).secret;
        if (secret != null) {
            make(file, pem("PRIVATE KEY", secret.getEncoded()), Long.toHexString(random.nextLong()));
        }
        return parse(text(file));
    }

    /** Under its name only when it is whole; where another process was faster, its key stays. */
    private static void make(Path file, String pem, String chance) throws IOException {
        Path made = Path.of(file + "." + chance + ".new");
        Files.createFile(made, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        try {
            Files.writeString(made, pem, StandardOpenOption.SYNC);
            Files.createLink(file, made);
        } catch (FileAlreadyExistsException e) {
            // that of the other process is read
        } catch (FileSystemException | UnsupportedOperationException e) {
            // a file system without links
            Files.move(made, file, StandardCopyOption.ATOMIC_MOVE);
        } finally {
            Files.deleteIfExists(made);
        }
    }

    /** Writes the public half, for whoever verifies. */
    void publish(Path log) throws IOException {
        Path file = Path.of(log + ".pub");
        String pem = pem("PUBLIC KEY", open.getEncoded());
        if (!Files.exists(file) || !text(file).equals(pem)) {
            Files.writeString(file, pem);
        }
    }

    /** Which key it is: the beginning of a hash of the public half. */
    String name() {
        byte[] encoded = open.getEncoded();
        return Chain.sha256(encoded, encoded.length).substring(0, 16);
    }

    String sign(byte[] text) {
        try {
            Signature signature = Signature.getInstance(ALGORITHM);
            signature.initSign(secret);
            signature.update(DOMAIN);
            signature.update(text);
            return Base64.getUrlEncoder().withoutPadding().encodeToString(signature.sign());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("a key that has signed before", e);
        }
    }

    boolean verifies(byte[] text, String signed) {
        try {
            Signature signature = Signature.getInstance(ALGORITHM);
            signature.initVerify(open);
            signature.update(DOMAIN);
            signature.update(text);
            byte[] bytes = Base64.getUrlDecoder().decode(signed);
            return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes).equals(signed)
                    && signature.verify(bytes);
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            return false;
        }
    }

    /** HMAC-SHA256 with a key that is not in the log; half of it, in hexadecimal digits. */
    String fingerprint(byte[] value) {
        byte[] key = hashing;
        if (key == null) {
            throw new IllegalStateException("a public key keeps no secrets");
        }
        try {
            return HexFormat.of().formatHex(mac(key, value), 0, 16);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has HMAC-SHA256", e);
        }
    }

    /** A key file, which is small. */
    static String text(Path file) throws IOException {
        if (Files.size(file) > LARGEST_FILE) {
            throw new IOException("too large for a key");
        }
        return Files.readString(file, StandardCharsets.US_ASCII);
    }

    private static KeyPair pair(SecureRandom random) throws GeneralSecurityException {
        KeyPairGenerator generator = KeyPairGenerator.getInstance(ALGORITHM);
        generator.initialize(NamedParameterSpec.ED25519, random);
        return generator.generateKeyPair();
    }

    private static byte[] seed(EdECPrivateKey secret) {
        return secret.getBytes().orElseThrow(() -> new IllegalArgumentException("cannot be read"));
    }

    private static byte[] mac(byte[] key, byte[] value) throws GeneralSecurityException {
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(key, "HmacSHA256"));
        return mac.doFinal(value);
    }

    private static byte[] decode(String pem, String label) {
        Matcher found = PEM.matcher(pem);
        if (!found.find() || !found.group(1).equals(label)) {
            throw new IllegalArgumentException("is no PEM " + label.toLowerCase(java.util.Locale.ROOT));
        }
        return Base64.getMimeDecoder().decode(found.group(2));
    }

    private static String pem(String label, byte[] encoded) {
        return "-----BEGIN " + label + "-----\n" + Base64.getEncoder().encodeToString(encoded) + "\n-----END " + label
                + "-----\n";
    }

    /** Gives the seed of a key once more: the JDK tells a public half only when it makes both. */
    private static final class Replayed extends SecureRandom {
        private static final long serialVersionUID = 1L;
        private final byte[] seed;

        Replayed(byte[] seed) {
            this.seed = seed.clone();
        }

        @Override
        public void nextBytes(byte[] bytes) {
            System.arraycopy(seed, 0, bytes, 0, Math.min(seed.length, bytes.length));
        }
    }
}
