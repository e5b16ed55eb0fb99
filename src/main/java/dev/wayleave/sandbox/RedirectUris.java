package dev.wayleave.sandbox;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;

/** Which redirect URIs are allowed, and when one that is asked for is one that was registered. */
final class RedirectUris {
    private static final Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1", "[::1]");
    private static final Set<String> DANGEROUS =
            Set.of("javascript", "data", "vbscript", "file", "blob", "about", "view-source", "ws", "wss", "ftp");
    private static final int LONGEST = 1_000;

    private RedirectUris() {}

    /** Whether a client may register it: https, http on loopback, or an app's own scheme (RFC 8252 §7). */
    static boolean isLegal(String text) {
        if (text.length() > LONGEST) {
            return false;
        }
        URI uri;
        try {
            uri = new URI(text);
        } catch (URISyntaxException e) {
            return false;
        }
        if (!uri.isAbsolute() || uri.getRawFragment() != null || uri.getRawUserInfo() != null) {
            return false;
        }
        return switch (uri.getScheme().toLowerCase(Locale.ROOT)) {
            case "https" -> uri.getHost() != null;
            case "http" -> isLoopback(uri);
            case String scheme -> !DANGEROUS.contains(scheme);
        };
    }

    static boolean isLoopback(URI uri) {
        return uri.getHost() != null && LOOPBACK.contains(uri.getHost().toLowerCase(Locale.ROOT));
    }

    /** Exact comparison, except that the port of a loopback address may differ (RFC 8252 §7.3). */
    static boolean isRegistered(String asked, List<String> registered) {
        return isLegal(asked) && registered.stream().anyMatch(one -> one.equals(asked) || sameButPort(one, asked));
    }

    private static boolean sameButPort(String registered, String asked) {
        URI one = URI.create(registered);
        URI other = URI.create(asked);
        return "http".equals(one.getScheme())
                && "http".equals(other.getScheme())
                && isLoopback(one)
                && Objects.equals(one.getHost(), other.getHost())
                && Objects.equals(one.getRawPath(), other.getRawPath())
                && Objects.equals(one.getRawQuery(), other.getRawQuery());
    }
}
