package dev.wayleave.jsonpath;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The regular expressions of {@code match} and {@code search}: I-Regexp (RFC 9485), run by an automaton whose time is
 * linear in the text, so that none of them can be made to explode.
 */
final class Expressions {
    private static final int LONGEST = 1_000;
    private static final int MOST_KEPT = 100;
    private final Budget budget;
    private final Map<String, Optional<Pattern>> compiled = new HashMap<>();

    Expressions(Budget budget) {
        this.budget = budget;
    }

    /** False too where the expression is none, as the RFC says. */
    boolean find(String expression, String text, boolean whole) throws CostlyJsonPathException {
        budget.spend(text.length());
        if (compiled.size() >= MOST_KEPT) {
            compiled.clear();
        }
        if (!compiled.containsKey(expression)) {
            budget.spend(1_000);
            compiled.put(expression, compile(expression));
        }
        Optional<Pattern> pattern = compiled.getOrDefault(expression, Optional.empty());
        return pattern.isPresent()
                && (whole
                        ? pattern.get().matcher(text).matches()
                        : pattern.get().matcher(text).find());
    }

    private static Optional<Pattern> compile(String expression) {
        if (expression.length() > LONGEST || !isInteroperable(expression)) {
            return Optional.empty();
        }
        try {
            return Optional.of(Pattern.compile(translated(expression)));
        } catch (PatternSyntaxException invalid) {
            return Optional.empty();
        }
    }

    /** I-Regexp has no lazy quantifiers, groups that capture nothing, nor escapes for kinds of characters. */
    private static boolean isInteroperable(String expression) {
        return !expression.contains("(?")
                && !expression.matches("(?s).*[*+?}][?+].*")
                && !expression.replace("\\\\", "").matches("(?s).*\\\\[^nrt(-+\\-.?\\[-^{-}pP].*");
    }

    /** A dot is any character but CR and LF. */
    private static String translated(String expression) {
        StringBuilder out = new StringBuilder();
        boolean inClass = false;
        for (int i = 0; i < expression.length(); i++) {
            char c = expression.charAt(i);
            if (c == '\\' && i + 1 < expression.length()) {
                out.append(c).append(expression.charAt(++i));
                continue;
            }
            out.append(c == '.' && !inClass ? "[^\\n\\r]" : String.valueOf(c));
            inClass = c == '[' || (inClass && c != ']');
        }
        return out.toString();
    }
}
