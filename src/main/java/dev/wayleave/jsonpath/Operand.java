package dev.wayleave.jsonpath;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;

/** What stands beside a comparison operator, or in the parentheses of a function (RFC 9535 §2.3.5.1, §2.4). */
sealed interface Operand {
    /** A number, a string, {@code true}, {@code false} or {@code null}. */
    record Literal(JsonNode value) implements Operand {}

    /** A query; its value is that of the one node that it selects. */
    record Nodes(Query query) implements Operand {}

    /** A function and what it is given. */
    record Call(Function function, List<Operand> arguments) implements Operand {
        public Call {
            arguments = List.copyOf(arguments);
        }
    }
}
