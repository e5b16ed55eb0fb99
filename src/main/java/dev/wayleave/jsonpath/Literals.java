package dev.wayleave.jsonpath;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.DecimalNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.math.BigDecimal;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The values that are written out in an expression: strings, numbers and the three words (RFC 9535 §2.3.1, §2.3.3, §2.3.5). */
final class Literals {
    private static final long LARGEST_INDEX = (1L << 53) - 1;
    private static final Pattern INTEGER = Pattern.compile("0|-?[1-9][0-9]{0,15}");
    private static final Pattern NUMBER =
            Pattern.compile("(-?(0|[1-9][0-9]{0,999}))(\\.[0-9]{1,999})?([eE][-+]?[0-9]{1,3})?");
    private final Scanner scanner;

    Literals(Scanner scanner) {
        this.scanner = scanner;
    }

    static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }

    boolean startsInteger() {
        return isDigit(scanner.peek()) || scanner.peek() == '-';
    }

    /** An index or a bound, within what all implementations can tell apart. */
    long integer() throws InvalidJsonPathException {
        String digits = run("-0123456789");
        if (!INTEGER.matcher(digits).matches() || Math.abs(Long.parseLong(digits)) > LARGEST_INDEX) {
            throw scanner.refused("an integer from -(2^53-1) to 2^53-1, without leading zeros, is expected");
        }
        return Long.parseLong(digits);
    }

    /** Null where none is next. */
    @Nullable
    JsonNode literal() throws InvalidJsonPathException {
        char c = scanner.peek();
        if (c == '"' || c == '\'') {
            return TextNode.valueOf(string());
        }
        if (startsInteger()) {
            Matcher number = NUMBER.matcher(run("-+.eE0123456789"));
            if (!number.matches()) {
                throw scanner.refused("that is no number");
            }
            return DecimalNode.valueOf(new BigDecimal(number.group()));
        }
        return word();
    }

    private @Nullable JsonNode word() {
        int start = scanner.position();
        String word = run("abcdefghijklmnopqrstuvwxyz");
        JsonNode value = switch (word) {
            case "true" -> BooleanNode.TRUE;
            case "false" -> BooleanNode.FALSE;
            case "null" -> NullNode.instance;
            default -> null;
        };
        if (value == null) {
            scanner.back(start);
        }
        return value;
    }

    private String run(String characters) {
        int start = scanner.position();
        while (!scanner.atEnd() && characters.indexOf(scanner.peek()) >= 0) {
            scanner.next();
        }
        return scanner.from(start);
    }

    /** A quoted string; the quote is next. */
    String string() throws InvalidJsonPathException {
        char quote = scanner.next();
        StringBuilder out = new StringBuilder();
        while (scanner.peek() != quote || scanner.atEnd()) {
            char c = scanner.next();
            if (c < ' ') {
                throw scanner.refused("the string does not end, or has a control character");
            }
            if (c == '\\') {
                escape(quote, out);
            } else if (Character.isHighSurrogate(c) && Character.isLowSurrogate(scanner.peek())) {
                out.append(c).append(scanner.next());
            } else if (Character.isSurrogate(c)) {
                throw scanner.refused("half a surrogate pair stands in the string");
            } else {
                out.append(c);
            }
        }
        scanner.next();
        return out.toString();
    }

    private void escape(char quote, StringBuilder out) throws InvalidJsonPathException {
        char c = scanner.next();
        switch (c) {
            case 'b' -> out.append('\b');
            case 'f' -> out.append('\f');
            case 'n' -> out.append('\n');
            case 'r' -> out.append('\r');
            case 't' -> out.append('\t');
            case '/', '\\' -> out.append(c);
            case 'u' -> unicode(out);
            default -> {
                if (c != quote) {
                    throw scanner.refused("the string has an escape that is none");
                }
                out.append(c);
            }
        }
    }

    private void unicode(StringBuilder out) throws InvalidJsonPathException {
        char first = hex();
        out.append(first);
        if (Character.isHighSurrogate(first)) {
            scanner.expect("\\u");
            char second = hex();
            if (!Character.isLowSurrogate(second)) {
                throw scanner.refused("half a surrogate pair stands in the string");
            }
            out.append(second);
        } else if (Character.isLowSurrogate(first)) {
            throw scanner.refused("half a surrogate pair stands in the string");
        }
    }

    private char hex() throws InvalidJsonPathException {
        int value = 0;
        for (int i = 0; i < 4; i++) {
            char c = scanner.next();
            int digit = c < 128 ? Character.digit(c, 16) : -1;
            if (digit < 0) {
                throw scanner.refused("four hexadecimal digits are expected");
            }
            value = 16 * value + digit;
        }
        return (char) value;
    }
}
