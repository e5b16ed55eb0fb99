package dev.wayleave.caller;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What clients may know about who issues tokens for us (RFC 9728). Violations are {@link IllegalArgumentException}s.
 *
 * @param resource our canonical URL: no query, no fragment, no trailing slash, the host in lower case
 * @param authorizationServers issuer identifiers, exactly as their own metadata spells them; empty where tokens are not
 *     got by signing in, but out of a drawer
 * @param scopesSupported the few that a client should start with
 * @param name for people
 */
public record ProtectedResource(
        URI resource,
        List<String> authorizationServers,
        List<String> scopesSupported,
        @Nullable String name) {
    private static final String WELL_KNOWN = "/.well-known/oauth-protected-resource";
    private static final String SERVER_WELL_KNOWN = "/.well-known/oauth-authorization-server";
    private static final JsonMapper MAPPER = JsonMapper.builder().build();

    public ProtectedResource {
        SecureUrl.of("public-url", resource);
        String host = resource.getScheme() + resource.getHost();
        if (resource.getRawQuery() != null || !host.equals(host.toLowerCase(Locale.ROOT))) {
            throw new IllegalArgumentException("public-url: must be in lower case and have no query");
        }
        if (resource.getRawPath().endsWith("/")) {
            throw new IllegalArgumentException("public-url: must not end with a slash");
        }
        authorizationServers.forEach(server -> SecureUrl.of("callers.authorization-servers", server));
        if (!scopesSupported.stream().allMatch(ScopeClaim::isScope) || scopesSupported.contains("offline_access")) {
            throw new IllegalArgumentException("callers.scopes-supported: not a scope of this resource");
        }
        authorizationServers = List.copyOf(authorizationServers);
        scopesSupported = List.copyOf(scopesSupported);
    }

    /** The metadata document of RFC 9728 §2, in UTF-8. */
    public byte[] json() {
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("resource", resource.toString());
        if (!authorizationServers.isEmpty()) {
            document.put("authorization_servers", authorizationServers);
        }
        if (!scopesSupported.isEmpty()) {
            document.put("scopes_supported", scopesSupported);
        }
        document.put("bearer_methods_supported", List.of("header"));
        if (name != null) {
            document.put("resource_name", name);
        }
        try {
            return MAPPER.writeValueAsBytes(document);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("strings and lists are always JSON", e);
        }
    }

    /** Where the document is: the well-known path goes between host and path (RFC 9728 §3.1). */
    public URI metadataUrl() {
        return URI.create(
                resource.getScheme() + "://" + resource.getRawAuthority() + WELL_KNOWN + resource.getRawPath());
    }

    /**
     * Where on our origin clients look for an authorization server's metadata.
     *
     * @param alone whether those of MCP 2025-03-26, which know the origin only, can mean no other resource
     */
    public List<String> mirrorPaths(boolean alone) {
        String path = SERVER_WELL_KNOWN + resource.getRawPath();
        return alone ? List.of(SERVER_WELL_KNOWN, path) : List.of(path);
    }
}
