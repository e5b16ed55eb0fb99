package dev.wayleave.caller;

import static dev.wayleave.caller.RejectedTokenException.unless;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Holds claims against the rules (RFC 9068 §4, RFC 7519 §4.1). Proves nothing unless somebody vouches for them. */
final class ClaimsVerifier {
    private final ClaimRules rules;
    private final String authority;
    private final @Nullable String issuer;
    private final boolean alone;
    private final ScopeClaim scopes;
    private final Clock clock;

    private ClaimsVerifier(ClaimRules rules, String authority, @Nullable String issuer, boolean alone, Clock clock) {
        this.rules = rules;
        this.authority = authority;
        this.issuer = issuer;
        this.alone = alone;
        this.scopes = new ScopeClaim(rules.scopeClaim());
        this.clock = clock;
    }

    /** For what a token says of itself: it must name its issuer, its subject and its end. */
    static ClaimsVerifier ofTokens(String issuer, ClaimRules rules, Clock clock) {
        return new ClaimsVerifier(rules, issuer, issuer, true, clock);
    }

    /**
     * For what an authority says of a token that it was just asked about: what it does not say is not held against the
     * token, except the audience.
     *
     * @param authority who vouches for the subjects, in place of an issuer that is not configured
     * @param issuer the exact {@code iss} where there is one; null for any
     */
    static ClaimsVerifier ofAnswers(String authority, @Nullable String issuer, ClaimRules rules, Clock clock) {
        return new ClaimsVerifier(rules, issuer == null ? authority : issuer, issuer, false, clock);
    }

    /** The caller that the claims describe, yet without the token. */
    Caller verify(ObjectNode claims) throws RejectedTokenException {
        return verify(claims, null);
    }

    /** As {@link #verify(ObjectNode)}, with a subject for claims that have none. */
    Caller verify(ObjectNode claims, @Nullable String otherwise) throws RejectedTokenException {
        checkIssuer(claims);
        checkAudience(claims);
        Instant expires = checkTimes(claims);
        // A token bound to a key (RFC 7800, DPoP, mutual TLS) is worth nothing without the proof, which we do not take.
        unless(!claims.has("cnf"), Reason.SENDER_CONSTRAINED);
        String named = text(claims, "sub", Reason.SUBJECT);
        String subject = named == null ? otherwise : named;
        if (subject == null || subject.isBlank()) {
            throw new RejectedTokenException(Reason.SUBJECT);
        }
        String clientId = text(claims, "client_id", Reason.CLIENT_ID);
        checkRequired(claims);
        return new Caller(
                authority,
                subject,
                clientId == null ? text(claims, "azp", Reason.CLIENT_ID) : clientId,
                scopes.read(claims),
                StrictJson.values(claims),
                expires,
                null);
    }

    /** Whether a caller's token is still good. */
    boolean isCurrent(Caller caller) {
        return clock.instant().minus(rules.clockSkew()).isBefore(caller.expires());
    }

    private void checkIssuer(ObjectNode claims) throws RejectedTokenException {
        String found = text(claims, "iss", Reason.ISSUER);
        unless(found == null ? !alone : issuer == null || issuer.equals(found), Reason.ISSUER);
    }

    private void checkAudience(ObjectNode claims) throws RejectedTokenException {
        if (rules.audience().isEmpty()) {
            return;
        }
        JsonNode claim = claims.get("aud");
        List<JsonNode> nodes = new ArrayList<>();
        if (claim != null && claim.isArray()) {
            claim.forEach(nodes::add);
        } else if (claim != null) {
            nodes.add(claim);
        }
        Set<String> audience = new HashSet<>();
        for (JsonNode node : nodes) {
            unless(node.isTextual(), Reason.AUDIENCE);
            audience.add(node.textValue());
        }
        Set<String> expected = Set.copyOf(rules.audience());
        unless(audience.containsAll(expected), Reason.AUDIENCE);
        unless(!rules.audienceExclusive() || audience.equals(expected), Reason.AUDIENCE);
    }

    private Instant checkTimes(ObjectNode claims) throws RejectedTokenException {
        Instant now = clock.instant();
        Duration skew = rules.clockSkew();
        Instant expires = NumericDate.read(claims.get("exp"), Reason.EXPIRES);
        Instant notBefore = NumericDate.read(claims.get("nbf"), Reason.NOT_BEFORE);
        Instant issuedAt = NumericDate.read(claims.get("iat"), Reason.ISSUED_AT);
        unless(expires == null ? !alone : now.isBefore(expires.plus(skew)), Reason.EXPIRES);
        unless(notBefore == null || !notBefore.isAfter(now.plus(skew)), Reason.NOT_BEFORE);
        unless(issuedAt == null || !issuedAt.isAfter(now.plus(skew)), Reason.ISSUED_AT);
        Duration maxAge = rules.maxAge();
        unless(
                maxAge == null || (expires != null && issuedAt != null && !expires.isAfter(issuedAt.plus(maxAge))),
                Reason.MAX_AGE);
        return expires == null ? Instant.MAX : expires;
    }

    private void checkRequired(ObjectNode claims) throws RejectedTokenException {
        List<List<String>> alternatives = rules.requireClaims();
        boolean satisfied = alternatives.isEmpty()
                || alternatives.stream()
                        .anyMatch(names -> names.stream().allMatch(name -> isPresent(ClaimPath.find(claims, name))));
        unless(satisfied, Reason.REQUIRED_CLAIMS);
    }

    private static boolean isPresent(@Nullable JsonNode claim) {
        if (claim == null || claim.isNull()) {
            return false;
        }
        return claim.isTextual() ? !claim.textValue().isBlank() : claim.isValueNode() || !claim.isEmpty();
    }

    /**
     * A string of whole characters without controls, so that it reads the same in a header, a log and a key. Platforms
     * that number their users are let to, where they answer for it.
     */
    private @Nullable String text(ObjectNode claims, String name, Reason reason) throws RejectedTokenException {
        JsonNode claim = claims.get(name);
        if (claim == null || claim.isNull()) {
            return null;
        }
        if (!alone && claim.isIntegralNumber()) {
            return claim.asText();
        }
        unless(claim.isTextual(), reason);
        String text = claim.textValue();
        unless(text.codePoints().noneMatch(c -> Character.isISOControl(c) || isSurrogate(c)), reason);
        return text;
    }

    private static boolean isSurrogate(int codePoint) {
        return codePoint >= Character.MIN_SURROGATE && codePoint <= Character.MAX_SURROGATE;
    }
}
