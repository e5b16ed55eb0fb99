package dev.wayleave.caller;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** Which addresses a configured host may lead to. */
public enum Reach {
    /** Those of the internet, and of nothing nearer. */
    PUBLIC,
    /** Those of private networks and of this very machine too, because the operator has chosen them. */
    ANYWHERE;

    /** Finds the addresses of a host. */
    public interface Lookup {
        /** All of them; may block. */
        InetAddress[] all(String host) throws UnknownHostException;
    }

    /** What a host says by its spelling: a private address in numbers, or this machine by name, is chosen. */
    public static Reach spelled(String host) {
        String bare = host.startsWith("[") && host.endsWith("]") ? host.substring(1, host.length() - 1) : host;
        String lower = bare.toLowerCase(Locale.ROOT);
        if (lower.equals("localhost") || lower.endsWith(".localhost")) {
            return ANYWHERE;
        }
        try {
            return PublicAddress.is(InetAddress.ofLiteral(bare)) ? PUBLIC : ANYWHERE;
        } catch (IllegalArgumentException e) {
            return PUBLIC;
        }
    }

    /** What a host says by its spelling, or by leading to nothing but private addresses now. */
    public static Reach of(String host, Lookup lookup) {
        if (spelled(host) == ANYWHERE) {
            return ANYWHERE;
        }
        try {
            List<InetAddress> found = List.of(lookup.all(host));
            return found.isEmpty() || found.stream().anyMatch(PublicAddress::is) ? PUBLIC : ANYWHERE;
        } catch (UnknownHostException e) {
            return PUBLIC;
        }
    }

    /** Whether a host with these addresses may be connected to: one of them that may not be is one too many. */
    public boolean admits(InetAddress... found) {
        return this == ANYWHERE || Stream.of(found).allMatch(PublicAddress::is);
    }
}
