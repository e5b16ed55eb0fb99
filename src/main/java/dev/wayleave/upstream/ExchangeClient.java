package dev.wayleave.upstream;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.oauth2.sdk.auth.ClientAuthentication;
import com.nimbusds.oauth2.sdk.auth.JWTAuthenticationClaimsSet;
import com.nimbusds.oauth2.sdk.auth.PrivateKeyJWT;
import com.nimbusds.oauth2.sdk.id.Audience;
import com.nimbusds.oauth2.sdk.id.ClientID;
import com.nimbusds.oauth2.sdk.id.JWTID;
import dev.wayleave.caller.ClientSecret;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Date;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Proves to an authorization server which client asks, each time anew. Renders without secrets. */
public final class ExchangeClient {
    private static final Duration ASSERTION_LIFE = Duration.ofSeconds(60);

    private final Proof proof;
    private final @Nullable String named;

    private interface Proof {
        ClientAuthentication make() throws JOSEException;
    }

    private ExchangeClient(Proof proof, @Nullable String named) {
        this.proof = proof;
        this.named = named;
    }

    /** With {@code client_secret_basic} (RFC 6749 §2.3.1). */
    public static ExchangeClient withSecret(String clientId, ClientSecret secret) {
        ClientAuthentication basic = secret.with(clientId);
        return new ExchangeClient(() -> basic, null);
    }

    /**
     * With {@code private_key_jwt} (RFC 7523 §2.2).
     *
     * @param audience whom the assertions are for: the authorization server
     * @param ids makes one that was never used
     */
    public static ExchangeClient withKey(
            String clientId, ClientKey key, URI audience, InstantSource clock, Supplier<String> ids) {
        return new ExchangeClient(
                () -> new PrivateKeyJWT(key.sign(assertion(clientId, audience, clock.instant(), ids.get())
                        .toJWTClaimsSet())),
                clientId);
    }

    ClientAuthentication authentication() throws JOSEException {
        return proof.make();
    }

    /** The {@code client_id} beside an assertion: RFC 7521 §4.2 leaves it open, and there are servers that insist on it. */
    @Nullable
    String named() {
        return named;
    }

    @SuppressWarnings("JavaUtilDate") // Nimbus takes no other
    private static JWTAuthenticationClaimsSet assertion(String clientId, URI audience, Instant now, String id) {
        return new JWTAuthenticationClaimsSet(
                new ClientID(clientId),
                new Audience(audience).toSingleAudienceList(),
                Date.from(now.plus(ASSERTION_LIFE)),
                null,
                Date.from(now),
                new JWTID(id));
    }

    @Override
    public String toString() {
        return "ExchangeClient[redacted]";
    }
}
