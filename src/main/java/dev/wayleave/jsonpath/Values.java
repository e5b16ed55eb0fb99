package dev.wayleave.jsonpath;

import com.fasterxml.jackson.databind.JsonNode;
import dev.wayleave.jsonpath.Condition.Comparator;
import org.jspecify.annotations.Nullable;

/** Compares values as RFC 9535 §2.3.5.2.2 does: numbers by value, strings by code point, all else only for equality. */
final class Values {
    private final Budget budget;

    Values(Budget budget) {
        this.budget = budget;
    }

    boolean compare(@Nullable JsonNode left, Comparator comparator, @Nullable JsonNode right)
            throws CostlyJsonPathException {
        return switch (comparator) {
            case EQUAL -> equal(left, right);
            case NOT_EQUAL -> !equal(left, right);
            case LESS -> less(left, right);
            case GREATER -> less(right, left);
            case LESS_OR_EQUAL -> less(left, right) || equal(left, right);
            case GREATER_OR_EQUAL -> less(right, left) || equal(left, right);
        };
    }

    private boolean equal(@Nullable JsonNode left, @Nullable JsonNode right) throws CostlyJsonPathException {
        if (left == null || right == null) {
            return left == null && right == null;
        }
        budget.spend(1);
        if (left.isNumber() && right.isNumber()) {
            return left.decimalValue().compareTo(right.decimalValue()) == 0;
        }
        if (left.getNodeType() != right.getNodeType() || left.size() != right.size()) {
            return false;
        }
        if (!left.isContainerNode()) {
            return left.equals(right);
        }
        for (int i = 0; left.isArray() && i < left.size(); i++) {
            if (!equal(left.get(i), right.get(i))) {
                return false;
            }
        }
        for (var member : left.properties()) {
            JsonNode other = right.get(member.getKey());
            if (other == null || !equal(member.getValue(), other)) {
                return false;
            }
        }
        return true;
    }

    private static boolean less(@Nullable JsonNode left, @Nullable JsonNode right) {
        if (left == null || right == null) {
            return false;
        }
        if (left.isNumber() && right.isNumber()) {
            return left.decimalValue().compareTo(right.decimalValue()) < 0;
        }
        return left.isTextual() && right.isTextual() && order(left.textValue(), right.textValue()) < 0;
    }

    /** By code point, which is not the order of UTF-16. */
    private static int order(String left, String right) {
        int[] first = left.codePoints().toArray();
        int[] second = right.codePoints().toArray();
        return java.util.Arrays.compare(first, second);
    }
}
