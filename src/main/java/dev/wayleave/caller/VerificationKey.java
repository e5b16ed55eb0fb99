package dev.wayleave.caller;

import com.fasterxml.jackson.databind.JsonNode;
import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSVerifier;
import com.nimbusds.jose.crypto.ECDSAVerifier;
import com.nimbusds.jose.crypto.RSASSAVerifier;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.util.Base64URL;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.interfaces.RSAPublicKey;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * A public key of the issuer and the algorithms that go with it; the key decides, not the token (RFC 8725 §3.1).
 *
 * @param id null where the key set names none
 */
record VerificationKey(@Nullable String id, Set<String> algorithms, JWSVerifier verifier) {
    private static final Set<String> RSA = Set.of("RS256", "RS384", "RS512", "PS256", "PS384", "PS512");
    private static final Set<String> ED25519 = Set.of("EdDSA", "Ed25519");
    private static final int MIN_MODULUS = 2048;
    private static final int MAX_MODULUS = 8192;
    private static final int MAX_EXPONENT = 33;

    /** Every algorithm that some key can go with. */
    static final Set<String> ALGORITHMS = new TreeSet<>(RSA);

    static {
        ALGORITHMS.addAll(ED25519);
        ALGORITHMS.addAll(Set.of("ES256", "ES384", "ES512"));
    }

    /** A key from its JWK (RFC 7517 §4); empty where it is not one for signatures, is weak, or is no key at all. */
    static Optional<VerificationKey> read(JsonNode jwk) {
        try {
            return isForSignatures(jwk) ? key(jwk) : Optional.empty();
        } catch (JOSEException | GeneralSecurityException | RuntimeException e) {
            return Optional.empty();
        }
    }

    boolean verifies(CompactJws jws) throws JOSEException {
        JWSHeader header = new JWSHeader(JWSAlgorithm.parse(jws.header().algorithm()));
        return verifier.verify(header, jws.signingInput().getBytes(StandardCharsets.US_ASCII), jws.signature());
    }

    /** Whether this could be the key that the header means. A key without id serves only tokens that name none. */
    boolean fits(JoseHeader header) {
        return algorithms.contains(header.algorithm())
                && (header.keyId() == null || header.keyId().equals(id));
    }

    private static boolean isForSignatures(JsonNode jwk) {
        JsonNode use = jwk.get("use");
        JsonNode operations = jwk.get("key_ops");
        JsonNode id = jwk.get("kid");
        if ((use != null && !use.asText().equals("sig")) || (id != null && !id.isTextual())) {
            return false;
        }
        return operations == null
                || operations.valueStream().anyMatch(each -> each.asText().equals("verify"));
    }

    private static Optional<VerificationKey> key(JsonNode jwk) throws JOSEException, GeneralSecurityException {
        return switch (jwk.path("kty").asText()) {
            case "RSA" -> rsa(jwk);
            case "EC" -> {
                ECKey key = new ECKey.Builder(Curve.parse(jwk.path("crv").asText()), number(jwk, "x"), number(jwk, "y"))
                        .build();
                yield elliptic(jwk, key);
            }
            case "OKP" ->
                jwk.path("crv").asText().equals("Ed25519")
                        ? of(jwk, ED25519, new Ed25519Verifier(number(jwk, "x").decode()))
                        : Optional.empty();
            default -> Optional.empty();
        };
    }

    private static Optional<VerificationKey> rsa(JsonNode jwk) throws JOSEException {
        RSAPublicKey key =
                new RSAKey.Builder(number(jwk, "n"), number(jwk, "e")).build().toRSAPublicKey();
        int modulus = key.getModulus().bitLength();
        int exponent = key.getPublicExponent().bitLength();
        boolean usable = modulus >= MIN_MODULUS
                && modulus <= MAX_MODULUS
                && key.getModulus().testBit(0)
                && key.getPublicExponent().testBit(0)
                && exponent > 1
                && exponent <= MAX_EXPONENT;
        return usable ? of(jwk, RSA, new RSASSAVerifier(key)) : Optional.empty();
    }

    private static Optional<VerificationKey> elliptic(JsonNode jwk, ECKey key) throws JOSEException {
        String algorithm = switch (key.getCurve().getName()) {
            case "P-256" -> "ES256";
            case "P-384" -> "ES384";
            case "P-521" -> "ES512";
            default -> "";
        };
        return algorithm.isEmpty()
                ? Optional.empty()
                : of(jwk, Set.of(algorithm), new ECDSAVerifier(key.toECPublicKey()));
    }

    /** A key that says which algorithm it is for serves no other. */
    private static Optional<VerificationKey> of(JsonNode jwk, Set<String> suitable, JWSVerifier verifier) {
        JsonNode id = jwk.get("kid");
        JsonNode algorithm = jwk.get("alg");
        if (algorithm != null && !suitable.contains(algorithm.asText())) {
            return Optional.empty();
        }
        Set<String> algorithms = algorithm == null ? suitable : Set.of(algorithm.asText());
        return Optional.of(new VerificationKey(id == null ? null : id.textValue(), algorithms, verifier));
    }

    private static Base64URL number(JsonNode jwk, String member) {
        return new Base64URL(jwk.required(member).asText());
    }
}
