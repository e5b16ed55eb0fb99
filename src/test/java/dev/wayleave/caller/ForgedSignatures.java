package dev.wayleave.caller;

import static dev.wayleave.caller.SigningKey.base64;
import static dev.wayleave.caller.TokenFixture.EC;
import static dev.wayleave.caller.TokenFixture.ED;
import static dev.wayleave.caller.TokenFixture.RSA;
import static dev.wayleave.caller.TokenFixture.STRANGER;
import static dev.wayleave.caller.TokenFixture.header;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Tokens whose signature, or the key it is by, is not what it should be. */
final class ForgedSignatures {
    static final SigningKey WEAK = SigningKey.rsa("weak", 1024);
    static final SigningKey EC384 = SigningKey.ec("ec-384", "secp384r1");
    static final SigningKey ENCRYPTION = SigningKey.rsa("enc", 2048);
    static final SigningKey RS256_ONLY = SigningKey.rsa("rs256-only", 2048);
    static final byte[] SECRET = "a shared secret of thirty-two by".getBytes(StandardCharsets.US_ASCII);

    private ForgedSignatures() {}

    /** The set that the issuer publishes: three good keys, and those that must not count. */
    static String jwks() {
        byte[] identity = new byte[32];
        identity[0] = 1;
        return JwksServer.set(
                RSA.jwk(),
                EC.jwk(),
                ED.jwk(),
                WEAK.jwk(),
                EC384.jwk(),
                "{\"kid\":\"enc\",\"use\":\"enc\"," + ENCRYPTION.parameters() + "}",
                "{\"kid\":\"rs256-only\",\"alg\":\"RS256\"," + RS256_ONLY.parameters() + "}",
                "{\"kid\":\"oct\",\"kty\":\"oct\",\"k\":\"" + base64(SECRET) + "\"}",
                "{\"kid\":\"small\",\"kty\":\"OKP\",\"crv\":\"Ed25519\",\"x\":\"" + base64(identity) + "\"}",
                "{\"kid\":\"e1\",\"kty\":\"RSA\",\"e\":\"AQ\",\"n\":\"" + base64(modulus()) + "\"}");
    }

    static void addTo(ForgedTokens corpus) {
        withoutKey(corpus);
        withPublicKeyAsSecret(corpus);
        withOtherAlgorithms(corpus);
        withOtherKeys(corpus);
        withDamage(corpus);
        withCraftedNumbers(corpus);
    }

    private static void withoutKey(ForgedTokens corpus) {
        String honest = corpus.honest(RSA, "RS256");
        String signature = honest.substring(honest.lastIndexOf('.') + 1);
        for (String none : new String[] {"none", "nOnE", "NONE", "None"}) {
            String input = base64(header(none, "rsa-1")) + "." + base64(corpus.payload());
            corpus.add("alg none without signature", input + ".");
            corpus.add("alg none without last dot", input);
            corpus.add("alg none with signature", input + "." + signature, input + ".AA");
            corpus.add(
                    "alg none, bare",
                    base64("{\"alg\":\"" + none + "\"}") + "." + base64(corpus.payload()) + ".",
                    base64("{\"alg\":\"" + none + "\",\"typ\":\"JWT\"}") + "." + base64(corpus.payload()) + ".");
        }
    }

