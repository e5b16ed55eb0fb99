package dev.wayleave.workflow;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.DecimalNode;
import com.fasterxml.jackson.databind.node.NullNode;
import java.math.BigDecimal;
import java.util.Optional;

/** The literals of simple conditions that stand without quotes. */
final class Literals {
    private Literals() {}

    static Optional<JsonNode> of(String word) {
        return switch (word) {
            case "true" -> Optional.of(BooleanNode.TRUE);
            case "false" -> Optional.of(BooleanNode.FALSE);
            case "null" -> Optional.of(NullNode.instance);
            default ->
                word.matches("-?\\d{1,40}(\\.\\d{1,40})?([eE][+-]?\\d{1,3})?")
                        ? Optional.of(DecimalNode.valueOf(new BigDecimal(word)))
                        : Optional.empty();
        };
    }
}
