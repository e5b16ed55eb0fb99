package dev.wayleave.caller;

import java.util.List;

/** Decides who is calling. Safe for use by many threads, and may block. */
public interface TokenVerifier {
    /**
     * Judges the credentials of one request; never throws for anything that a request may contain.
     *
     * @param authorizationHeaderValues every {@code Authorization} field line of the request, unaltered
     */
    Authentication verify(List<String> authorizationHeaderValues);

    /** Takes everyone for {@link Caller#anonymous()}; a bearer token that is presented travels along, unjudged. */
    static TokenVerifier none() {
        return values -> new Authentication.Verified(
                switch (AuthorizationHeader.read(values)) {
                    case AuthorizationHeader.Credentials.Presented presented ->
                        Caller.anonymous().presenting(presented.token());
                    case AuthorizationHeader.Credentials.Unusable unusable -> Caller.anonymous();
                });
    }
}
