package dev.wayleave.upstream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.crypto.ECDSAVerifier;
import com.nimbusds.jose.crypto.RSASSAVerifier;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.OctetKeyPair;
import com.nimbusds.jose.jwk.OctetSequenceKey;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jose.jwk.gen.OctetSequenceKeyGenerator;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jose.util.Base64URL;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.util.Arrays;
import java.util.Base64;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class ClientKeyTest {
    private static final JWTClaimsSet CLAIMS =
            new JWTClaimsSet.Builder().subject("wayleave").build();

    private static KeyPair pair(String kind, int bits) {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance(kind);
            if (bits > 0) {
                generator.initialize(bits);
            }
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String pem(String label, Key key) {
        return "-----BEGIN " + label + "-----\n" + Base64.getMimeEncoder().encodeToString(key.getEncoded())
                + "\n-----END " + label + "-----\n";
    }

    @ParameterizedTest
    @CsvSource({"RSA,2048,,RS256", "RSA,2048,RS256,RS256", "RSA,2048,PS256,PS256", "EC,256,,ES256", "Ed25519,0,,EdDSA"})
    void aKeyInPemSignsWhatItsPublicHalfVerifies(String kind, int bits, @Nullable String asked, String algorithm)
            throws JOSEException, GeneralSecurityException {
        KeyPair pair = pair(kind, bits);
        SignedJWT jwt =
                ClientKey.parse(pem("PRIVATE KEY", pair.getPrivate()), asked).sign(CLAIMS);

        assertThat(jwt.getHeader().getAlgorithm()).isEqualTo(JWSAlgorithm.parse(algorithm));
        assertThat(verifies(jwt, pair)).isTrue();
    }

    private static boolean verifies(SignedJWT jwt, KeyPair pair) throws JOSEException, GeneralSecurityException {
        return switch (pair.getPublic()) {
            case RSAPublicKey rsa -> jwt.verify(new RSASSAVerifier(rsa));
            case ECPublicKey ec -> jwt.verify(new ECDSAVerifier(ec));
            default -> {
                Signature ed25519 = Signature.getInstance("Ed25519");
                ed25519.initVerify(pair.getPublic());
                ed25519.update(jwt.getSigningInput());
                yield ed25519.verify(jwt.getSignature().decode());
            }
        };
    }

    @Test
    void aJwkNamesItsKeyAndItsAlgorithm() throws JOSEException, GeneralSecurityException {
        RSAKey rsa = new RSAKeyGenerator(2048)
                .keyID("k7")
                .algorithm(JWSAlgorithm.PS256)
                .generate();
        SignedJWT jwt = ClientKey.parse(rsa.toJSONString(), null).sign(CLAIMS);
        assertThat(jwt.getHeader().getKeyID()).isEqualTo("k7");
        assertThat(jwt.getHeader().getAlgorithm()).isEqualTo(JWSAlgorithm.PS256);
        assertThat(jwt.verify(new RSASSAVerifier(rsa))).isTrue();

        KeyPair pair = pair("Ed25519", 0);
        byte[] pkcs8 = pair.getPrivate().getEncoded();
        byte[] spki = pair.getPublic().getEncoded();
        OctetKeyPair okp = new OctetKeyPair.Builder(Curve.Ed25519, last32(spki))
                .d(last32(pkcs8))
                .build();
        assertThat(verifies(ClientKey.parse(okp.toJSONString(), null).sign(CLAIMS), pair))
                .isTrue();
    }

    private static Base64URL last32(byte[] encoded) {
        return Base64URL.encode(Arrays.copyOfRange(encoded, encoded.length - 32, encoded.length));
    }

    static Stream<Arguments> unusable() throws JOSEException {
        KeyPair rsa = pair("RSA", 2048);
        ECKey ec = new ECKeyGenerator(Curve.P_256).generate();
        OctetSequenceKey secret = new OctetSequenceKeyGenerator(256).generate();
        return Stream.of(
                arguments("/etc/key.pem", null, "file: in front of it"),
                arguments("", null, "neither PEM nor a JWK"),
                arguments(pem("PUBLIC KEY", rsa.getPublic()), null, "is a public key"),
                arguments(pem("CERTIFICATE", rsa.getPublic()), null, "is a public key"),
                arguments(pem("RSA PRIVATE KEY", rsa.getPrivate()), null, "PKCS #8"),
                arguments(pem("ENCRYPTED PRIVATE KEY", rsa.getPrivate()), null, "PKCS #8"),
                arguments(pem("PRIVATE KEY", rsa.getPublic()), null, "damaged"),
                arguments("-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----", null, "damaged"),
                arguments(pem("PRIVATE KEY", pair("RSA", 1024).getPrivate()), null, "2048 bits"),
                arguments(pem("PRIVATE KEY", pair("EC", 384).getPrivate()), null, "does not sign with ES256"),
                arguments(pem("PRIVATE KEY", pair("X25519", 0).getPrivate()), null, "of a kind that is not used"),
                arguments(pem("PRIVATE KEY", rsa.getPrivate()), "ES256", "does not sign with ES256"),
                arguments(ec.toJSONString(), "RS256", "does not sign with RS256"),
                arguments(ec.toPublicJWK().toJSONString(), null, "is a public key"),
                arguments(secret.toJSONString(), null, "of a kind"),
                arguments("{\"kty\":\"RSA\"}", null, "not a JWK"),
                arguments("{", null, "not a JWK"));
    }

    @ParameterizedTest
    @MethodSource("unusable")
    void anyOtherKeyIsRefusedInWordsWithoutAnyOfIt(String text, @Nullable String asked, String words) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ClientKey.parse(text, asked))
                .satisfies(refusal -> assertThat(refusal.getMessage()).contains(words))
                .satisfies(refusal -> {
                    String body = text.replaceAll("-----[^-]+-----|\\s", "");
                    for (int i = 0; i + 16 <= Math.min(body.length(), 2000); i += 8) {
                        assertThat(refusal.getMessage()).doesNotContain(body.substring(i, i + 16));
                    }
                });
        assertThat(text.getBytes(StandardCharsets.UTF_8).length).isLessThan(1 << 16);
    }
}
