package dev.wayleave.openapi;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.NullNode;
import java.math.BigInteger;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What a plain scalar means: the core schema of YAML 1.2 (§10.3.2), under which {@code no}, {@code on}, dates and
 * {@code 12:30:45} are text. A number with leading zeros is text too, because 1.1 and 1.2 disagree about its value.
 */
final class YamlScalars {
    private static final Pattern DECIMAL = Pattern.compile("[-+]?(0|[1-9][0-9]*)");
    private static final Pattern FLOAT =
            Pattern.compile("[-+]?((0|[1-9][0-9]*)(\\.[0-9]*)?|\\.[0-9]+)([eE][-+]?[0-9]+)?");
    private static final Pattern OCTAL = Pattern.compile("0o[0-7]+");
    private static final Pattern HEX = Pattern.compile("0x[0-9a-fA-F]+");

    private YamlScalars() {}

    /** Null for text. */
    static @Nullable JsonNode plain(String text) {
        return switch (text) {
            case "", "~", "null", "Null", "NULL" -> NullNode.instance;
            case "true", "True", "TRUE" -> BooleanNode.TRUE;
            case "false", "False", "FALSE" -> BooleanNode.FALSE;
            default -> mayBeNumber(text.charAt(0)) ? number(text) : null;
        };
    }

    private static boolean mayBeNumber(char first) {
        return (first >= '0' && first <= '9') || first == '-' || first == '+' || first == '.';
    }

    private static @Nullable JsonNode number(String text) {
        if (text.length() > Numbers.LONGEST) {
            return null;
        }
        if (OCTAL.matcher(text).matches()) {
            return Numbers.whole(new BigInteger(text.substring(2), 8));
        }
        if (HEX.matcher(text).matches()) {
            return Numbers.whole(new BigInteger(text.substring(2), 16));
        }
        return DECIMAL.matcher(text).matches() || FLOAT.matcher(text).matches() ? Numbers.parse(text) : null;
    }
}
