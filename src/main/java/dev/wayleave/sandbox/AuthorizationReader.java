package dev.wayleave.sandbox;

import com.nimbusds.oauth2.sdk.AuthorizationCode;
import com.nimbusds.oauth2.sdk.AuthorizationErrorResponse;
import com.nimbusds.oauth2.sdk.AuthorizationRequest;
import com.nimbusds.oauth2.sdk.AuthorizationSuccessResponse;
import com.nimbusds.oauth2.sdk.ErrorObject;
import com.nimbusds.oauth2.sdk.OAuth2Error;
import com.nimbusds.oauth2.sdk.ParseException;
import com.nimbusds.oauth2.sdk.ResponseMode;
import com.nimbusds.oauth2.sdk.ResponseType;
import com.nimbusds.oauth2.sdk.id.Issuer;
import com.nimbusds.oauth2.sdk.id.State;
import com.nimbusds.oauth2.sdk.pkce.CodeChallengeMethod;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads authorization requests (OAuth 2.1, RFC 7636, RFC 8707) and writes their responses (RFC 9207). */
final class AuthorizationReader {
    private final Clients clients;
    private final URI issuer;
    private final URI resource;

    AuthorizationReader(Clients clients, URI issuer, URI resource) {
        this.clients = clients;
        this.issuer = issuer;
        this.resource = resource;
    }

    AuthorizationReading read(Parameters parameters) {
        String id = parameters.find("client_id");
        Optional<Client> client = id == null ? Optional.empty() : clients.find(id);
        if (client.isEmpty()) {
            return new AuthorizationReading.Hopeless(
                    "The application that sent you here is not registered with this server (client_id).");
        }
        String redirect = parameters.find("redirect_uri");
        if (redirect == null
                || !RedirectUris.isRegistered(redirect, client.get().redirectUris())) {
            return new AuthorizationReading.Hopeless(
                    "The address to return to (redirect_uri) is not one that the application has registered.");
        }
        return read(client.get(), URI.create(redirect), parameters);
    }

    private AuthorizationReading read(Client client, URI redirect, Parameters parameters) {
        List<String> states = parameters.all("state");
        State state = states.size() == 1 && !states.getFirst().isEmpty() ? new State(states.getFirst()) : null;
        AuthorizationRequest request;
        try {
            request = AuthorizationRequest.parse(parameters.values());
        } catch (ParseException e) {
            ErrorObject error = e.getErrorObject();
            return turnedAway(redirect, state, error == null ? OAuth2Error.INVALID_REQUEST : error);
        }
        ErrorObject error = objection(request);
        if (error != null || request.getCodeChallenge() == null) {
            return turnedAway(redirect, state, error == null ? OAuth2Error.INVALID_REQUEST : error);
        }
        return new AuthorizationReading.Asked(
                client,
                redirect,
                request.getCodeChallenge().getValue(),
                state,
                Scope.known(parameters.find("scope", "")),
                parameters);
    }

    private @Nullable ErrorObject objection(AuthorizationRequest request) {
        if (request.specifiesRequestObject()) {
            return OAuth2Error.REQUEST_NOT_SUPPORTED;
        }
        if (!ResponseType.CODE.equals(request.getResponseType())) {
            return OAuth2Error.UNSUPPORTED_RESPONSE_TYPE;
        }
        if (request.getResponseMode() != null && !ResponseMode.QUERY.equals(request.getResponseMode())) {
            return invalid("only response_mode=query is supported");
        }
        if (request.getCodeChallenge() == null
                || !CodeChallengeMethod.S256.equals(request.getCodeChallengeMethod())
                || !request.getCodeChallenge().getValue().matches("[A-Za-z0-9_-]{43}")) {
            return invalid("PKCE with code_challenge_method=S256 is required");
        }
        List<URI> resources = request.getResources();
        if (resources == null || !resources.equals(List.of(resource))) {
            return OAuth2Error.INVALID_TARGET.setDescription("resource is required and must be " + resource);
        }
        return null;
    }

    private static ErrorObject invalid(String description) {
        return OAuth2Error.INVALID_REQUEST.setDescription(description);
    }

    private AuthorizationReading turnedAway(URI redirect, @Nullable State state, ErrorObject error) {
        return new AuthorizationReading.TurnedAway(
                new AuthorizationErrorResponse(redirect, error, state, new Issuer(issuer), ResponseMode.QUERY).toURI());
    }

    /** Where to send a person who said no. */
    URI denied(AuthorizationReading.Asked asked) {
        return new AuthorizationErrorResponse(
                        asked.redirectUri(),
                        OAuth2Error.ACCESS_DENIED,
                        asked.state(),
                        new Issuer(issuer),
                        ResponseMode.QUERY)
                .toURI();
    }

    /** Where to send a person who said yes. */
    URI approved(AuthorizationReading.Asked asked, String code) {
        return new AuthorizationSuccessResponse(
                        asked.redirectUri(),
                        new AuthorizationCode(code),
                        null,
                        asked.state(),
                        new Issuer(issuer),
                        ResponseMode.QUERY)
                .toURI();
    }
}
