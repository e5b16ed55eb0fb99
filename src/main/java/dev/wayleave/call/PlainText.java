package dev.wayleave.call;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;

/** A JSON value as text, where no media type says how to write it (OpenAPI 3.1 appendix B leaves that open). */
final class PlainText {
    private static final int MOST_DIGITS = 40;

    private PlainText() {}

    /** A string as it is, null as nothing, a number without an exponent where that is short, what is composed as JSON. */
    static String of(JsonNode value) {
        if (value.isFloatingPointNumber()) {
            BigDecimal number = value.decimalValue();
            BigDecimal whole = number.signum() == 0 ? BigDecimal.ZERO : number.stripTrailingZeros();
            boolean isShort = whole.precision() + Math.abs((long) whole.scale()) <= MOST_DIGITS;
            return isShort ? whole.toPlainString() : value.asText();
        }
        if (value.isNull()) {
            return "";
        }
        return value.isContainerNode() ? value.toString() : value.asText();
    }
}
