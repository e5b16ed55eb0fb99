package dev.wayleave.call;

import java.nio.charset.StandardCharsets;

/** Percent-encoding of RFC 3986 §2.1, over UTF-8. */
final class PercentEncoding {
    private static final char[] HEX = "0123456789ABCDEF".toCharArray();

    private PercentEncoding() {}

    /** Leaves nothing but the unreserved characters. */
    static String encode(String text) {
        return encode(text, "");
    }

    /**
     * Leaves some reserved characters too.
     *
     * @param kept those; where there are any, what is already a percent-encoded triple stays as well (RFC 6570 §3.2.3)
     */
    static String encode(String text, String kept) {
        StringBuilder out = new StringBuilder(text.length() + 8);
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        for (int i = 0; i < bytes.length; i++) {
            int b = bytes[i] & 0xff;
            boolean triple = b == '%' && !kept.isEmpty() && isTriple(bytes, i);
            if (isUnreserved(b) || (b < 0x80 && kept.indexOf(b) >= 0) || triple) {
                out.append((char) b);
            } else {
                escape(out, b);
            }
        }
        return out.toString();
    }

    /** As {@code application/x-www-form-urlencoded} has it (WHATWG URL §5): a space is a plus, a tilde is encoded. */
    static String form(String text) {
        StringBuilder out = new StringBuilder(text.length() + 8);
        for (byte octet : text.getBytes(StandardCharsets.UTF_8)) {
            int b = octet & 0xff;
            if (b == ' ') {
                out.append('+');
            } else if (b == '*' || (isUnreserved(b) && b != '~')) {
                out.append((char) b);
            } else {
                escape(out, b);
            }
        }
        return out.toString();
    }

    private static void escape(StringBuilder out, int b) {
        out.append('%').append(HEX[b >> 4]).append(HEX[b & 0xf]);
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
