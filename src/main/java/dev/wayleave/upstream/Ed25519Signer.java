package dev.wayleave.upstream;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSSigner;
import com.nimbusds.jose.crypto.impl.BaseJWSProvider;
import com.nimbusds.jose.util.Base64URL;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.Signature;
import java.util.Set;

/** Ed25519 (RFC 8037) by the JDK; Nimbus has a signer of its own, but that one needs Tink. */
final class Ed25519Signer extends BaseJWSProvider implements JWSSigner {
    private final PrivateKey key;

    Ed25519Signer(PrivateKey key) {
        super(Set.of(JWSAlgorithm.EdDSA));
        this.key = key;
    }

    @Override
    public Base64URL sign(JWSHeader header, byte[] signingInput) throws JOSEException {
        try {
            Signature ed25519 = Signature.getInstance("Ed25519");
            ed25519.initSign(key);
            ed25519.update(signingInput);
            return Base64URL.encode(ed25519.sign());
        } catch (GeneralSecurityException e) {
            throw new JOSEException("Ed25519", e);
        }
    }
}
