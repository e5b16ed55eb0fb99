package dev.wayleave.jsonpath;

import com.fasterxml.jackson.databind.JsonNode;
import dev.wayleave.jsonpath.Condition.Comparator;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads the logical expressions of filters and checks their types (RFC 9535 §2.3.5, §2.4.3). */
final class ConditionParser {
    private final Scanner scanner;
    private final QueryParser queries;
    private final Literals literals;

    ConditionParser(Scanner scanner, QueryParser queries, Literals literals) {
        this.scanner = scanner;
        this.queries = queries;
        this.literals = literals;
    }

    Condition condition() throws InvalidJsonPathException {
        scanner.enter();
        List<Condition> any = new ArrayList<>();
        do {
            scanner.skipBlanks();
            any.add(conjunction());
        } while (follows("||"));
        scanner.leave();
        return any.size() == 1 ? any.getFirst() : new Condition.Any(List.copyOf(any));
    }

    private Condition conjunction() throws InvalidJsonPathException {
        List<Condition> all = new ArrayList<>();
        do {
            scanner.skipBlanks();
            all.add(basic());
        } while (follows("&&"));
        return all.size() == 1 ? all.getFirst() : new Condition.All(List.copyOf(all));
    }

    /** Takes the blanks too where the sign follows them, and nothing where it does not. */
    private boolean follows(String sign) {
        int before = scanner.position();
        scanner.skipBlanks();
        if (scanner.take(sign)) {
            return true;
        }
        scanner.back(before);
        return false;
    }

    private Condition basic() throws InvalidJsonPathException {
        if (scanner.take("!")) {
            scanner.skipBlanks();
            return new Condition.Not(scanner.peek() == '(' ? parenthesized() : test(operand()));
        }
        if (scanner.peek() == '(') {
            return parenthesized();
        }
        Operand left = operand();
        int before = scanner.position();
        scanner.skipBlanks();
        for (Comparator comparator : Comparator.values()) {
            if (scanner.take(comparator.sign())) {
                scanner.skipBlanks();
                return new Condition.Comparison(comparable(left), comparator, comparable(operand()));
            }
        }
        scanner.back(before);
        return test(left);
    }

    private Condition parenthesized() throws InvalidJsonPathException {
        scanner.expect("(");
        Condition inner = condition();
        scanner.skipBlanks();
        scanner.expect(")");
        return inner;
    }

    private Condition test(Operand operand) throws InvalidJsonPathException {
        return switch (operand) {
            case Operand.Nodes nodes -> new Condition.Exists(nodes.query());
            case Operand.Call call -> {
                if (!call.function().isLogical()) {
                    throw scanner.refused(call.function().spelling() + "() gives a value, which must be compared");
                }
                yield new Condition.Test(call);
            }
            case Operand.Literal literal -> throw scanner.refused("a literal alone is no condition");
        };
    }

    private Operand comparable(Operand operand) throws InvalidJsonPathException {
        switch (operand) {
            case Operand.Nodes nodes -> {
                if (!nodes.query().isSingular()) {
                    throw scanner.refused("a query that may select several nodes cannot be compared");
                }
            }
            case Operand.Call call -> {
                if (call.function().isLogical()) {
                    throw scanner.refused(call.function().spelling() + "() gives no value that could be compared");
                }
            }
            case Operand.Literal literal -> {}
        }
        return operand;
    }

    private Operand operand() throws InvalidJsonPathException {
        if (scanner.peek() == '@') {
            return new Operand.Nodes(queries.relative());
        }
        if (scanner.peek() == '$') {
            return new Operand.Nodes(queries.root());
        }
        JsonNode literal = literals.literal();
        if (literal != null) {
            return new Operand.Literal(literal);
        }
        Function function = function();
        if (function == null) {
            throw scanner.refused("a query, a literal or a function of RFC 9535 is expected");
        }
        return new Operand.Call(function, arguments(function));
    }

    /** The opening parenthesis is taken too. */
    private @Nullable Function function() {
        for (Function function : Function.values()) {
            if (scanner.take(function.spelling() + "(")) {
                return function;
            }
        }
        return null;
    }

    private List<Operand> arguments(Function function) throws InvalidJsonPathException {
        scanner.enter();
        List<Operand> arguments = new ArrayList<>();
        for (Function.Type type : function.parameters()) {
            scanner.skipBlanks();
            if (!arguments.isEmpty()) {
                scanner.expect(",");
                scanner.skipBlanks();
            }
            Operand argument = operand();
            boolean nodes = argument instanceof Operand.Nodes;
            arguments.add(
                    switch (type) {
                        case VALUE -> comparable(argument);
                        case NODES -> {
                            if (!nodes) {
                                throw scanner.refused(function.spelling() + "() takes a query");
                            }
                            yield argument;
                        }
                    });
        }
        scanner.skipBlanks();
        scanner.expect(")");
        scanner.leave();
        return arguments;
    }
}
