package dev.wayleave.upstream;

import dev.wayleave.caller.SecureUrl;
import java.net.URI;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * What is asked of an authorization server in a token exchange (RFC 8693 §2.1).
 *
 * @param url its token endpoint: https, or http on loopback
 * @param audience the platform, by the name that the authorization server knows it by
 * @param scope asked for where an operation needs no scope; empty to ask without one
 * @param scopeClaims where a JWT that is issued may have its scopes: names of claims, or dotted paths
 */
public record Exchange(URI url, String audience, Set<String> scope, List<String> scopeClaims) {
    /** A scope token (RFC 6749 §3.3). */
    private static final Pattern SCOPE = Pattern.compile("[\\x21\\x23-\\x5b\\x5d-\\x7e]+");

    /** @throws IllegalArgumentException naming the key that is wrong */
    public Exchange {
        SecureUrl.of("url", url);
        scope = Set.copyOf(scope);
        if (!scope.stream().allMatch(one -> SCOPE.matcher(one).matches())) {
            throw new IllegalArgumentException("scope: names a scope that no token can hold");
        }
        scopeClaims = List.copyOf(scopeClaims);
    }
}
