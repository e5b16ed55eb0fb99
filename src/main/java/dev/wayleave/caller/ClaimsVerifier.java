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

/** Holds a token's claims against the settings (RFC 9068 §4, RFC 7519 §4.1). Proves nothing without the signature. */
final class ClaimsVerifier {
    private final JwtSettings settings;
    private final ScopeClaim scopes;
    private final Clock clock;

    ClaimsVerifier(JwtSettings settings, Clock clock) {
        this.settings = settings;
        this.scopes = new ScopeClaim(settings.scopeClaim());
        this.clock = clock;
    }

    /** The caller that the claims describe, yet without the token. */
    Caller verify(ObjectNode claims) throws RejectedTokenException {
        unless(settings.issuer().equals(text(claims, "iss", Reason.ISSUER)), Reason.ISSUER);
        checkAudience(claims);
        Instant expires = checkTimes(claims);
        // A token bound to a key (RFC 7800, DPoP, mutual TLS) is worth nothing without the proof, which we do not take.
        unless(!claims.has("cnf"), Reason.SENDER_CONSTRAINED);
        String subject = text(claims, "sub", Reason.SUBJECT);
        if (subject == null || subject.isBlank()) {
            throw new RejectedTokenException(Reason.SUBJECT);
        }
        String clientId = text(claims, "client_id", Reason.CLIENT_ID);
        checkRequired(claims);
        return new Caller(
                settings.issuer(),
                subject,
                clientId == null ? text(claims, "azp", Reason.CLIENT_ID) : clientId,
                scopes.read(claims),
                StrictJson.values(claims),
                expires,
                null);
    }

    /** Whether a caller's token is still good. */
    boolean isCurrent(Caller caller) {
        return clock.instant().isBefore(caller.expires().plus(settings.clockSkew()));
    }

    private void checkAudience(ObjectNode claims) throws RejectedTokenException {
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
        Set<String> expected = Set.copyOf(settings.audience());
        unless(audience.containsAll(expected), Reason.AUDIENCE);
        unless(!settings.audienceExclusive() || audience.equals(expected), Reason.AUDIENCE);
    }

    private Instant checkTimes(ObjectNode claims) throws RejectedTokenException {
        Instant now = clock.instant();
        Duration skew = settings.clockSkew();
        Instant expires = NumericDate.read(claims.get("exp"), Reason.EXPIRES);
        Instant notBefore = NumericDate.read(claims.get("nbf"), Reason.NOT_BEFORE);
        Instant issuedAt = NumericDate.read(claims.get("iat"), Reason.ISSUED_AT);
        if (expires == null) {
            throw new RejectedTokenException(Reason.EXPIRES);
        }
        unless(now.isBefore(expires.plus(skew)), Reason.EXPIRES);
        unless(notBefore == null || !notBefore.isAfter(now.plus(skew)), Reason.NOT_BEFORE);
        unless(issuedAt == null || !issuedAt.isAfter(now.plus(skew)), Reason.ISSUED_AT);
        Duration maxAge = settings.maxAge();
        unless(maxAge == null || (issuedAt != null && !expires.isAfter(issuedAt.plus(maxAge))), Reason.MAX_AGE);
        return expires;
    }

    private void checkRequired(ObjectNode claims) throws RejectedTokenException {
        List<List<String>> alternatives = settings.requireClaims();
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

    /** A string of whole characters without controls, so that it reads the same in a header, a log and a key. */
    private static @Nullable String text(ObjectNode claims, String name, Reason reason) throws RejectedTokenException {
        JsonNode claim = claims.get(name);
        if (claim == null || claim.isNull()) {
            return null;
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
