package dev.wayleave.caller;

import java.util.List;

/** Reads the one {@code Authorization} field line that a request may have (RFC 9110 §11.6.2, RFC 6750 §2.1). */
final class AuthorizationHeader {
    private static final String SCHEME = "Bearer ";
    private static final String BOUND_SCHEME = "DPoP ";

    private AuthorizationHeader() {}

    /** What the field lines amount to. */
    sealed interface Credentials {
        /** One bearer token. */
        record Presented(BearerToken token) implements Credentials {}

        /** Nothing, or nothing usable. */
        record Unusable(Refusal why) implements Credentials {}
    }

    /** Takes exactly one space after the scheme, so that no two readers on the way can disagree about where the token begins. */
    static Credentials read(List<String> values) {
        if (values.isEmpty()) {
            return new Credentials.Unusable(Refusal.MISSING);
        }
        String value = values.getFirst();
        if (values.stream().anyMatch(each -> each.regionMatches(true, 0, BOUND_SCHEME, 0, BOUND_SCHEME.length()))) {
            return new Credentials.Unusable(Refusal.SENDER_CONSTRAINED);
        }
        if (values.size() > 1 || !value.regionMatches(true, 0, SCHEME, 0, SCHEME.length())) {
            return new Credentials.Unusable(Refusal.MALFORMED);
        }
        String token = value.substring(SCHEME.length());
        if (!BearerToken.isWellFormed(token)) {
            return new Credentials.Unusable(Refusal.MALFORMED);
        }
        return new Credentials.Presented(BearerToken.of(token));
    }
}
