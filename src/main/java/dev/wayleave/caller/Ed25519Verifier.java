package dev.wayleave.caller;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSVerifier;
import com.nimbusds.jose.crypto.impl.BaseJWSProvider;
import com.nimbusds.jose.util.Base64URL;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.Signature;
import java.security.SignatureException;
import java.security.spec.X509EncodedKeySpec;
import java.util.HexFormat;
import java.util.Set;

/**
 * Ed25519 (RFC 8037, RFC 9864) by the JDK. Nimbus has a verifier of its own, but that one needs Tink, and Tink brings
 * protobuf and Gson for what the platform does since Java 15.
 */
final class Ed25519Verifier extends BaseJWSProvider implements JWSVerifier {
    private static final int KEY_LENGTH = 32;
    private static final int SIGNATURE_LENGTH = 64;

    /** SubjectPublicKeyInfo of an Ed25519 key, up to the key (RFC 8410 §4). */
    private static final byte[] PREFIX = HexFormat.of().parseHex("302a300506032b6570032100");

    /** The y coordinates, less the sign bit, of the points whose order divides eight: with such a key anyone can sign. */
    private static final Set<String> SMALL_ORDER = Set.of(
            "0000000000000000000000000000000000000000000000000000000000000000",
            "0100000000000000000000000000000000000000000000000000000000000000",
            "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05",
            "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a",
            "ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
            "edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
            "eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f");

    private final PublicKey key;

    /**
     * A verifier for a key in the encoding of RFC 8032.
     *
     * @throws GeneralSecurityException if it is not a usable key
     */
    Ed25519Verifier(byte[] encoded) throws GeneralSecurityException {
        super(Set.of(JWSAlgorithm.EdDSA, JWSAlgorithm.Ed25519));
        if (encoded.length != KEY_LENGTH || isSmallOrder(encoded)) {
            throw new GeneralSecurityException("not a usable Ed25519 key");
        }
        byte[] spki = new byte[PREFIX.length + KEY_LENGTH];
        System.arraycopy(PREFIX, 0, spki, 0, PREFIX.length);
        System.arraycopy(encoded, 0, spki, PREFIX.length, KEY_LENGTH);
        key = KeyFactory.getInstance("Ed25519").generatePublic(new X509EncodedKeySpec(spki));
        Signature.getInstance("Ed25519").initVerify(key);
    }

    @Override
    public boolean verify(JWSHeader header, byte[] signingInput, Base64URL signature) throws JOSEException {
        byte[] bytes = signature.decode();
        if (bytes.length != SIGNATURE_LENGTH) {
            return false;
        }
        try {
            Signature ed25519 = Signature.getInstance("Ed25519");
            ed25519.initVerify(key);
            ed25519.update(signingInput);
            return ed25519.verify(bytes);
        } catch (SignatureException e) {
            return false;
        } catch (GeneralSecurityException e) {
            throw new JOSEException("Ed25519", e);
        }
    }

    private static boolean isSmallOrder(byte[] encoded) {
        byte[] y = encoded.clone();
        y[KEY_LENGTH - 1] &= 0x7f;
        return SMALL_ORDER.contains(HexFormat.of().formatHex(y));
    }
}
