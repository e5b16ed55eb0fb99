package dev.wayleave.caller;

import java.util.List;

/** Who calls where nothing is verified: anybody, though nobody with a token that must not travel as a bearer token. */
final class UnverifiedCaller {
    private UnverifiedCaller() {}

    static Authentication of(List<String> authorizationHeaderValues) {
        return switch (AuthorizationHeader.read(authorizationHeaderValues)) {
            case AuthorizationHeader.Credentials.Presented(BearerToken token) -> presenting(token);
            case AuthorizationHeader.Credentials.Unusable(Refusal why) ->
                why == Refusal.SENDER_CONSTRAINED
                        ? new Authentication.Refused(why)
                        : new Authentication.Verified(Caller.anonymous());
        };
    }

    private static Authentication presenting(BearerToken token) {
        try {
            UnverifiedJwt.claims(token);
            return new Authentication.Verified(Caller.anonymous().presenting(token));
        } catch (RejectedTokenException e) {
            return new Authentication.Refused(Refusal.INVALID);
        }
    }
}
