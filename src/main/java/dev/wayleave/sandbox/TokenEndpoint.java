package dev.wayleave.sandbox;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** {@code POST /oauth/token} and {@code POST /oauth/revoke}, for public clients. */
final class TokenEndpoint {
    private final Clients clients;
    private final AuthorizationCodes codes;
    private final Grants grants;
    private final AccessTokens tokens;
    private final URI resource;

    TokenEndpoint(Clients clients, AuthorizationCodes codes, Grants grants, AccessTokens tokens, URI resource) {
        this.clients = clients;
        this.codes = codes;
        this.grants = grants;
        this.tokens = tokens;
        this.resource = resource;
    }

    Answer token(Request request) {
        Parameters form = request.form();
        String client = required(form, "client_id");
        String grantType = required(form, "grant_type");
        requireResource(form);
        return switch (grantType) {
            case "authorization_code" -> exchange(form, client);
            case "refresh_token" -> refresh(form, client);
            default -> throw new OAuthError("unsupported_grant_type", "authorization_code or refresh_token");
        };
    }

    private Answer exchange(Parameters form, String client) {
        Grant grant =
                codes.redeem(required(form, "code"), client, form.find("redirect_uri"), form.find("code_verifier"));
        boolean refreshes = clients.find(client).map(Client::refreshes).orElse(false);
        return answer(grant, refreshes ? grants.issueRefreshToken(grant) : null);
    }

    private Answer refresh(Parameters form, String client) {
        String refreshToken = required(form, "refresh_token");
        String asked = form.find("scope");
        if (asked != null) {
            Optional<Grant> owner = grants.owner(refreshToken);
            Set<Scope> scopes = Scope.known(asked);
            if (owner.isPresent() && (scopes.isEmpty() || !owner.get().scopes().containsAll(scopes))) {
                throw new OAuthError("invalid_scope", "more was asked for than was granted");
            }
        }
        Grants.Renewal renewal = grants.renew(refreshToken, client);
        Grant grant = asked == null ? renewal.grant() : renewal.grant().narrowedTo(Scope.known(asked));
        return answer(grant, renewal.refreshToken());
    }

    private Answer answer(Grant grant, @Nullable String refreshToken) {
        ObjectNode json = StrictJson.object()
                .put("access_token", tokens.mint(grant))
                .put("token_type", "Bearer")
                .put("expires_in", AccessTokens.LIFETIME.toSeconds())
                .put("scope", Scope.list(grant.scopes()));
        return Answer.json(refreshToken == null ? json : json.put("refresh_token", refreshToken));
    }

    /** RFC 7009: ends everything from the same approval; a token that is not known is no error. */
    Answer revoke(Request request) {
        Parameters form = request.form();
        String client = required(form, "client_id");
        String token = required(form, "token");
        grants.owner(token)
                .or(() -> accessTokenOwner(token))
                .filter(grant -> grant.client().equals(client))
                .ifPresent(grant -> grants.revoke(grant.id()));
        return Answer.empty(200);
    }

    private Optional<Grant> accessTokenOwner(String token) {
        try {
            return Optional.of(tokens.verify(token).grant());
        } catch (Refused e) {
            return Optional.empty();
        }
    }

    private void requireResource(Parameters form) {
        List<String> asked = form.all("resource");
        if (!asked.isEmpty() && !asked.equals(List.of(resource.toString()))) {
            throw new OAuthError("invalid_target", "resource must be " + resource);
        }
    }

    private static String required(Parameters form, String name) {
        String value = form.find(name);
        if (value == null || value.isEmpty()) {
            throw new OAuthError("invalid_request", name + " is required");
        }
        return value;
    }
}
