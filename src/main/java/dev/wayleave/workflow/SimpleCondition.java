package dev.wayleave.workflow;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A condition of literals, operators and expressions (Arazzo 1.1, "Simple Conditions"): texts are compared without regard
 * to case, a text that is a number equals and compares as one, and null equals nothing but itself.
 */
public final class SimpleCondition {
    private final Term root;
    private final List<Expression> expressions;

    private SimpleCondition(Term root, List<Expression> expressions) {
        this.root = root;
        this.expressions = List.copyOf(expressions);
    }

    /** A part of it. */
    sealed interface Term {
        /** A literal. */
        record Literal(JsonNode value) implements Term {}

        /** An expression. */
        record Asked(Expression expression) implements Term {}

        /** The opposite. */
        record Not(Term term) implements Term {}

        /** All of them. */
        record And(List<Term> terms) implements Term {}

        /** One of them. */
        record Or(List<Term> terms) implements Term {}

        /** Two values and {@code ==}, {@code !=}, {@code <}, {@code <=}, {@code >} or {@code >=} between them. */
        record Comparison(Term left, String operator, Term right) implements Term {}
    }

    /** Reads one of at most 2,048 characters. */
    static SimpleCondition parse(String text) throws InvalidExpression {
        ConditionParser parser = new ConditionParser(text);
        return new SimpleCondition(parser.whole(), parser.expressions());
    }

    boolean holds(Facts facts) {
        return isTrue(value(root, facts));
    }

    List<Expression> expressions() {
        return expressions;
    }

    private static JsonNode value(Term term, Facts facts) {
        return switch (term) {
            case Term.Literal literal -> literal.value();
            case Term.Asked asked -> asked.expression().in(facts);
            case Term.Not not -> BooleanNode.valueOf(!isTrue(value(not.term(), facts)));
            case Term.And and -> BooleanNode.valueOf(and.terms().stream().allMatch(one -> isTrue(value(one, facts))));
            case Term.Or or -> BooleanNode.valueOf(or.terms().stream().anyMatch(one -> isTrue(value(one, facts))));
            case Term.Comparison two ->
                BooleanNode.valueOf(compared(value(two.left(), facts), two.operator(), value(two.right(), facts)));
        };
    }

    /** False and null are not, and neither is what is missing. */
    private static boolean isTrue(JsonNode value) {
        return !isNothing(value) && !(value.isBoolean() && !value.booleanValue());
    }

    private static boolean isNothing(JsonNode value) {
        return value.isMissingNode() || value.isNull();
    }

    private static boolean compared(JsonNode left, String operator, JsonNode right) {
        return switch (operator) {
            case "==" -> equal(left, right);
            case "!=" -> !equal(left, right);
            default -> {
                Integer order = order(left, right);
                yield order != null
                        && switch (operator) {
                            case "<" -> order < 0;
                            case "<=" -> order <= 0;
                            case ">" -> order > 0;
                            default -> order >= 0;
                        };
            }
        };
    }

    private static boolean equal(JsonNode left, JsonNode right) {
        if (isNothing(left) || isNothing(right)) {
            return isNothing(left) && isNothing(right);
        }
        if (left.isTextual() && right.isTextual()) {
            return folded(left).equals(folded(right));
        }
        Integer order = order(left, right);
        return order == null ? left.equals(right) : order == 0;
    }

    /** Null where they have none. */
    private static @Nullable Integer order(JsonNode left, JsonNode right) {
        if (left.isTextual() && right.isTextual()) {
            return folded(left).compareTo(folded(right));
        }
        BigDecimal one = number(left);
        BigDecimal other = number(right);
        return one == null || other == null ? null : one.compareTo(other);
    }

    private static @Nullable BigDecimal number(JsonNode value) {
        if (value.isNumber()) {
            return value.decimalValue();
        }
        boolean numeric =
                value.isTextual() && value.textValue().matches("[+-]?\\d{1,40}(\\.\\d{1,40})?([eE][+-]?\\d{1,3})?");
        return numeric ? new BigDecimal(value.textValue()) : null;
    }

