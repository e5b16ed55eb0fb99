package dev.wayleave.call;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.BigIntegerNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.DecimalNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.wayleave.caller.Caller;
import java.math.BigDecimal;
import java.util.Optional;

/** The value of a claim as an argument. */
final class ClaimValue {
    private ClaimValue() {}

    /** Empty where the caller has no such claim, or one that is no single value. */
    static Optional<JsonNode> of(Caller caller, String path) {
        return caller.claim(path).map(value -> switch (value) {
            case String text -> TextNode.valueOf(text);
            case Boolean flag -> BooleanNode.valueOf(flag);
            default -> number(new BigDecimal(value.toString()));
        });
    }

    private static JsonNode number(BigDecimal number) {
        boolean whole = number.stripTrailingZeros().scale() <= 0;
        return whole ? BigIntegerNode.valueOf(number.toBigInteger()) : DecimalNode.valueOf(number);
    }
}
