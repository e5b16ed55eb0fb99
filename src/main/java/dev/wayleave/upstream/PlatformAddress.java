package dev.wayleave.upstream;

import dev.wayleave.caller.Reach;
import java.net.InetAddress;
import java.net.URI;
import java.util.Locale;
import java.util.Objects;
import java.util.regex.Pattern;

/**
 * The one place that gets the caller's token: an origin and, where there is one, a base path in front of every target.
 */
public final class PlatformAddress {
    /** An empty segment before another, {@code .} or {@code ..}, also where its dots are percent-encoded. */
    private static final Pattern DANGEROUS_SEGMENT = Pattern.compile("//|/(?:\\.|%2[eE]){1,2}(?=/|$)");

    private final URI base;
    private final String basePath;
    private final Reach reach;

    /**
     * One whose host says by its spelling whether it may be private.
     *
     * @throws IllegalArgumentException where the base is more or less than a scheme, a host, a port and a path
     */
    public PlatformAddress(URI base) {
        this(base, Reach.spelled(Objects.requireNonNullElse(base.getHost(), "")));
    }

    /**
     * Told which addresses the host may lead to.
     *
     * @throws IllegalArgumentException where the base is more or less than a scheme, a host, a port and a path
     */
    public PlatformAddress(URI base, Reach reach) {
        this.reach = reach;
        String path = Objects.requireNonNullElse(base.getRawPath(), "");
        this.basePath = path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
        boolean web = "http".equalsIgnoreCase(base.getScheme()) || "https".equalsIgnoreCase(base.getScheme());
        if (!web
                || base.getHost() == null
                || base.getRawUserInfo() != null
                || base.getRawQuery() != null
                || base.getRawFragment() != null
                || DANGEROUS_SEGMENT.matcher(basePath).find()) {
            throw new IllegalArgumentException("not an origin with an optional base path");
        }
        this.base = base;
    }

    /** Scheme, host and port. */
    public URI origin() {
        return URI.create(base.getScheme().toLowerCase(Locale.ROOT) + "://" + base.getRawAuthority());
    }

    /** The path in front of every target, without a slash at its end; empty for none. */
    public String basePath() {
        return basePath;
    }

    /** The same, with another say on where its host may lead. */
    public PlatformAddress reaching(Reach other) {
        return new PlatformAddress(base, other);
    }

    /** Which addresses its host may lead to, by where it leads now. */
    public Reach found() {
        return Reach.of(base.getHost(), InetAddress::getAllByName);
    }

    Reach reach() {
        return reach;
    }

    /** Whether a target stays below the base path. */
    public boolean admits(String target) {
        try {
            resolve(target);
            return true;
        } catch (UpstreamException e) {
            return false;
        }
    }

    /**
     * The URL of a target, compared with the origin and base path after it was built.
     *
     * @throws UpstreamException where the target could lead anywhere else
     */
    URI resolve(String target) throws UpstreamException {
        int query = target.indexOf('?');
        String path = query < 0 ? target : target.substring(0, query);
        if (!path.startsWith("/") || DANGEROUS_SEGMENT.matcher(path).find()) {
            throw new UpstreamException(UpstreamException.Kind.REFUSED_ADDRESS);
        }
        try {
            URI url = URI.create(origin() + basePath + target);
            boolean same = url.getScheme().equals(origin().getScheme())
                    && url.getRawAuthority().equals(base.getRawAuthority())
                    && url.getRawPath().equals(basePath + path)
                    && url.getRawFragment() == null;
            if (same) {
                return url;
            }
        } catch (IllegalArgumentException e) {
            // refused below
        }
        throw new UpstreamException(UpstreamException.Kind.REFUSED_ADDRESS);
    }
}
