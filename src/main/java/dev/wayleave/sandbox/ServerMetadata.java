package dev.wayleave.sandbox;

import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.oauth2.sdk.GrantType;
import com.nimbusds.oauth2.sdk.ResponseMode;
import com.nimbusds.oauth2.sdk.ResponseType;
import com.nimbusds.oauth2.sdk.as.AuthorizationServerMetadata;
import com.nimbusds.oauth2.sdk.auth.ClientAuthenticationMethod;
import com.nimbusds.oauth2.sdk.id.Issuer;
import com.nimbusds.oauth2.sdk.pkce.CodeChallengeMethod;
import java.net.URI;
import java.util.Arrays;
import java.util.List;

/** What the authorization server says of itself: its metadata (RFC 8414) and its keys (RFC 7517). */
record ServerMetadata(String metadata, String keys) {
    static ServerMetadata of(URI issuer, Keys keys) {
        AuthorizationServerMetadata metadata = new AuthorizationServerMetadata(new Issuer(issuer));
        metadata.setAuthorizationEndpointURI(URI.create(issuer + "/oauth/authorize"));
        metadata.setTokenEndpointURI(URI.create(issuer + "/oauth/token"));
        metadata.setRegistrationEndpointURI(URI.create(issuer + "/oauth/register"));
        metadata.setRevocationEndpointURI(URI.create(issuer + "/oauth/revoke"));
        metadata.setJWKSetURI(URI.create(issuer + "/oauth/jwks"));
        metadata.setScopes(com.nimbusds.oauth2.sdk.Scope.parse(
                Arrays.stream(Scope.values()).map(Scope::text).toList()));
        metadata.setResponseTypes(List.of(ResponseType.CODE));
        metadata.setResponseModes(List.of(ResponseMode.QUERY));
        metadata.setGrantTypes(List.of(GrantType.AUTHORIZATION_CODE, GrantType.REFRESH_TOKEN));
        metadata.setCodeChallengeMethods(List.of(CodeChallengeMethod.S256));
        metadata.setTokenEndpointAuthMethods(List.of(ClientAuthenticationMethod.NONE));
        metadata.setRevocationEndpointAuthMethods(List.of(ClientAuthenticationMethod.NONE));
        metadata.setSupportsAuthorizationResponseIssuerParam(true);
        metadata.setCustomParameter("client_id_metadata_document_supported", true);
        return new ServerMetadata(
                metadata.toJSONObject().toJSONString(),
                new JWKSet(keys.platform().toPublicJWK()).toString());
    }

    Answer answerMetadata() {
        return Answer.json(StrictJson.parse(metadata));
    }

    Answer answerKeys() {
        return Answer.json(StrictJson.parse(keys));
    }
}
