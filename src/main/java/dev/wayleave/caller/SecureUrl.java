package dev.wayleave.caller;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.regex.Pattern;

/** URLs that may be trusted with keys and secrets: https, or plain http on this very machine. */
public final class SecureUrl {
    private static final Pattern LOOPBACK =
            Pattern.compile("localhost|127\\.\\d{1,3}\\.\\d{1,3}\\.\\d{1,3}|\\[::1]|\\[0:0:0:0:0:0:0:1]");

    private SecureUrl() {}

    /**
     * The URL, if it is one.
     *
     * @param setting its name, for the message
     * @throws IllegalArgumentException naming the setting
     */
    static URI of(String setting, String url) {
        try {
            return of(setting, new URI(url));
        } catch (URISyntaxException e) {
            throw new IllegalArgumentException(setting + ": is not a URL", e);
        }
    }

    /**
     * The URL, if it is one.
     *
     * @throws IllegalArgumentException naming the setting
     */
    public static URI of(String setting, URI url) {
        String host = url.getHost();
        if (host == null || url.getRawUserInfo() != null || url.getRawFragment() != null) {
            throw new IllegalArgumentException(
                    setting + ": must be an absolute URL with a host, no user and no fragment");
        }
        if (!isSecure(url, host)) {
            throw new IllegalArgumentException(setting + ": must be an https URL; http is only for loopback hosts");
        }
        return url;
    }

    private static boolean isSecure(URI url, String host) {
        String scheme = String.valueOf(url.getScheme()).toLowerCase(Locale.ROOT);
        return scheme.equals("https")
                || (scheme.equals("http")
                        && LOOPBACK.matcher(host.toLowerCase(Locale.ROOT)).matches());
    }
}
