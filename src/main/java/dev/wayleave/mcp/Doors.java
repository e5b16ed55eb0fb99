package dev.wayleave.mcp;

import java.net.URI;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Which {@code Host} and {@code Origin} values are let in, against DNS rebinding: the public URL's own, the configured
 * ones, and loopback names on any port where the server is bound to loopback. A port that is said where it need not be
 * changes nothing (RFC 9110 §4.2.3).
 */
final class Doors {
    private static final Pattern AUTHORITY = Pattern.compile("(\\[[0-9A-Fa-f:.]+\\]|[A-Za-z0-9.-]+)(?::(\\d{1,5}))?");
    private static final Pattern ORIGIN = Pattern.compile("(https?)://([^/?#@\\s]+)");
    private static final Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1", "[::1]");
    private final Set<String> hosts = new HashSet<>();
    private final Set<String> origins = new HashSet<>();
    private final boolean loopback;
    private final String scheme;

    /**
     * Decides once.
     *
     * @param loopback whether the server is bound to a loopback address
     * @param alsoHosts further {@code Host} values
     * @param alsoOrigins further {@code Origin} values
     */
    Doors(URI publicUrl, boolean loopback, List<String> alsoHosts, List<String> alsoOrigins) {
        this.loopback = loopback;
        this.scheme = lower(publicUrl.getScheme());
        hosts.add(host(publicUrl.getRawAuthority()));
        alsoHosts.forEach(host -> hosts.add(host(host)));
        origins.add(origin(publicUrl.getScheme() + "://" + publicUrl.getRawAuthority()));
        alsoOrigins.forEach(origin -> origins.add(origin(origin)));
    }

    void check(Request request) throws ProtocolError {
        List<String> named = request.all("Host");
        if (named.size() != 1) {
            throw ProtocolError.http(400, "There must be one Host header.", Map.of());
        }
        if (!hosts.contains(host(named.getFirst())) && !isLoopback(named.getFirst())) {
            throw ProtocolError.http(403, "This Host is not served here.", Map.of());
        }
        if (!admitOrigin(request)) {
            throw ProtocolError.http(403, "This Origin is not let in.", Map.of());
        }
    }

    /** Whether it comes from no page, or from one that is let in. */
    boolean admitOrigin(Request request) {
        List<String> from = request.all("Origin");
        return from.isEmpty() || (from.size() == 1 && admits(from.getFirst()));
    }

    private boolean admits(String origin) {
        Matcher matcher = ORIGIN.matcher(origin);
        return origins.contains(origin(origin)) || (matcher.matches() && isLoopback(matcher.group(2)));
    }

    private boolean isLoopback(String authority) {
        Matcher matcher = AUTHORITY.matcher(authority);
        return loopback && matcher.matches() && LOOPBACK.contains(lower(matcher.group(1)));
    }

    /** As a client writes it that knows the public URL's scheme. */
    private String host(String authority) {
        return withoutUsualPort(scheme, lower(authority));
    }

    private static String origin(String text) {
        String lower = lower(text);
        int end = lower.indexOf("://");
        return end < 0 ? lower : withoutUsualPort(lower.substring(0, end), lower);
    }

    private static String withoutUsualPort(String scheme, String text) {
        String port = scheme.equals("https") ? ":443" : ":80";
        return text.endsWith(port) ? text.substring(0, text.length() - port.length()) : text;
    }

    private static String lower(String text) {
        return text.toLowerCase(Locale.ROOT);
    }
}
