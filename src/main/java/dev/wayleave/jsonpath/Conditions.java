package dev.wayleave.jsonpath;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.IntNode;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Tells whether conditions hold and what functions give (RFC 9535 §2.3.5.2, §2.4). No value at all is null here. */
final class Conditions {
    private final Evaluation evaluation;
    private final Budget budget;
    private final Values values;
    private final Expressions expressions;

    Conditions(Evaluation evaluation, Budget budget) {
        this.evaluation = evaluation;
        this.budget = budget;
        this.values = new Values(budget);
        this.expressions = new Expressions(budget);
    }

    boolean hold(Condition condition, Selected current) throws CostlyJsonPathException {
        budget.spend(1);
        return switch (condition) {
            case Condition.Any any -> {
                for (Condition one : any.conditions()) {
                    if (hold(one, current)) {
                        yield true;
                    }
                }
                yield false;
            }
            case Condition.All all -> {
                for (Condition one : all.conditions()) {
                    if (!hold(one, current)) {
                        yield false;
                    }
                }
                yield true;
            }
            case Condition.Not not -> !hold(not.condition(), current);
            case Condition.Exists exists ->
                !evaluation.select(exists.query(), current).isEmpty();
            case Condition.Comparison comparison ->
                values.compare(
                        value(comparison.left(), current), comparison.comparator(), value(comparison.right(), current));
            case Condition.Test test -> test(test.call(), current);
        };
    }

    private boolean test(Operand.Call call, Selected current) throws CostlyJsonPathException {
        JsonNode text = value(call.arguments().getFirst(), current);
        JsonNode expression = value(call.arguments().getLast(), current);
        if (text == null || expression == null || !text.isTextual() || !expression.isTextual()) {
            return false;
        }
        boolean whole = call.function() == Function.MATCH;
        return expressions.find(expression.textValue(), text.textValue(), whole);
    }

    private @Nullable JsonNode value(Operand operand, Selected current) throws CostlyJsonPathException {
        return switch (operand) {
            case Operand.Literal literal -> literal.value();
            case Operand.Nodes nodes -> only(evaluation.select(nodes.query(), current));
            case Operand.Call call -> result(call, current);
        };
    }

    private @Nullable JsonNode result(Operand.Call call, Selected current) throws CostlyJsonPathException {
        Operand argument = call.arguments().getFirst();
        return switch (call.function()) {
            case LENGTH -> length(value(argument, current));
            case COUNT -> IntNode.valueOf(nodes(argument, current).size());
            case VALUE -> only(nodes(argument, current));
            case MATCH, SEARCH -> throw new IllegalStateException("gives no value");
        };
    }

    private List<Selected> nodes(Operand argument, Selected current) throws CostlyJsonPathException {
        if (argument instanceof Operand.Nodes nodes) {
            return evaluation.select(nodes.query(), current);
        }
        throw new IllegalStateException("not a query");
    }

    private static @Nullable JsonNode only(List<Selected> nodes) {
        return nodes.size() == 1 ? nodes.getFirst().node() : null;
    }

    private static @Nullable JsonNode length(@Nullable JsonNode value) {
        if (value != null && value.isTextual()) {
            String text = value.textValue();
            return IntNode.valueOf(text.codePointCount(0, text.length()));
        }
        return value != null && value.isContainerNode() ? IntNode.valueOf(value.size()) : null;
    }
}