    private static void withPublicKeyAsSecret(ForgedTokens corpus) {
        byte[] der = RSA.pair().getPublic().getEncoded();
        String pem = "-----BEGIN PUBLIC KEY-----\n"
                + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der) + "\n-----END PUBLIC KEY-----";
        corpus.add(
                "HS256 by the PEM",
                hmac(corpus, "rsa-1", pem.getBytes(StandardCharsets.US_ASCII)),
                hmac(corpus, "rsa-1", (pem + "\n").getBytes(StandardCharsets.US_ASCII)));
        corpus.add("HS256 by the DER", hmac(corpus, "rsa-1", der));
        corpus.add("HS256 by the modulus", hmac(corpus, "rsa-1", modulus()));
        corpus.add("HS256 by the JWK", hmac(corpus, "rsa-1", RSA.jwk().getBytes(StandardCharsets.US_ASCII)));
        corpus.add("HS256 by a zero byte", hmac(corpus, "../../../../dev/null", new byte[1]));
        corpus.add("HS256 by a published secret", hmac(corpus, "oct", SECRET));
    }

    private static void withOtherAlgorithms(ForgedTokens corpus) {
        for (String algorithm : new String[] {"RS384", "RS512", "PS384", "PS512"}) {
            corpus.add("algorithm not allowed", TokenFixture.token(RSA, algorithm, corpus.payload()));
        }
        corpus.add("ES384 not allowed", TokenFixture.token(EC384, "ES384", corpus.payload()));
        corpus.add("Ed25519 by its new name not allowed", TokenFixture.token(ED, "Ed25519", corpus.payload()));
        corpus.add("PS256 signature under RS256", RSA.token("PS256", header("RS256", "rsa-1"), corpus.payload()));
        corpus.add("RS256 signature under PS256", RSA.token("RS256", header("PS256", "rsa-1"), corpus.payload()));
        corpus.add("RS512 signature under RS256", RSA.token("RS512", header("RS256", "rsa-1"), corpus.payload()));
        corpus.add("PS256 by a key for RS256", TokenFixture.token(RS256_ONLY, "PS256", corpus.payload()));
        corpus.add("ES256 naming an RSA key", EC.token("ES256", header("ES256", "rsa-1"), corpus.payload()));
        corpus.add("RS256 naming an EC key", RSA.token("RS256", header("RS256", "ec-1"), corpus.payload()));
        corpus.add("EdDSA naming an EC key", ED.token("EdDSA", header("EdDSA", "ec-1"), corpus.payload()));
        corpus.add("ES256 by a P-384 key", EC384.token("ES256", header("ES256", "ec-384"), corpus.payload()));
        for (String algorithm :
                new String[] {"rs256", "RS256 ", "Rs256", "RSA", "SHA256withRSA", "ES256K", "EdDSA", ""}) {
            corpus.addHeaders("algorithm misspelt", header(algorithm, "rsa-1"));
        }
    }

    private static void withOtherKeys(ForgedTokens corpus) {
        corpus.add("a stranger's key", TokenFixture.token(STRANGER, "RS256", corpus.payload()));
        corpus.add(
                "a stranger's key, unnamed",
                STRANGER.token("RS256", "{\"alg\":\"RS256\",\"typ\":\"at+jwt\"}", corpus.payload()));
        corpus.add("a weak key", TokenFixture.token(WEAK, "RS256", corpus.payload()));
        corpus.add(
                "a weak key, unnamed", WEAK.token("RS256", "{\"alg\":\"RS256\",\"typ\":\"at+jwt\"}", corpus.payload()));
        corpus.add("a key for encryption", TokenFixture.token(ENCRYPTION, "RS256", corpus.payload()));
    }

    private static void withDamage(ForgedTokens corpus) {
        String other = corpus.with("sub", "\"mallory\"");
        for (SigningKey key : new SigningKey[] {RSA, EC, ED}) {
            String algorithm = key.algorithm();
            String[] parts = corpus.honest(key, algorithm).split("\\.", -1);
            String input = parts[0] + "." + parts[1] + ".";
            byte[] signature = Base64.getUrlDecoder().decode(parts[2]);
            corpus.add("signature of another payload", parts[0] + "." + base64(other) + "." + parts[2]);
            corpus.add("signature missing", input);
            corpus.add(
                    "signature cut",
                    input + parts[2].substring(0, parts[2].length() / 2),
                    input + base64(Arrays.copyOf(signature, signature.length - 1)),
                    input + base64(Arrays.copyOfRange(signature, 1, signature.length)));
            corpus.add("signature with a byte more", input + base64(Arrays.copyOf(signature, signature.length + 1)));
            corpus.add("signature after a zero", input + base64(concat(new byte[1], signature)));
            corpus.add("signature twice", input + base64(concat(signature, signature)));
            corpus.add("signature of the payload alone", input + base64(key.signature(algorithm, parts[1])));
            corpus.add(
                    "signature of the decoded text",
                    input + base64(key.signature(algorithm, header(algorithm, key.id()) + "." + corpus.payload())));
            corpus.add("signature all zero", input + base64(new byte[signature.length]));
            byte[] ones = new byte[signature.length];
            Arrays.fill(ones, (byte) 0xff);
            corpus.add("signature all ones", input + base64(ones));
        }
    }

    private static void withCraftedNumbers(ForgedTokens corpus) {
        String ec = base64(header("ES256", "ec-1")) + "." + base64(corpus.payload());
        corpus.add("ES256 in DER", ec + "." + base64(EC.signature("DER256", ec)));
        byte[] order = SigningKey.unsigned(
                ((ECPublicKey) EC.pair().getPublic()).getParams().getOrder());
        byte[] one = new byte[32];
        one[31] = 1;
        corpus.add(
                "ES256 with r or s zero",
                ec + "." + base64(concat(one, new byte[32])),
                ec + "." + base64(concat(new byte[32], one)));
        corpus.add("ES256 with r and s the order", ec + "." + base64(concat(order, order)));
        corpus.add("ES256 with r and s one", ec + "." + base64(concat(one, one)));

        String ed = base64(header("EdDSA", "ed-1")) + "." + base64(corpus.payload());
        byte[] identity = new byte[64];
        identity[0] = 1;
        corpus.add("EdDSA with R the identity", ed + "." + base64(identity));
        corpus.add("EdDSA with S too large", ed + "." + base64(addGroupOrder(ED.signature("EdDSA", ed))));
        String small = base64(header("EdDSA", "small")) + "." + base64(corpus.payload());
        corpus.add("EdDSA by a key of small order", small + "." + base64(identity));

        String e1 = base64(header("RS256", "e1")) + "." + base64(corpus.payload());
        corpus.add("RSA with exponent one", e1 + "." + base64(paddedDigest(e1)));
        byte[] rsaOne = new byte[256];
        rsaOne[255] = 1;
        corpus.add(
                "RSA signature one",
                base64(header("RS256", "rsa-1")) + "." + base64(corpus.payload()) + "." + base64(rsaOne));
    }

    private static byte[] addGroupOrder(byte[] signature) {
        byte[] bigEndian = new byte[32];
        for (int i = 0; i < 32; i++) {
            bigEndian[i] = signature[63 - i];
        }
        BigInteger order = BigInteger.ONE.shiftLeft(252).add(new BigInteger("27742317777372353535851937790883648493"));
        byte[] sum = new BigInteger(1, bigEndian).add(order).toByteArray();
        byte[] result = signature.clone();
        for (int i = 0; i < 32; i++) {
            result[32 + i] = i < sum.length ? sum[sum.length - 1 - i] : 0;
        }
        return result;
    }

    /** EMSA-PKCS1-v1_5 of SHA-256: with an exponent of one it is its own signature. */
    private static byte[] paddedDigest(String input) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(input.getBytes(StandardCharsets.US_ASCII));
            byte[] info = concat(HexFormat.of().parseHex("3031300d060960864801650304020105000420"), digest);
            byte[] padded = new byte[256];
            Arrays.fill(padded, (byte) 0xff);
            padded[0] = 0;
            padded[1] = 1;
            padded[255 - info.length] = 0;
            System.arraycopy(info, 0, padded, 256 - info.length, info.length);
            return padded;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String hmac(ForgedTokens corpus, String keyId, byte[] secret) {
        try {
            String input = base64(header("HS256", keyId)) + "." + base64(corpus.payload());
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(secret, "HmacSHA256"));
            return input + "." + base64(mac.doFinal(input.getBytes(StandardCharsets.US_ASCII)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static byte[] modulus() {
        return SigningKey.unsigned(((RSAPublicKey) RSA.pair().getPublic()).getModulus());
    }

    private static byte[] concat(byte[] left, byte[] right) {
        byte[] both = Arrays.copyOf(left, left.length + right.length);
        System.arraycopy(right, 0, both, left.length, right.length);
        return both;
    }
}
