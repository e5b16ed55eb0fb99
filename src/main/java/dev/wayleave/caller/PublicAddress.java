package dev.wayleave.caller;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.List;

/** Tells addresses of the internet from all others, by the special-purpose registries of IANA (RFC 6890). */
final class PublicAddress {
    private static final List<Net> NOT_PUBLIC = Net.all(
            // this network, private, shared (RFC 6598), loopback, link-local
            "0.0.0.0/8",
            "10.0.0.0/8",
            "100.64.0.0/10",
            "127.0.0.0/8",
            "169.254.0.0/16",
            "172.16.0.0/12",
            "192.168.0.0/16",
            // protocol assignments, documentation, 6to4 relays, benchmarks
            "192.0.0.0/24",
            "192.0.2.0/24",
            "192.88.99.0/24",
            "198.18.0.0/15",
            "198.51.100.0/24",
            "203.0.113.0/24",
            // multicast, reserved, broadcast
            "224.0.0.0/4",
            "240.0.0.0/4",
            // protocol assignments (Teredo, ORCHID, benchmarks), documentation
            "2001::/23",
            "2001:db8::/32",
            "3fff::/20");

    /** All that is given out as global unicast (RFC 4291 §2.4); what is outside of it is something else. */
    private static final Net GLOBAL = Net.of("2000::/3");

    /** Those that have an address of IPv4 inside, and where in it that begins: NAT64 (RFC 6052) and 6to4 (RFC 3056). */
    private static final Net NAT64 = Net.of("64:ff9b::/96");

    private static final Net SIX_TO_FOUR = Net.of("2002::/16");

    private PublicAddress() {}

    static boolean is(InetAddress address) {
        byte[] bytes = address.getAddress();
        if (NAT64.has(bytes)) {
            return is(inside(bytes, 12));
        }
        if (SIX_TO_FOUR.has(bytes)) {
            return is(inside(bytes, 2));
        }
        boolean global = address instanceof Inet4Address || GLOBAL.has(bytes);
        return global && NOT_PUBLIC.stream().noneMatch(net -> net.has(bytes));
    }

    private static InetAddress inside(byte[] bytes, int at) {
        try {
            return InetAddress.getByAddress(Arrays.copyOfRange(bytes, at, at + 4));
        } catch (UnknownHostException e) {
            throw new IllegalStateException(e);
        }
    }

    /** All addresses that begin with the same bits. */
    @SuppressWarnings("ArrayRecordComponent")
    private record Net(byte[] prefix, int bits) {
        static List<Net> all(String... nets) {
            return Arrays.stream(nets).map(Net::of).toList();
        }

        static Net of(String net) {
            int slash = net.indexOf('/');
            return new Net(
                    InetAddress.ofLiteral(net.substring(0, slash)).getAddress(),
                    Integer.parseInt(net.substring(slash + 1)));
        }

        boolean has(byte[] address) {
            if (address.length != prefix.length) {
                return false;
            }
            int whole = bits / 8;
            int rest = 0xff00 >> (bits % 8) & 0xff;
            return Arrays.equals(address, 0, whole, prefix, 0, whole)
                    && (rest == 0 || (address[whole] & rest) == (prefix[whole] & rest));
        }
    }
}
