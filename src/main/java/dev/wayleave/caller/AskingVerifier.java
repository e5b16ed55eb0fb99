package dev.wayleave.caller;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Verifies tokens by asking somebody about them. Answers are remembered for seconds under a keyed hash, many requests with
 * one token ask once, and only so many ask at a time: the others are told to come again. A token that was found good lately
 * does not queue behind strangers.
 */
final class AskingVerifier implements TokenVerifier {
    private static final Logger LOG = LoggerFactory.getLogger(AskingVerifier.class);
    private static final Duration SOON = Duration.ofSeconds(1);
    private static final Duration WAIT_FOR_ANOTHER = Authority.BUDGET.plus(SOON).plus(SOON);
    private static final int HASH_KEY_BYTES = 32;

    private final Authority authority;
    private final TokenHash hash;
    private final RememberedAnswers answers;
    private final Clock clock;
    private final Lane strangers = new Lane();
    private final Lane regulars = new Lane();
    private final Map<String, CompletableFuture<Authentication>> asking = new ConcurrentHashMap<>();
    private volatile VerifierHealth health = VerifierHealth.UNTRIED;

    private AskingVerifier(Authority authority, TokenHash hash, Duration ttl, Clock clock) {
        this.authority = authority;
        this.hash = hash;
        this.answers = new RememberedAnswers(ttl, clock);
        this.clock = clock;
    }

    /** Asks the authorization server (RFC 7662). */
    static AskingVerifier introspecting(IntrospectionSettings settings, Clock clock) {
        return new AskingVerifier(new Introspection(settings, clock), hash(), RememberedAnswers.TTL, clock);
    }

    /** Asks the platform by using the token there. */
    static AskingVerifier probing(ProbeSettings settings, TokenProbe probe, Clock clock) {
        TokenHash hash = hash();
        return new AskingVerifier(new Probe(settings, probe, hash, clock), hash, settings.ttl(), clock);
    }

    private static TokenHash hash() {
        byte[] key = new byte[HASH_KEY_BYTES];
        new SecureRandom().nextBytes(key);
        return new TokenHash(key);
    }

    @Override
    public Authentication verify(List<String> authorizationHeaderValues) {
        return switch (AuthorizationHeader.read(authorizationHeaderValues)) {
            case AuthorizationHeader.Credentials.Unusable(Refusal why) -> new Authentication.Refused(why);
            case AuthorizationHeader.Credentials.Presented(BearerToken token) -> presenting(token, verify(token));
        };
    }

    @Override
    public VerifierHealth health() {
        return health;
    }

    private static Authentication presenting(BearerToken token, Authentication outcome) {
        return outcome instanceof Authentication.Verified(Caller caller)
                ? new Authentication.Verified(caller.presenting(token))
                : outcome;
    }

    private Authentication verify(BearerToken token) {
        String key = hash.of(token);
        Authentication known = answers.find(key);
        if (known != null) {
            return known;
        }
        try {
            return share(key, token, UnverifiedJwt.claims(token).orElse(null));
        } catch (RejectedTokenException e) {
            return refused(e.reason());
        } catch (RuntimeException e) {
            // Whatever a library trips over, its text may quote the token.
            return refused(Reason.FAULT);
        }
    }

    /** Asks, or waits for whoever asks about the same token already. */
    private Authentication share(String key, BearerToken token, @Nullable ObjectNode jwt) {
        CompletableFuture<Authentication> mine = new CompletableFuture<>();
        CompletableFuture<Authentication> other = asking.putIfAbsent(key, mine);
        if (other != null) {
            return await(other);
        }
        Authentication outcome = new Authentication.Unavailable(SOON);
        try {
            Authentication known = answers.find(key);
            outcome = known == null ? ask(key, token, jwt) : known;
            return outcome;
        } finally {
            asking.remove(key, mine);
            mine.complete(outcome);
        }
    }

    private static Authentication await(CompletableFuture<Authentication> other) {
        try {
            return other.get(WAIT_FOR_ANOTHER.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (TimeoutException | ExecutionException e) {
            LOG.debug("token not verified: the answer that somebody else waits for does not come");
        }
        return new Authentication.Unavailable(SOON);
    }

    private Authentication ask(String key, BearerToken token, @Nullable ObjectNode jwt) {
        Lane lane = answers.isRegular(key) ? regulars : strangers;
        if (!lane.enter()) {
            LOG.debug("token not verified: too many are asked about");
            return new Authentication.Unavailable(SOON);
        }
        Instant asked = clock.instant();
        try {
            Authority.Vouched vouched = authority.ask(token, jwt);
            heard();
            Authentication good = new Authentication.Verified(vouched.caller());
            answers.keep(key, vouched, asked);
            return good;
        } catch (RejectedTokenException e) {
            heard();
            Authentication bad = refused(e.reason());
            answers.refuse(key, bad);
            return bad;
        } catch (CannotVerifyException e) {
            notHeard(e);
            return new Authentication.Unavailable(e.retryAfter());
        } finally {
            lane.leave();
        }
    }

    private void heard() {
        if (health == VerifierHealth.UNAVAILABLE) {
            LOG.info("{} answers again", authority.name());
        }
        health = VerifierHealth.CURRENT;
    }

    private void notHeard(CannotVerifyException why) {
        if (health != VerifierHealth.UNAVAILABLE) {
            LOG.warn("{} does not say whether tokens are good: {}", authority.name(), why.getMessage());
        }
        health = VerifierHealth.UNAVAILABLE;
    }

    private static Authentication refused(Reason reason) {
        LOG.debug("token refused: {}", reason);
        return new Authentication.Refused(Refusal.INVALID);
    }
}
