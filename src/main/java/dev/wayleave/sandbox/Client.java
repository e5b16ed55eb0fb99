package dev.wayleave.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;

/**
 * A public OAuth client as its metadata (RFC 7591 §2) describes it.
 *
 * @param name what it calls itself; nobody verified it
 * @param refreshes whether it wants refresh tokens
 */
record Client(String id, String name, List<String> redirectUris, boolean refreshes) {
    private static final int MOST_REDIRECTS = 20;
    private static final int LONGEST_NAME = 100;

    Client {
        redirectUris = List.copyOf(redirectUris);
    }

    /** Reads metadata, or throws {@code invalid_client_metadata} or {@code invalid_redirect_uri}. */
    static Client read(String id, ObjectNode metadata) {
        List<String> redirects = texts(metadata, "redirect_uris");
        if (redirects.isEmpty() || redirects.size() > MOST_REDIRECTS) {
            throw new OAuthError(
                    "invalid_redirect_uri", "between 1 and " + MOST_REDIRECTS + " redirect_uris are needed");
        }
        for (String redirect : redirects) {
            if (!RedirectUris.isLegal(redirect)) {
                throw new OAuthError(
                        "invalid_redirect_uri",
                        "a redirect URI must be https, http on a loopback address, or an app's own scheme");
            }
        }
        List<String> grantTypes = texts(metadata, "grant_types");
        if (!grantTypes.isEmpty() && !grantTypes.contains("authorization_code")) {
            throw invalid("grant_types must include authorization_code");
        }
        List<String> responseTypes = texts(metadata, "response_types");
        if (!responseTypes.isEmpty() && !responseTypes.contains("code")) {
            throw invalid("response_types must include code");
        }
        JsonNode name = metadata.path("client_name");
        String shown = name.isTextual() && !name.textValue().isBlank() ? name.textValue() : "An unnamed client";
        if (shown.length() > LONGEST_NAME) {
            throw invalid("client_name is longer than " + LONGEST_NAME + " characters");
        }
        return new Client(id, shown, redirects, grantTypes.isEmpty() || grantTypes.contains("refresh_token"));
    }

    private static List<String> texts(ObjectNode metadata, String name) {
        JsonNode array = metadata.path(name);
        if (array.isMissingNode() || array.isNull()) {
            return List.of();
        }
        List<String> texts = new ArrayList<>();
        for (JsonNode element : array) {
            texts.add(element.asText());
        }
        if (!array.isArray() || texts.contains("")) {
            throw invalid(name + " must be an array of strings");
        }
        return texts;
    }

    private static OAuthError invalid(String description) {
        return new OAuthError("invalid_client_metadata", description);
    }
}
