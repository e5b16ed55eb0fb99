package dev.wayleave.openapi;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.BigIntegerNode;
import com.fasterxml.jackson.databind.node.DecimalNode;
import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.LongNode;
import java.math.BigDecimal;
import java.math.BigInteger;
import org.jspecify.annotations.Nullable;

/** Numbers as they are written, without loss; those with an exponent that no one could compute with are none. */
final class Numbers {
    static final int LONGEST = 1_000;
    private static final int LARGEST_SCALE = 1_400;

    private Numbers() {}

    /** Null for a number that is too long or too large. */
    static @Nullable JsonNode parse(String text) {
        if (text.length() > LONGEST) {
            return null;
        }
        if (text.chars().noneMatch(c -> c == '.' || c == 'e' || c == 'E')) {
            return whole(new BigInteger(text));
        }
        try {
            BigDecimal number = new BigDecimal(text);
            return Math.abs((long) number.scale()) > LARGEST_SCALE ? null : DecimalNode.valueOf(number);
        } catch (NumberFormatException exponentBeyondAnInt) {
            return null;
        }
    }

    static JsonNode whole(BigInteger number) {
        int bits = number.bitLength();
        return bits < Integer.SIZE
                ? IntNode.valueOf(number.intValue())
                : bits < Long.SIZE ? LongNode.valueOf(number.longValue()) : BigIntegerNode.valueOf(number);
    }
}
