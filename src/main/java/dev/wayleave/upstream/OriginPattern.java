package dev.wayleave.upstream;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Origins that may be reached beside the platform's own: a scheme, a host that may begin with {@code *} for one label or
 * more, and a port that may be {@code *} for any. An address is an origin that was spelled out, and nothing more than one.
 */
public final class OriginPattern {
    private static final String LABEL = "[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?";
    private static final String NAME = LABEL + "(?:\\." + LABEL + ")*";
    private static final Pattern PATTERN =
            Pattern.compile("(https?)://(\\*\\.)?(" + NAME + "|\\[[0-9a-f:.]{2,45}])(?::([1-9]\\d{0,4}|\\*))?/?");
    private static final Pattern ADDRESS =
            Pattern.compile("(?:(https?)://)?(" + NAME + "|\\[[0-9a-f:.]{2,45}])(?::([1-9]\\d{0,4}))?");
    /** A host whose last label is a number is read as an address of IPv4, however few numbers it has. */
    private static final Pattern NUMERIC = Pattern.compile("(?:.*\\.)?(?:\\d+|0x[0-9a-f]*)|\\[.*");

    private final String scheme;
    private final String host;
    private final boolean below;
    private final String port;

    private OriginPattern(String scheme, String host, boolean below, String port) {
        this.scheme = scheme;
        this.host = host;
        this.below = below;
        this.port = port;
    }

    /**
     * Reads one.
     *
     * @throws IllegalArgumentException where it is none, or stands for half of the world
     */
    public static OriginPattern parse(String text) {
        Matcher matcher = PATTERN.matcher(text.toLowerCase(Locale.ROOT));
        if (!matcher.matches()) {
            throw new IllegalArgumentException("not a scheme, a host and perhaps a port");
        }
        String scheme = matcher.group(1);
        String host = matcher.group(3);
        boolean below = matcher.group(2) != null;
        boolean narrow = host.equals("localhost") || host.indexOf('.') > 0;
        if (below && (!narrow || NUMERIC.matcher(host).matches())) {
            throw new IllegalArgumentException("* stands in front of a domain");
        }
        String port = matcher.group(4) == null ? usual(scheme) : matcher.group(4);
        return new OriginPattern(scheme, host, below, port);
    }

    /**
     * The origin that an address names, where it is one of these; empty for any other, and for whatever else is in it.
     *
     * @param address an origin, or without a scheme a host and perhaps a port, which then get this one's scheme
     */
    Optional<String> origin(String address) {
        Matcher matcher = ADDRESS.matcher(address.toLowerCase(Locale.ROOT));
        if (address.length() > 270 || !matcher.matches()) {
            return Optional.empty();
        }
        String itsScheme = matcher.group(1) == null ? scheme : matcher.group(1);
        String itsHost = matcher.group(2);
        String itsPort = matcher.group(3) == null ? usual(itsScheme) : matcher.group(3);
        boolean same = below
                ? itsHost.endsWith("." + host) && !NUMERIC.matcher(itsHost).matches()
                : itsHost.equals(host);
        boolean fits = itsScheme.equals(scheme)
                && same
                && (port.equals("*") || port.equals(itsPort))
                && Integer.parseInt(itsPort) <= 65_535
                && itsHost.length() <= 253;
        return fits
                ? Optional.of(itsScheme + "://" + itsHost + (itsPort.equals(usual(itsScheme)) ? "" : ":" + itsPort))
                : Optional.empty();
    }

    /** The host, or the domain that hosts are below of. */
    public String host() {
        return host;
    }

    /** Whether it stands for many hosts. */
    public boolean isMany() {
        return below;
    }

    private static String usual(String scheme) {
        return scheme.equals("https") ? "443" : "80";
    }

    @Override
    public String toString() {
        return scheme + "://" + (below ? "*." : "") + host + (port.equals(usual(scheme)) ? "" : ":" + port);
    }
}
