package dev.wayleave.sandbox;

import java.math.BigInteger;
import java.net.InetAddress;

/**
 * An IP address, or a CIDR block of them (RFC 4632).
 *
 * @param prefix how many leading bits count
 */
record AddressRange(InetAddress address, int prefix) {
    /** Refuses with 400 what is neither. */
    static AddressRange parse(String text) {
        int slash = text.indexOf('/');
        String prefix = slash < 0 ? "" : text.substring(slash + 1);
        try {
            InetAddress address = InetAddress.ofLiteral(slash < 0 ? text : text.substring(0, slash));
            int bits = address.getAddress().length * 8;
            if (slash < 0) {
                return new AddressRange(address, bits);
            }
            if (prefix.matches("[0-9]{1,3}") && Integer.parseInt(prefix) <= bits) {
                return new AddressRange(address, Integer.parseInt(prefix));
            }
        } catch (IllegalArgumentException e) {
            throw notOne(text);
        }
        throw notOne(text);
    }

    private static Refused notOne(String text) {
        return Refused.badRequest("not an IP address or CIDR block: " + text);
    }

    boolean contains(InetAddress other) {
        byte[] mine = address.getAddress();
        byte[] others = other.getAddress();
        if (mine.length != others.length) {
            return false;
        }
        int rest = mine.length * 8 - prefix;
        return new BigInteger(1, mine).shiftRight(rest).equals(new BigInteger(1, others).shiftRight(rest));
    }
}
