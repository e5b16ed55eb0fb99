package dev.wayleave.jsonpath;

import java.util.List;

/** What a filter asks of a node (RFC 9535 §2.3.5). */
sealed interface Condition {
    /** One of them holds. */
    record Any(List<Condition> conditions) implements Condition {}

    /** All of them hold. */
    record All(List<Condition> conditions) implements Condition {}

    /** It does not hold. */
    record Not(Condition condition) implements Condition {}

    /** The query selects something. */
    record Exists(Query query) implements Condition {}

    /** Two values compare that way. */
    record Comparison(Operand left, Comparator comparator, Operand right) implements Condition {}

    /** The function, whose result is logical, says so. */
    record Test(Operand.Call call) implements Condition {}

    /** How two values are compared. */
    enum Comparator {
        EQUAL("=="),
        NOT_EQUAL("!="),
        LESS_OR_EQUAL("<="),
        GREATER_OR_EQUAL(">="),
        LESS("<"),
        GREATER(">");

        private final String sign;

        Comparator(String sign) {
            this.sign = sign;
        }

        String sign() {
            return sign;
        }
    }
}
