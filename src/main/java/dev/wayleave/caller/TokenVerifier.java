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

    /** Takes everyone for {@link Caller#anonymous()}, whatever they present. */
    static TokenVerifier none() {
        Authentication anonymous = new Authentication.Verified(Caller.anonymous());
        return ignored -> anonymous;
    }
}