    private static String folded(JsonNode text) {
        return text.textValue().toUpperCase(Locale.ROOT).toLowerCase(Locale.ROOT);
    }

    /** Reads the grammar of conditions. */
    private static final class ConditionParser {
        private static final int LONGEST = 2_048;
        private static final int DEEPEST = 32;
        private final String text;
        private final List<Expression> expressions = new ArrayList<>();
        private int at;
        private int depth;

        ConditionParser(String text) throws InvalidExpression {
            this.text = text;
            if (text.length() > LONGEST) {
                throw new InvalidExpression("is longer than " + LONGEST + " characters");
            }
        }

        List<Expression> expressions() {
            return expressions;
        }

        Term whole() throws InvalidExpression {
            Term term = or();
            if (at < text.length()) {
                throw wrong("something follows its end");
            }
            return term;
        }

        private Term or() throws InvalidExpression {
            List<Term> terms = new ArrayList<>(List.of(and()));
            while (skip("||")) {
                terms.add(and());
            }
            return terms.size() == 1 ? terms.getFirst() : new Term.Or(terms);
        }

        private Term and() throws InvalidExpression {
            List<Term> terms = new ArrayList<>(List.of(comparison()));
            while (skip("&&")) {
                terms.add(comparison());
            }
            return terms.size() == 1 ? terms.getFirst() : new Term.And(terms);
        }

        private Term comparison() throws InvalidExpression {
            Term left = unary();
            for (String operator : List.of("==", "!=", "<=", ">=", "<", ">")) {
                if (skip(operator)) {
                    return new Term.Comparison(left, operator, unary());
                }
            }
            return left;
        }

        private Term unary() throws InvalidExpression {
            if (++depth > DEEPEST) {
                throw wrong("it is nested too deep");
            }
            Term term;
            if (peek() == '!' && !text.startsWith("!=", at)) {
                at++;
                term = new Term.Not(unary());
            } else if (skip("(")) {
                term = or();
                if (!skip(")")) {
                    throw wrong("a parenthesis is not closed");
                }
            } else {
                term = operand();
            }
            depth--;
            blank();
            return term;
        }

        private Term operand() throws InvalidExpression {
            char c = peek();
            if (c == '\'') {
                return literal();
            }
            int from = at;
            while (at < text.length()
                    && !Character.isWhitespace(text.charAt(at))
                    && "()<>=!&|'".indexOf(text.charAt(at)) < 0) {
                at++;
            }
            String word = text.substring(from, at);
            if (word.startsWith("$")) {
                Expression expression = Expression.parse(word);
                expressions.add(expression);
                return new Term.Asked(expression);
            }
            return new Term.Literal(Literals.of(word).orElseThrow(() -> wrong("\"" + word + "\" is no value")));
        }

        /** A quote within is doubled. */
        private Term literal() throws InvalidExpression {
            StringBuilder value = new StringBuilder();
            for (at++; at < text.length(); at++) {
                if (text.charAt(at) != '\'') {
                    value.append(text.charAt(at));
                } else if (text.startsWith("''", at)) {
                    value.append('\'');
                    at++;
                } else {
                    at++;
                    return new Term.Literal(TextNode.valueOf(value.toString()));
                }
            }
            throw wrong("a quote is not closed");
        }

        private char peek() {
            blank();
            return at < text.length() ? text.charAt(at) : 0;
        }

        private boolean skip(String token) {
            blank();
            boolean there = text.startsWith(token, at);
            at += there ? token.length() : 0;
            return there;
        }

        private void blank() {
            while (at < text.length() && Character.isWhitespace(text.charAt(at))) {
                at++;
            }
        }

        private InvalidExpression wrong(String why) {
            return new InvalidExpression("is no simple condition: " + why);
        }
    }
}
