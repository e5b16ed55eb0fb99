package dev.wayleave.caller;

import static dev.wayleave.caller.TokenFixture.EC;
import static dev.wayleave.caller.TokenFixture.ED;
import static dev.wayleave.caller.TokenFixture.RSA;
import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KeySetTest {
    private static KeySet parse(String... jwks) throws FetchException {
        return KeySet.parse(JwksServer.set(jwks).getBytes(StandardCharsets.UTF_8));
    }

    private static CompactJws signedBy(SigningKey key, String keyId) throws RejectedTokenException {
        String header = TokenFixture.header(key.algorithm(), keyId);
        return CompactJws.parse(key.token(key.algorithm(), header, "{}"));
    }

    @Test
    void aBadKeyDoesNotSpoilTheOthers() throws Exception {
        String wellFormed = "{\"kid\":\"x\",\"kty\":";
        KeySet keys = parse(
                "1",
                "null",
                "{}",
                wellFormed + "\"RSA\"}",
                wellFormed + "\"RSA\",\"n\":\"AA\",\"e\":\"AQAB\"}",
                wellFormed + "\"RSA\",\"n\":\"*\",\"e\":\"AQAB\"}",
                wellFormed + "\"EC\",\"crv\":\"P-256\",\"x\":\"AA\",\"y\":\"AA\"}",
                wellFormed + "\"EC\",\"crv\":\"P-192\",\"x\":\"AA\",\"y\":\"AA\"}",
                wellFormed + "\"OKP\",\"crv\":\"Ed25519\",\"x\":\"AA\"}",
                wellFormed + "\"OKP\",\"crv\":\"X25519\",\"x\":\"" + SigningKey.base64(new byte[32]) + "\"}",
                wellFormed + "\"oct\",\"k\":\"AAAA\"}",
                wellFormed + "\"AKP\"}",
                EC.jwk().replace("\"kid\":\"ec-1\"", "\"kid\":7"),
                EC.jwk().replace("\"use\":\"sig\"", "\"use\":\"enc\""),
                EC.jwk().replace("\"use\":\"sig\"", "\"key_ops\":[\"sign\"]"),
                EC.jwk().replace("\"use\":\"sig\"", "\"alg\":\"ES384\""),
                SigningKey.rsa("weak", 1024).jwk(),
                RSA.jwk());

        assertThat(keys.size()).isEqualTo(1);
        assertThat(keys.ignored()).isEqualTo(17);
        assertThat(keys.verifies(signedBy(RSA, "rsa-1"))).isTrue();
    }

    @Test
    void aPointThatIsNotOnTheCurveIsNoKey() throws Exception {
        String other = SigningKey.ec("ec-1", "secp256r1").parameters();
        String foreignY = EC.jwk().replaceFirst("\"y\":\"[^\"]+\"", other.substring(other.indexOf("\"y\"")));

        assertThat(parse(foreignY).size()).isZero();
    }

    @Test
    void keysMayShareAnIdAndNoneNeedsOne() throws Exception {
        SigningKey second = SigningKey.rsa("rsa-1", 2048);
        KeySet shared = parse(RSA.jwk(), EC.jwk().replace("ec-1", "rsa-1"), second.jwk());
        assertThat(shared.verifies(signedBy(RSA, "rsa-1"))).isTrue();
        assertThat(shared.verifies(signedBy(second, "rsa-1"))).isTrue();
        assertThat(shared.verifies(signedBy(EC, "rsa-1"))).isTrue();
        assertThat(shared.verifies(signedBy(ED, "rsa-1"))).isFalse();

        KeySet nameless = parse("{" + RSA.parameters() + "}");
        String unnamed = "{\"alg\":\"RS256\",\"typ\":\"at+jwt\"}";
        assertThat(nameless.verifies(CompactJws.parse(RSA.token("RS256", unnamed, "{}"))))
                .isTrue();
        assertThat(nameless.verifies(signedBy(RSA, "rsa-1"))).isFalse();
    }

    @Test
    void atMostSixteenKeysAreTriedForOneToken() throws Exception {
        String[] jwks = new String[17];
        for (int i = 0; i < jwks.length; i++) {
            jwks[i] = "{\"kid\":\"k" + i + "\"," + (i == 16 ? RSA : TokenFixture.STRANGER).parameters() + "}";
        }
        CompactJws unnamed = CompactJws.parse(RSA.token("RS256", "{\"alg\":\"RS256\"}", "{}"));
        assertThat(parse(jwks).verifies(unnamed)).isFalse();
        assertThat(parse(jwks).verifies(signedBy(RSA, "k16"))).isTrue();
    }

    /** The table of small-order points against the curve itself: eight times each is the neutral element. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "0000000000000000000000000000000000000000000000000000000000000000",
                "0000000000000000000000000000000000000000000000000000000000000080",
                "0100000000000000000000000000000000000000000000000000000000000000",
                "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05",
                "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc85",
                "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a",
                "ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
                "edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
                "eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f"
            })
    void anEd25519KeyOfSmallOrderIsNoKey(String encoded) throws Exception {
        byte[] point = HexFormat.of().parseHex(encoded);
        assertThat(isSmallOrder(point)).isTrue();
        assertThat(parse("{\"kty\":\"OKP\",\"crv\":\"Ed25519\",\"x\":\"" + SigningKey.base64(point) + "\"}")
                        .size())
                .isZero();
    }

    /** Doubles thrice by y alone: x² follows from the curve's equation, and that is all that doubling needs. */
    private static boolean isSmallOrder(byte[] encoded) {
        BigInteger p = BigInteger.TWO.pow(255).subtract(BigInteger.valueOf(19));
        BigInteger d = BigInteger.valueOf(-121665)
                .multiply(BigInteger.valueOf(121666).modInverse(p))
                .mod(p);
        byte[] bigEndian = new byte[32];
        for (int i = 0; i < 32; i++) {
            bigEndian[i] = encoded[31 - i];
        }
        bigEndian[0] &= 0x7f;
        BigInteger y = new BigInteger(1, bigEndian).mod(p);
        for (int i = 0; i < 3; i++) {
            BigInteger yy = y.multiply(y).mod(p);
            BigInteger xx = yy.subtract(BigInteger.ONE)
                    .multiply(d.multiply(yy).add(BigInteger.ONE).modInverse(p))
                    .mod(p);
            BigInteger dxxyy = d.multiply(xx).multiply(yy).mod(p);
            y = yy.add(xx)
                    .multiply(BigInteger.ONE.subtract(dxxyy).modInverse(p))
                    .mod(p);
        }
        return y.equals(BigInteger.ONE);
    }
}
