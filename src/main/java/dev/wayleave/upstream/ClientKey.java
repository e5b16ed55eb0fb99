package dev.wayleave.upstream;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSSigner;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.OctetKeyPair;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import java.security.PrivateKey;
import java.security.interfaces.ECPrivateKey;
import java.security.interfaces.EdECPrivateKey;
import java.text.ParseException;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A private key that signs what a client says of itself (RFC 7523 §2.2): from PEM (PKCS #8), or a JWK, which may name its
 * {@code kid} and {@code alg} too. RSA of 2048 bits or more, P-256, or Ed25519.
 */
public final class ClientKey {
    private static final List<JWSAlgorithm> FOR_RSA = List.of(JWSAlgorithm.RS256, JWSAlgorithm.PS256);
    private static final List<JWSAlgorithm> FOR_EC = List.of(JWSAlgorithm.ES256);
    private static final List<JWSAlgorithm> FOR_ED25519 = List.of(JWSAlgorithm.EdDSA);

    private final JWSSigner signer;
    private final JWSAlgorithm algorithm;
    private final @Nullable String keyId;

    private ClientKey(PrivateKey key, @Nullable String asked, @Nullable String keyId) {
        List<JWSAlgorithm> fitting = switch (key) {
            case ECPrivateKey ec -> FOR_EC;
            case EdECPrivateKey ed -> FOR_ED25519;
            default -> FOR_RSA;
        };
        this.algorithm = asked == null ? fitting.getFirst() : JWSAlgorithm.parse(asked);
        this.keyId = keyId;
        try {
            signer = signer(key);
            if (!fitting.contains(algorithm) || !signer.supportedJWSAlgorithms().contains(algorithm)) {
                throw new IllegalArgumentException("is of a kind that does not sign with " + algorithm);
            }
            sign(new JWTClaimsSet.Builder().build());
        } catch (JOSEException e) {
            throw new IllegalArgumentException("cannot sign: RSA needs 2048 bits or more, EC the curve P-256", e);
        }
    }

    /**
     * Reads a key, and tries it.
     *
     * @param asked the algorithm to sign with; null for the one that the key names, or else the usual one of its kind
     * @throws IllegalArgumentException with what is wrong with it, in words that complete "the key …"; nothing of the key
     */
    public static ClientKey parse(String text, @Nullable String asked) {
        if (!text.strip().startsWith("{")) {
            return new ClientKey(Pkcs8.read(text), asked, null);
        }
        try {
            JWK jwk = JWK.parse(text);
            if (!jwk.isPrivate()) {
                throw new IllegalArgumentException("is a public key; the private one is needed");
            }
            String own = jwk.getAlgorithm() == null ? null : jwk.getAlgorithm().getName();
            if (asked != null && own != null && !asked.equals(own)) {
                throw new IllegalArgumentException("is made for another algorithm");
            }
            return new ClientKey(privateKey(jwk), asked == null ? own : asked, jwk.getKeyID());
        } catch (ParseException | JOSEException e) {
            throw new IllegalArgumentException("is not a JWK that can be used", e);
        }
    }

    SignedJWT sign(JWTClaimsSet claims) throws JOSEException {
        SignedJWT jwt =
                new SignedJWT(new JWSHeader.Builder(algorithm).keyID(keyId).build(), claims);
        jwt.sign(signer);
        return jwt;
    }

    private static PrivateKey privateKey(JWK jwk) throws JOSEException {
        return switch (jwk.getKeyType().getValue()) {
            case "RSA" -> jwk.toRSAKey().toRSAPrivateKey();
            case "EC" -> jwk.toECKey().toECPrivateKey();
            case "OKP" -> ed25519(jwk.toOctetKeyPair());
            default -> throw new IllegalArgumentException("is not of a kind that has a public half");
        };
    }

    /** RFC 8410 §7: the key behind what every one of its kind begins with. */
    private static PrivateKey ed25519(OctetKeyPair pair) {
        byte[] seed = pair.getDecodedD();
        if (!Curve.Ed25519.equals(pair.getCurve()) || seed.length != 32) {
            throw new IllegalArgumentException("is on a curve that is not used here");
        }
        return Pkcs8.decode(HexFormat.of()
                .parseHex("302e020100300506032b657004220420" + HexFormat.of().formatHex(seed)));
    }

    private static JWSSigner signer(PrivateKey key) throws JOSEException {
        return switch (key) {
            case ECPrivateKey ec -> new ECDSASigner(ec);
            case EdECPrivateKey ed -> new Ed25519Signer(ed);
            default -> new RSASSASigner(Objects.requireNonNull(key));
        };
    }
}
