package dev.wayleave.caller;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PublicKey;
import java.security.Signature;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.MGF1ParameterSpec;
import java.security.spec.PSSParameterSpec;
import java.util.Arrays;
import java.util.Base64;

/** A key pair that signs whatever header and payload it is told to, by the JDK and without a JOSE library's scruples. */
record SigningKey(String id, KeyPair pair) {
    static SigningKey rsa(String id, int bits) {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
            generator.initialize(bits);
            return new SigningKey(id, generator.generateKeyPair());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    static SigningKey ec(String id, String curve) {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec(curve));
            return new SigningKey(id, generator.generateKeyPair());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    static SigningKey ed25519(String id) {
        try {
            return new SigningKey(id, KeyPairGenerator.getInstance("Ed25519").generateKeyPair());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** A whole token. */
    String token(String algorithm, String header, String payload) {
        String input = base64(header) + "." + base64(payload);
        return input + "." + base64(signature(algorithm, input));
    }

    byte[] signature(String algorithm, String input) {
        try {
            Signature signature = Signature.getInstance(jcaName(algorithm));
            if (algorithm.startsWith("PS")) {
                int bits = Integer.parseInt(algorithm.substring(2));
                signature.setParameter(
                        new PSSParameterSpec("SHA-" + bits, "MGF1", new MGF1ParameterSpec("SHA-" + bits), bits / 8, 1));
            }
            signature.initSign(pair.getPrivate());
            signature.update(input.getBytes(StandardCharsets.US_ASCII));
            return signature.sign();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String jcaName(String algorithm) {
        String digest = "SHA" + algorithm.replaceAll("\\D", "");
        return switch (algorithm.substring(0, 2)) {
            case "RS" -> digest + "withRSA";
            case "PS" -> "RSASSA-PSS";
            case "ES" -> digest + "withECDSAinP1363Format";
            case "DE" -> digest + "withECDSA";
            default -> "Ed25519";
        };
    }

    /** The one that is natural to the key. */
    String algorithm() {
        return switch (pair.getPublic().getAlgorithm()) {
            case "RSA" -> "RS256";
            case "EC" -> "ES256";
            default -> "EdDSA";
        };
    }

    /** As a JWK Set shows it. */
    String jwk() {
        return "{\"kid\":\"" + id + "\",\"use\":\"sig\"," + parameters() + "}";
    }

    /** The key alone, in the members of a JWK. */
    String parameters() {
        PublicKey key = pair.getPublic();
        if (key instanceof RSAPublicKey rsa) {
            return "\"kty\":\"RSA\",\"n\":\"%s\",\"e\":\"%s\""
                    .formatted(base64(unsigned(rsa.getModulus())), base64(unsigned(rsa.getPublicExponent())));
        }
        if (key instanceof ECPublicKey ec) {
            int bits = ec.getParams().getCurve().getField().getFieldSize();
            return "\"kty\":\"EC\",\"crv\":\"P-%d\",\"x\":\"%s\",\"y\":\"%s\""
                    .formatted(
                            bits,
                            base64(padded(ec.getW().getAffineX(), bits)),
                            base64(padded(ec.getW().getAffineY(), bits)));
        }
        byte[] spki = key.getEncoded();
        byte[] x = Arrays.copyOfRange(spki, spki.length - 32, spki.length);
        return "\"kty\":\"OKP\",\"crv\":\"Ed25519\",\"x\":\"" + base64(x) + "\"";
    }

    static String base64(String text) {
        return base64(text.getBytes(StandardCharsets.UTF_8));
    }

    static String base64(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    static byte[] unsigned(BigInteger number) {
        byte[] bytes = number.toByteArray();
        return bytes[0] == 0 && bytes.length > 1 ? Arrays.copyOfRange(bytes, 1, bytes.length) : bytes;
    }

    private static byte[] padded(BigInteger number, int bits) {
        byte[] bytes = unsigned(number);
        byte[] padded = new byte[(bits + 7) / 8];
        System.arraycopy(bytes, 0, padded, padded.length - bytes.length, bytes.length);
        return padded;
    }
}
