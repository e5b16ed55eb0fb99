package dev.wayleave.upstream;

import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads a private key in PKCS #8, bare or as PEM (RFC 7468 §10), without the library that Nimbus would need for it. */
final class Pkcs8 {
    private static final Pattern PEM = Pattern.compile("-----BEGIN ([A-Z0-9 ]{1,40})-----([^-]*)-----END \\1-----");
    private static final List<String> KINDS = List.of("RSA", "EC", "Ed25519");

    private Pkcs8() {}

    /** @throws IllegalArgumentException with what is wrong, in words that complete "the key …" */
    static PrivateKey read(String text) {
        Matcher pem = PEM.matcher(text);
        if (!pem.find()) {
            throw new IllegalArgumentException("is neither PEM nor a JWK; a file is named with file: in front of it");
        }
        String label = pem.group(1);
        if (label.equals("PUBLIC KEY") || label.equals("RSA PUBLIC KEY") || label.equals("CERTIFICATE")) {
            throw new IllegalArgumentException("is a public key; the private one is needed");
        }
        if (!label.equals("PRIVATE KEY")) {
            throw new IllegalArgumentException("is not in PKCS #8; `openssl pkcs8 -topk8 -nocrypt` makes it so");
        }
        try {
            return decode(Base64.getMimeDecoder().decode(pem.group(2)));
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("is damaged, or of a kind that is not used here", e);
        }
    }

    static PrivateKey decode(byte[] pkcs8) {
        for (String kind : KINDS) {
            try {
                return KeyFactory.getInstance(kind).generatePrivate(new PKCS8EncodedKeySpec(pkcs8));
            } catch (GeneralSecurityException e) {
                // of another kind
            }
        }
        throw new IllegalArgumentException("is of a kind that is not used here");
    }
}
