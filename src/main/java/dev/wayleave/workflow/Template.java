package dev.wayleave.workflow;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Text with expressions in braces in it (Arazzo 1.1, {@code expression-string}). */
public record Template(List<Piece> pieces) {
    public Template {
        pieces = List.copyOf(pieces);
    }

    /**
     * A part of it.
     *
     * @param expression what stands there instead of the text; null for the text
     */
    public record Piece(String text, @Nullable Expression expression) {}

    /** Whether there is any expression in a text. */
    static boolean isOne(String text) {
        return text.contains("{$");
    }

    /** A text without braces before a dollar is a template of itself. */
    public static Template parse(String text) throws InvalidExpression {
        List<Piece> pieces = new ArrayList<>();
        int from = 0;
        for (int open = text.indexOf("{$"); open >= 0; open = text.indexOf("{$", from)) {
            int close = text.indexOf('}', open);
            if (close < 0) {
                throw new InvalidExpression("a brace before an expression is not closed");
            }
            pieces.add(new Piece(text.substring(from, open), null));
            pieces.add(new Piece("", Expression.parse(text.substring(open + 1, close))));
            from = close + 1;
        }
        pieces.add(new Piece(text.substring(from), null));
        return new Template(pieces);
    }

    /** The text; empty where one of its expressions has no value. */
    public Optional<String> in(Facts facts) {
        return in(facts, UnaryOperator.identity());
    }

    /**
     * The same with values changed before they are put in.
     *
     * @param written makes a value safe where it goes
     */
    Optional<String> in(Facts facts, UnaryOperator<String> written) {
        StringBuilder text = new StringBuilder();
        for (Piece piece : pieces) {
            if (piece.expression() == null) {
                text.append(piece.text());
                continue;
            }
            JsonNode value = piece.expression().in(facts);
            if (value.isMissingNode()) {
                return Optional.empty();
            }
            text.append(written.apply(value.isTextual() ? value.textValue() : value.toString()));
        }
        return Optional.of(text.toString());
    }

    /** Whether it is the same in all facts. */
    boolean isFixed() {
        return pieces.stream().allMatch(piece -> piece.expression() == null);
    }

    /** What it asks. */
    public List<Expression> expressions() {
        List<Expression> asked = new ArrayList<>();
        for (Piece piece : pieces) {
            if (piece.expression() != null) {
                asked.add(piece.expression());
            }
        }
        return asked;
    }
}
