package dev.wayleave.sandbox;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.nimbusds.oauth2.sdk.pkce.CodeChallenge;
import com.nimbusds.oauth2.sdk.pkce.CodeChallengeMethod;
import com.nimbusds.oauth2.sdk.pkce.CodeVerifier;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/** Authorization codes: each for one minute, one use and the one client that can show the verifier. */
final class AuthorizationCodes {
    private static final Duration LIFETIME = Duration.ofSeconds(60);

    private final Cache<String, Issued> codes = Caffeine.newBuilder()
            .maximumSize(1_000)
            .expireAfterWrite(Duration.ofMinutes(10))
            .build();
    private final Grants grants;
    private final Randomness randomness;
    private final Clock clock;

    AuthorizationCodes(Grants grants, Randomness randomness, Clock clock) {
        this.grants = grants;
        this.randomness = randomness;
        this.clock = clock;
    }

    private record Issued(Grant grant, String redirectUri, String challenge, Instant expires, AtomicBoolean used) {}

    String issue(Grant grant, String redirectUri, String challenge) {
        String code = randomness.secret();
        Instant expires = clock.instant().plus(LIFETIME);
        codes.put(code, new Issued(grant, redirectUri, challenge, expires, new AtomicBoolean()));
        return code;
    }

    /**
     * What the code was given for. Whatever is wrong with the attempt, the code is spent; a second attempt also ends what the
     * first one was given (RFC 6749 §4.1.2).
     */
    Grant redeem(String code, String client, @Nullable String redirectUri, @Nullable String verifier) {
        Issued issued = codes.getIfPresent(code);
        if (issued == null) {
            throw invalid("the code is not known");
        }
        if (!issued.used().compareAndSet(false, true)) {
            grants.revoke(issued.grant().id());
            throw invalid("the code was used before");
        }
        if (!clock.instant().isBefore(issued.expires())) {
            throw invalid("the code has expired");
        }
        if (!issued.grant().client().equals(client) || !issued.redirectUri().equals(redirectUri)) {
            throw invalid("the code was given to another client or redirect_uri");
        }
        if (!issued.challenge().equals(challenge(verifier))) {
            throw invalid("the code_verifier does not belong to the code");
        }
        return issued.grant();
    }

    private static String challenge(@Nullable String verifier) {
        if (verifier == null) {
            throw new OAuthError("invalid_request", "code_verifier is required");
        }
        try {
            return CodeChallenge.compute(CodeChallengeMethod.S256, new CodeVerifier(verifier))
                    .getValue();
        } catch (IllegalArgumentException e) {
            throw invalid("the code_verifier is not formed as RFC 7636 has it");
        }
    }

    private static OAuthError invalid(String description) {
        return new OAuthError("invalid_grant", description);
    }
}
