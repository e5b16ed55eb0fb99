package dev.wayleave.sandbox;

import com.nimbusds.oauth2.sdk.id.State;
import java.net.URI;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What an authorization request turned out to be. */
sealed interface AuthorizationReading {
    /**
     * One that a person can decide.
     *
     * @param challenge the PKCE challenge, method S256
     * @param scopes those it asked for and that exist here; a wish, not a bound
     * @param parameters as they came
     */
    record Asked(
            Client client,
            URI redirectUri,
            String challenge,
            @Nullable State state,
            Set<Scope> scopes,
            Parameters parameters)
            implements AuthorizationReading {}

    /** One whose client is told so at its redirect URI (RFC 6749 §4.1.2.1). */
    record TurnedAway(URI location) implements AuthorizationReading {}

    /** One whose client or redirect URI is not known: only the person may be told. */
    record Hopeless(String reason) implements AuthorizationReading {}
}
