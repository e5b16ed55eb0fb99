package dev.wayleave.upstream;

import com.fasterxml.jackson.databind.JsonNode;
import com.github.benmanes.caffeine.cache.AsyncCache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Expiry;
import com.nimbusds.jose.JOSEException;
import com.nimbusds.oauth2.sdk.Scope;
import com.nimbusds.oauth2.sdk.TokenRequest;
import com.nimbusds.oauth2.sdk.id.Audience;
import com.nimbusds.oauth2.sdk.token.BearerAccessToken;
import com.nimbusds.oauth2.sdk.token.TokenTypeURI;
import com.nimbusds.oauth2.sdk.tokenexchange.TokenExchangeGrant;
import dev.wayleave.caller.BearerToken;
import dev.wayleave.caller.Caller;
import dev.wayleave.caller.StrictJson;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Exchanges the caller's token for one that has what an operation needs and nothing else (RFC 8693), and remembers it, in
 * memory alone, until shortly before it ends. Callers who ask for the same at once share one exchange.
 */
public final class TokenExchange implements Credentials {
    private static final Logger LOG = LoggerFactory.getLogger(TokenExchange.class);

    /** In characters of tokens, each counted as this many at least. */
    private static final long MAX_WEIGHT = 16L * 1024 * 1024;

    private static final int LEAST_WEIGHT = 2048;

    /** What an authorization server may say in our audit (RFC 6749 §5.2, RFC 8693 §2.2.2). */
    private static final Set<String> ERRORS = Set.of(
            "invalid_request",
            "invalid_client",
            "invalid_grant",
            "unauthorized_client",
            "unsupported_grant_type",
            "invalid_scope",
            "invalid_target");

    private final Exchange terms;
    private final ExchangeClient client;
    private final InstantSource clock;
    private final TokenEndpoint endpoint;
    private final AsyncCache<Key, Entry> tokens;

    /** What is asked for, and by whose token: its SHA-256, in hexadecimal digits. */
    private record Key(String digest, Set<String> scopes) {}

    /** What came of an exchange, and until when that stands. */
    private record Entry(Credential credential, Instant until) {}

    public TokenExchange(Exchange terms, ExchangeClient client, InstantSource clock) {
        this.terms = terms;
        this.client = client;
        this.clock = clock;
        this.endpoint = new TokenEndpoint(terms.url());
        this.tokens = Caffeine.newBuilder()
                .ticker(() -> TimeUnit.MILLISECONDS.toNanos(clock.millis()))
                .expireAfter(Expiry.<Key, Entry>creating((key, entry) -> left(entry.until())))
                .maximumWeight(MAX_WEIGHT)
                .weigher((Key key, Entry entry) -> weight(entry))
                .executor(task -> Thread.ofVirtual().name("token-exchange").start(task))
                .buildAsync();
    }

    @Override
    public Credential of(Caller caller, Set<String> scopes, Instant deadline) {
        BearerToken token = caller.token();
        if (token == null || caller.isAnonymous()) {
            return new Credential.Refused("nobody is verified, and only a verified caller's token is exchanged");
        }
        Key key = key(token, scopes);
        CompletableFuture<Entry> entry = tokens.get(
                key,
                (wanted, executor) ->
                        CompletableFuture.supplyAsync(() -> exchange(caller, token, wanted.scopes()), executor));
        try {
            Credential credential = entry.get(TimeUnit.NANOSECONDS.convert(left(deadline)), TimeUnit.NANOSECONDS)
                    .credential();
            if (!(credential instanceof Credential.Granted)) {
                tokens.asMap().remove(key, entry);
            }
            return credential;
        } catch (TimeoutException | ExecutionException e) {
            return new Credential.Unavailable("the authorization server did not answer in time");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new Credential.Unavailable("interrupted");
        }
    }

    @Override
    public boolean refused(Caller caller, Set<String> scopes, BearerToken refused) {
        BearerToken own = caller.token();
        if (own == null) {
            return false;
        }
        Key key = key(own, scopes);
        CompletableFuture<Entry> known = tokens.getIfPresent(key);
        if (known != null
                && known.isDone()
                && known.join().credential() instanceof Credential.Granted granted
                && refused.equals(granted.token())) {
            tokens.asMap().remove(key, known);
        }
        return true;
    }

    private Key key(BearerToken token, Set<String> scopes) {
        return new Key(HexFormat.of().formatHex(token.digest()), scopes.isEmpty() ? terms.scope() : Set.copyOf(scopes));
    }

    private Entry exchange(Caller caller, BearerToken token, Set<String> asked) {
        Instant began = clock.instant();
        try {
            return endpoint.send(request(token, asked))
                    .map(response -> judge(response, new ExchangeAnswer(terms, caller, asked, began)))
                    .orElseGet(() -> passing("the authorization server gave no answer that can be read"));
        } catch (JOSEException | RuntimeException e) {
            // whatever a library trips over, its text may quote the token
            LOG.warn("a token exchange failed: {}", e.getClass().getSimpleName());
            return passing("fault");
        }
    }

    private TokenRequest request(BearerToken token, Set<String> asked) throws JOSEException {
        TokenExchangeGrant grant = new TokenExchangeGrant(
                new BearerAccessToken(token.in("subject_token")),
                TokenTypeURI.ACCESS_TOKEN,
                null,
                null,
                TokenTypeURI.ACCESS_TOKEN,
                List.of(new Audience(terms.audience())));
        TokenRequest.Builder request = new TokenRequest.Builder(terms.url(), client.authentication(), grant);
        if (client.named() != null) {
            request.customParameter("client_id", client.named());
        }
        // an empty scope counts as none (RFC 6749 §3.2)
        if (!asked.isEmpty()) {
            request.scope(new Scope(asked.stream().sorted().toArray(String[]::new)));
        }
        return request.build();
    }

    private static Entry judge(HttpResponse<byte[]> response, ExchangeAnswer answer) {
        int status = response.statusCode();
        if (status >= 500 || status == 429 || status == 408) {
            return passing("the authorization server answered " + status);
        }
        if (status != 200) {
            return refused("the authorization server answered " + status + error(response.body()));
        }
        try {
            ExchangeAnswer.Issued issued = answer.read(response.body());
            return new Entry(new Credential.Granted(issued.token()), issued.until());
        } catch (ExchangeAnswer.UnfitAnswer e) {
            return refused(e.fault().words());
        }
    }

    private static String error(byte[] body) {
        try {
            JsonNode error = StrictJson.object(body).path("error");
            return ERRORS.contains(error.asText()) ? " " + error.asText() : "";
        } catch (IOException e) {
            return "";
        }
    }

    private static Entry refused(String why) {
        LOG.debug("token exchange refused: {}", why);
        return new Entry(new Credential.Refused(why), Instant.MIN);
    }

    private static Entry passing(String why) {
        LOG.debug("token exchange failed: {}", why);
        return new Entry(new Credential.Unavailable(why), Instant.MIN);
    }

    private Duration left(Instant until) {
        Instant now = clock.instant();
        return until.isAfter(now) ? Duration.between(now, until) : Duration.ZERO;
    }

    private static int weight(Entry entry) {
        return entry.credential() instanceof Credential.Granted granted && granted.token() != null
                ? Math.max(LEAST_WEIGHT, granted.token().in("subject_token").length())
                : LEAST_WEIGHT;
    }
}
