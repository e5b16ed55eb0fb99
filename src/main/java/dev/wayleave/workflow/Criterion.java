package dev.wayleave.workflow;

import com.fasterxml.jackson.databind.JsonNode;
import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import dev.wayleave.jsonpath.CostlyJsonPathException;
import dev.wayleave.jsonpath.InvalidJsonPathException;
import dev.wayleave.jsonpath.JsonPath;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** An assertion about what happened (Arazzo 1.1, "Criterion Object"). What cannot be evaluated does not hold. */
public sealed interface Criterion {
    boolean holds(Facts facts);

    /** What it asks. */
    Stream<Expression> expressions();

    /** Literals, operators and expressions. */
    record Simple(SimpleCondition condition) implements Criterion {
        @Override
        public boolean holds(Facts facts) {
            return condition.holds(facts);
        }

        @Override
        public Stream<Expression> expressions() {
            return condition.expressions().stream();
        }
    }

    /**
     * A pattern that is found in the context.
     *
     * @param fixed the compiled pattern; null where there are expressions in it
     */
    record Matches(
            Expression context, Template pattern, @Nullable Pattern fixed) implements Criterion {
        static Matches of(Expression context, Template pattern) throws InvalidExpression {
            try {
                Pattern fixed = pattern.isFixed()
                        ? Pattern.compile(pattern.pieces().getFirst().text())
                        : null;
                return new Matches(context, pattern, fixed);
            } catch (PatternSyntaxException e) {
                throw new InvalidExpression("is no regular expression that is known here (RE2)");
            }
        }

        @Override
        public boolean holds(Facts facts) {
            JsonNode value = context.in(facts);
            if (value.isMissingNode() || value.isNull()) {
                return false;
            }
            String text = value.isTextual() ? value.textValue() : value.toString();
            return compiled(facts).map(one -> one.matcher(text).find()).orElse(false);
        }

        private Optional<Pattern> compiled(Facts facts) {
            try {
                return fixed != null ? Optional.of(fixed) : pattern.in(facts).map(Pattern::compile);
            } catch (PatternSyntaxException e) {
                return Optional.empty();
            }
        }

        @Override
        public Stream<Expression> expressions() {
            return Stream.concat(Stream.of(context), pattern.expressions().stream());
        }
    }

    /**
     * A JSONPath query (RFC 9535) that selects something in the context.
     *
     * @param fixed the compiled query; null where there are expressions in it
     */
    record Selects(
            Expression context, Template query, @Nullable JsonPath fixed) implements Criterion {
        static Selects of(Expression context, Template query) throws InvalidExpression {
            try {
                JsonPath fixed = query.isFixed()
                        ? JsonPath.compile(query.pieces().getFirst().text())
                        : null;
                return new Selects(context, query, fixed);
            } catch (InvalidJsonPathException e) {
                throw new InvalidExpression("is no JSONPath of RFC 9535: " + e.getMessage());
            }
        }

        @Override
        public boolean holds(Facts facts) {
            JsonNode value = context.in(facts);
            if (value.isMissingNode() || value.isNull()) {
                return false;
            }
            try {
                Optional<JsonPath> path = compiled(facts);
                return path.isPresent() && !path.get().select(value).isEmpty();
            } catch (InvalidJsonPathException | CostlyJsonPathException e) {
                return false;
            }
        }

        private Optional<JsonPath> compiled(Facts facts) throws InvalidJsonPathException {
            if (fixed != null) {
                return Optional.of(fixed);
            }
            // a value stays within the quotes that the author put around it
            Optional<String> text = query.in(
                    facts,
                    value -> value.replace("\\", "\\\\").replace("\"", "\\\"").replace("'", "\\'"));
            return text.isEmpty() ? Optional.empty() : Optional.of(JsonPath.compile(unescaped(text.get())));
        }

        /** RFC 9535 lets each kind of quote be escaped only within its own kind. */
        private static String unescaped(String text) {
            StringBuilder out = new StringBuilder();
            char quote = 0;
            for (int i = 0; i < text.length(); i++) {
                char c = text.charAt(i);
                if (c == '\\' && i + 1 < text.length()) {
                    char next = text.charAt(++i);
                    boolean other = (next == '"' || next == '\'') && next != quote;
                    out.append(other ? "" : "\\").append(next);
                } else {
                    quote = quote == 0 && (c == '"' || c == '\'') ? c : c == quote ? 0 : quote;
                    out.append(c);
                }
            }
            return out.toString();
        }

        @Override
        public Stream<Expression> expressions() {
            return Stream.concat(Stream.of(context), query.expressions().stream());
        }
    }
}
