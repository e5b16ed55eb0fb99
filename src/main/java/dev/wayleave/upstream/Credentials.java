package dev.wayleave.upstream;

import dev.wayleave.caller.BearerToken;
import dev.wayleave.caller.Caller;
import java.time.Instant;
import java.util.Set;

/** Decides which token a request to the platform carries. Safe for use by many threads, and may block. */
public interface Credentials {
    /**
     * The credential for an operation that needs these scopes.
     *
     * @param scopes what the operation needs, and no more; empty where it needs none
     * @param deadline when the caller stops waiting
     */
    Credential of(Caller caller, Set<String> scopes, Instant deadline);

    /**
     * Hears that the platform did not accept a token, so that it is not handed out again.
     *
     * @return whether asking again may give another one
     */
    default boolean refused(Caller caller, Set<String> scopes, BearerToken token) {
        return false;
    }

    /** The caller's own token, as it came. */
    static Credentials forward() {
        return (caller, scopes, deadline) -> new Credential.Granted(caller.token());
    }
}
