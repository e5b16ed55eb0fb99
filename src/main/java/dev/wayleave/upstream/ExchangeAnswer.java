package dev.wayleave.upstream;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.wayleave.caller.BearerToken;
import dev.wayleave.caller.Caller;
import dev.wayleave.caller.StrictJson;
import dev.wayleave.caller.TokenClaims;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Holds a successful token response (RFC 8693 §2.2.1) against what was asked: nothing broader, for nobody else, for nowhere
 * else, not for longer. What a JWT says counts beside the response; an opaque token is taken at the response's word.
 *
 * @param began before the request was sent
 */
record ExchangeAnswer(Exchange terms, Caller caller, Set<String> asked, Instant began) {
    private static final Set<String> ISSUED_TYPES =
            Set.of("urn:ietf:params:oauth:token-type:access_token", "urn:ietf:params:oauth:token-type:jwt");
    private static final String JWT = "urn:ietf:params:oauth:token-type:jwt";
    private static final int LONGEST_TOKEN = 16 * 1024;

    /** However soon the caller's own token ends, one that is issued may live for as long as this. */
    private static final long SHORT_LIFE = 300;

    /** Nothing that is issued may live for longer, whatever the caller's token does. */
    private static final long LONGEST_LIFE = Duration.ofDays(31).toSeconds();

    private static final long SKEW = 30;

    /** Tokens are renewed this long before they end, or at half of their life where that is shorter. */
    private static final long MARGIN = 30;

    /** A token that may be sent, and until when; not to be kept where that is in the past. */
    record Issued(BearerToken token, Instant until) {}

    Issued read(byte[] body) throws UnfitAnswer {
        ObjectNode answer = object(body);
        String issuedType = answer.path("issued_token_type").asText("");
        unless(ISSUED_TYPES.contains(issuedType), ExchangeFault.ISSUED_TYPE);
        unless("Bearer".equalsIgnoreCase(answer.path("token_type").textValue()), ExchangeFault.TOKEN_TYPE);
        unless(!answer.has("authorization_details"), ExchangeFault.BOUND);
        BearerToken token = token(answer);
        boolean told = checkScope(answer);
        long now = began.getEpochSecond();
        long end = now + expiresIn(answer);
        if (TokenClaims.mayBeIn(token) || issuedType.equals(JWT)) {
            end = Math.min(end, check(claims(token)));
        } else {
            unless(told || !asked.isEmpty(), ExchangeFault.UNPROVEN_SCOPE);
        }
        return new Issued(token, end == Long.MAX_VALUE ? began : usable(now, end));
    }

    private static ObjectNode object(byte[] body) throws UnfitAnswer {
        try {
            return StrictJson.object(body);
        } catch (IOException e) {
            throw new UnfitAnswer(ExchangeFault.NOT_JSON);
        }
    }

    private BearerToken token(ObjectNode answer) throws UnfitAnswer {
        String text = answer.path("access_token").textValue();
        unless(text != null && text.length() <= LONGEST_TOKEN, ExchangeFault.TOKEN);
        try {
            BearerToken token = BearerToken.of(String.valueOf(text));
            unless(!token.equals(caller.token()), ExchangeFault.SAME);
            return token;
        } catch (IllegalArgumentException e) {
            throw new UnfitAnswer(ExchangeFault.TOKEN);
        }
    }

    /** Whether the response says which scopes the token has; where it says nothing they are those that were asked for. */
    private boolean checkScope(ObjectNode answer) throws UnfitAnswer {
        JsonNode scope = answer.get("scope");
        if (scope == null || scope.isNull()) {
            return false;
        }
        unless(scope.isTextual(), ExchangeFault.SCOPE);
        for (String one : scope.textValue().split(" ", -1)) {
            unless(one.isEmpty() || asked.contains(one), ExchangeFault.SCOPE);
        }
        return true;
    }

    /** In seconds; what is not told is without end. */
    private long expiresIn(ObjectNode answer) throws UnfitAnswer {
        JsonNode seconds = answer.get("expires_in");
        if (seconds == null || seconds.isNull()) {
            return Long.MAX_VALUE - began.getEpochSecond();
        }
        unless(seconds.isIntegralNumber() && seconds.canConvertToLong(), ExchangeFault.LIFE);
        unless(seconds.longValue() > 0 && seconds.longValue() <= longestLife(), ExchangeFault.LIFE);
        return seconds.longValue();
    }

    private TokenClaims claims(BearerToken token) throws UnfitAnswer {
        Optional<TokenClaims> claims = TokenClaims.read(token, terms.scopeClaims());
        return claims.orElseThrow(() -> new UnfitAnswer(ExchangeFault.JWT));
    }

    /** When it ends, in seconds since 1970. */
    private long check(TokenClaims claims) throws UnfitAnswer {
        unless(claims.sparse(), ExchangeFault.BOUND);
        unless(caller.subject().equals(claims.subject()), ExchangeFault.SUBJECT);
        unless(claims.audience().equals(Set.of(terms.audience())), ExchangeFault.AUDIENCE);
        unless(asked.containsAll(claims.scopes()), ExchangeFault.SCOPE);
        Instant expires = claims.expires();
        if (expires == null) {
            throw new UnfitAnswer(ExchangeFault.LIFE);
        }
        long life = expires.getEpochSecond() - began.getEpochSecond();
        unless(life > 0 && life <= longestLife(), ExchangeFault.LIFE);
        return expires.getEpochSecond();
    }

    /** In seconds: as long as the caller's token was made for, or as it still has where nobody says when it was made. */
    private long longestLife() {
        long from = caller.claims().get("iat") instanceof Number made ? made.longValue() : began.getEpochSecond();
        return Math.clamp(caller.expires().getEpochSecond() - from, SHORT_LIFE, LONGEST_LIFE) + SKEW;
    }

    private Instant usable(long now, long end) {
        long life = end - now;
        Instant until = Instant.ofEpochSecond(end - Math.min(MARGIN, life / 2));
        return List.of(until, caller.expires()).stream().min(Instant::compareTo).orElseThrow();
    }

    private static void unless(boolean condition, ExchangeFault fault) throws UnfitAnswer {
        if (!condition) {
            throw new UnfitAnswer(fault);
        }
    }

    /** An answer is not used. Has no cause and no stack, and never leaves the package. */
    static final class UnfitAnswer extends Exception {
        private static final long serialVersionUID = 1L;
        private final ExchangeFault fault;

        UnfitAnswer(ExchangeFault fault) {
            super(null, null, false, false);
            this.fault = fault;
        }

        ExchangeFault fault() {
            return fault;
        }
    }
}
