package dev.wayleave.caller;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

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

    /** {@code client_secret_basic} (RFC 6749 §2.3.1): the two are form-encoded before they are joined. */
    String basic(String clientId) {
        String pair = encoded(clientId) + ":" + encoded(text);
        return "Basic " + Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.US_ASCII));
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    @Override
    public String toString() {
        return "ClientSecret[redacted]";
    }
}
