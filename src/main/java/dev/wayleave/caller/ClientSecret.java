package dev.wayleave.caller;

import com.nimbusds.oauth2.sdk.auth.ClientSecretBasic;
import com.nimbusds.oauth2.sdk.auth.Secret;
import com.nimbusds.oauth2.sdk.id.ClientID;

/** What proves to an authorization server that we are the client whose name we give. Renders as nothing. */
public final class ClientSecret {
    private final String text;

    private ClientSecret(String text) {
        this.text = text;
    }

    /**
     * A secret as the configuration has it.
     *
     * @throws IllegalArgumentException if it is blank, has control characters or is a placeholder; its text is not repeated
     */
    public static ClientSecret of(String text) {
        if (text.isBlank() || text.contains("${") || text.chars().anyMatch(Character::isISOControl)) {
            throw new IllegalArgumentException("client-secret: is empty, has control characters, or is a placeholder");
        }
        return new ClientSecret(text);
    }

    /** What {@code client_secret_basic} (RFC 6749 §2.3.1) says of the two. */
    public ClientSecretBasic with(String clientId) {
        return new ClientSecretBasic(new ClientID(clientId), new Secret(text));
    }

    @Override
    public String toString() {
        return "ClientSecret[redacted]";
    }
}
