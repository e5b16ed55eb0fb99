package dev.wayleave.call;

import java.nio.charset.StandardCharsets;

/** Percent-encoding of RFC 3986 §2.1, over UTF-8. */
final class PercentEncoding {
    private static final String RESERVED = ":/?#[]@!$&'()*+,;=";
    private static final char[] HEX = "0123456789ABCDEF".toCharArray();

    private PercentEncoding() {}

    /** Leaves nothing but the unreserved characters. */
    static String encode(String text) {
        return encode(text, "");
    }

    /** Leaves the reserved characters too, and what is already a percent-encoded triple (RFC 6570 §3.2.3). */
    static String encodeReserved(String text) {
        return encode(text, RESERVED);
    }

    private static String encode(String text, String alsoLeft) {
        StringBuilder out = new StringBuilder(text.length() + 8);
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        for (int i = 0; i < bytes.length; i++) {
            int b = bytes[i] & 0xff;
            boolean triple = b == '%' && !alsoLeft.isEmpty() && isTriple(bytes, i);
            if (isUnreserved(b) || (b < 0x80 && alsoLeft.indexOf(b) >= 0) || triple) {
                out.append((char) b);
            } else {
                out.append('%').append(HEX[b >> 4]).append(HEX[b & 0xf]);
            }
        }
        return out.toString();
    }

    private static boolean isTriple(byte[] bytes, int at) {
        return at + 2 < bytes.length
                && Character.digit(bytes[at + 1], 16) >= 0
                && Character.digit(bytes[at + 2], 16) >= 0;
    }

    private static boolean isUnreserved(int b) {
        return (b >= 'a' && b <= 'z')
                || (b >= 'A' && b <= 'Z')
                || (b >= '0' && b <= '9')
                || b == '-'
                || b == '.'
                || b == '_'
                || b == '~';
    }
}
