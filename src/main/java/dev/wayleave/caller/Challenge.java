package dev.wayleave.caller;

import java.net.URI;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * {@code WWW-Authenticate} values (RFC 9110 §11.6.1, RFC 6750 §3, RFC 9728 §5.1). What RFC 6750 does not allow in them is
 * an {@link IllegalArgumentException} that does not repeat it; nothing that it allows needs escaping.
 */
public final class Challenge {
    /** What a quoted string may hold without a backslash: RFC 6750 §3 allows no more in any of its parameters. */
    private static final Pattern PLAIN = Pattern.compile("[\\x20\\x21\\x23-\\x5B\\x5D-\\x7E]*");

    /** For 401 where there is no metadata to point to. */
    public static final String BARE = "Bearer";

    private Challenge() {}

    /** For 401 where no credentials were presented: no error code. */
    public static String unauthenticated(URI metadataUrl, Collection<String> scopes) {
        return render(new LinkedHashMap<>(), metadataUrl, scopes);
    }

    /** For 401 where a token was presented and is no good. */
    public static String invalidToken(URI metadataUrl, Collection<String> scopes) {
        return render(
                error("invalid_token", "The access token is expired, malformed, or not for this resource"),
                metadataUrl,
                scopes);
    }

    /**
     * For 403.
     *
     * @param scopes all that the operation needs, granted or not
     */
    public static String insufficientScope(URI metadataUrl, Collection<String> scopes, String description) {
        return render(error("insufficient_scope", description), metadataUrl, scopes);
    }

    private static Map<String, String> error(String code, String description) {
        Map<String, String> parameters = new LinkedHashMap<>();
        parameters.put("error", code);
        parameters.put("error_description", description);
        return parameters;
    }

    private static String render(Map<String, String> parameters, URI metadataUrl, Collection<String> scopes) {
        if (!scopes.stream().allMatch(ScopeClaim::isScope)) {
            throw new IllegalArgumentException("scope: not a scope token (RFC 6749 §3.3)");
        }
        if (!scopes.isEmpty()) {
            parameters.put("scope", String.join(" ", new TreeSet<>(scopes)));
        }
        parameters.put("resource_metadata", metadataUrl.toString());
        parameters.forEach((name, value) -> {
            if (!PLAIN.matcher(value).matches()) {
                throw new IllegalArgumentException(name + ": has characters that RFC 6750 §3 does not allow");
            }
        });
        return parameters.entrySet().stream()
                .map(parameter -> parameter.getKey() + "=\"" + parameter.getValue() + '"')
                .collect(Collectors.joining(", ", "Bearer ", ""));
    }
}
