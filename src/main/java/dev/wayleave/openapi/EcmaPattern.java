package dev.wayleave.openapi;

import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.jspecify.annotations.Nullable;

/**
 * Whether a regular expression can be given to agents and to our own validator: it must be one of ECMA-262 with the
 * {@code u} flag (§22.2.1), as JSON Schema 2020-12 §6.4 advises, and one of {@link Pattern} too.
 *
 * <p>The grammar is that of the standard less what its readers disagree about: set operations and nested brackets in
 * classes, properties other than general categories and the large scripts, modifiers. A doubt counts as a no.
 */
final class EcmaPattern {
    private static final int LONGEST = 5_000;
    private static final int DEEPEST = 100;

    private static final String SYNTAX = "^$\\.*+?()[]{}|/";

    private static final Pattern PROPERTY = Pattern.compile(
            "C[cfno]?|L[Clmotu]?|M[cen]?|N[dlo]?|P[cdefios]?|S[ckmo]?|Z[lps]?"
                    + "|(Script|sc)=(Latin|Greek|Cyrillic|Han|Hiragana|Katakana|Hangul|Arabic|Hebrew|Thai|Devanagari|Common)");

    /** The expression is not in the grammar. */
    private static final class No extends Exception {
        private static final long serialVersionUID = 1L;

        No() {
            super(null, null, false, false);
        }
    }

    private final String text;
    private int at;
    private int depth;
    private int groups;
    private int highestReference;

    private EcmaPattern(String text) {
        this.text = text;
    }

    static boolean isUsable(String text) {
        if (text.length() > LONGEST) {
            return false;
        }
        try {
            EcmaPattern pattern = new EcmaPattern(text);
            pattern.disjunction();
            if (pattern.at < text.length() || pattern.highestReference > pattern.groups) {
                return false;
            }
            Pattern.compile(text);
            return true;
        } catch (No | PatternSyntaxException notInBoth) {
            return false;
        }
    }

    private void disjunction() throws No {
        if (++depth > DEEPEST) {
            throw new No();
        }
        while (at < text.length() && peek() != ')') {
            if (!take('|') && term()) {
                quantifier();
            }
        }
        depth--;
    }

    /** Whether it may be repeated. */
    private boolean term() throws No {
        char c = next();
        return switch (c) {
            case '^', '$' -> false;
            case '(' -> group();
            case '[' -> {
                characterClass();
                yield true;
            }
            case '\\' -> escape();
            case '*', '+', '?', ')', ']', '{', '}', '|' -> throw new No();
            default -> true;
        };
    }

    private boolean group() throws No {
        boolean repeatable = true;
        if (!take('?')) {
            groups++;
        } else if (take('=') || take('!')) {
            repeatable = false;
        } else if (take('<')) {
            if (take('=') || take('!')) {
                repeatable = false;
            } else {
                groups++;
                name();
            }
        } else {
            expect(':');
        }
        disjunction();
        expect(')');
        return repeatable;
    }

    private void name() throws No {
        int start = at;
        while (peek() != '>') {
            char c = next();
            boolean letter = isLetter(c);
            if (!letter && !(at - 1 > start && c >= '0' && c <= '9')) {
                throw new No();
            }
        }
        if (at == start) {
            throw new No();
        }
        expect('>');
    }

    private void quantifier() throws No {
        if (at >= text.length()) {
            return;
        }
        if (take('*') || take('+') || take('?')) {
            take('?');
        } else if (take('{')) {
            int least = number();
            int most = take(',') ? peek() == '}' ? Integer.MAX_VALUE : number() : least;
            expect('}');
            if (most < least) {
                throw new No();
            }
            take('?');
        }
    }

    private boolean escape() throws No {
        char c = next();
        if (c == 'b' || c == 'B') {
            return false;
        }
        if (c >= '1' && c <= '9') {
            at--;
            highestReference = Math.max(highestReference, number());
            return true;
        }
        at--;
        characterEscape();
        return true;
    }

    /** The character meant; null for a set of them. */
    private @Nullable Integer characterEscape() throws No {
        char c = next();
        return switch (c) {
            case 'd', 'D', 's', 'S', 'w', 'W' -> null;
            case 'p', 'P' -> {
                property();
                yield null;
            }
            case 't' -> 9;
            case 'n' -> 10;
            case 'v' -> 11;
            case 'f' -> 12;
            case 'r' -> 13;
            case 'c' -> control();
            case 'x' -> hexadecimal(2);
            case 'u' -> hexadecimal(4);
            default -> {
                if (SYNTAX.indexOf(c) < 0) {
                    throw new No();
                }
                yield (int) c;
            }
        };
    }

    private int control() throws No {
        char letter = next();
        if (!isLetter(letter)) {
            throw new No();
        }
        return letter % 32;
    }

    private static boolean isLetter(char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
    }

    private void property() throws No {
        expect('{');
        int end = text.indexOf('}', at);
        if (end < 0) {
            throw new No();
        }
        if (!PROPERTY.matcher(text.substring(at, end)).matches()) {
            throw new No();
        }
        at = end + 1;
    }

    private void characterClass() throws No {
        take('^');
        if (peek() == ']') {
            throw new No();
        }
        while (!take(']')) {
            Integer low = classAtom();
            boolean range = peek() == '-' && at + 1 < text.length() && text.charAt(at + 1) != ']';
            if (!range) {
                continue;
            }
            expect('-');
            Integer high = classAtom();
            if (low == null || high == null || low > high) {
                throw new No();
            }
        }
    }

    private @Nullable Integer classAtom() throws No {
        if (take('\\')) {
            if (take('b') || peek() == '0') {
                throw new No();
            }
            return take('-') ? Integer.valueOf('-') : characterEscape();
        }
        int c = text.codePointAt(at);
        if (c == '[' || (c == '&' && text.startsWith("&&", at))) {
            throw new No();
        }
        at += Character.charCount(c);
        return c;
    }

    private int hexadecimal(int digits) throws No {
        int value = 0;
        for (int i = 0; i < digits; i++) {
            int digit = Character.digit(next(), 16);
            if (digit < 0) {
                throw new No();
            }
            value = value * 16 + digit;
        }
        return value;
    }

    private int number() throws No {
        int start = at;
        while (at < text.length() && text.charAt(at) >= '0' && text.charAt(at) <= '9') {
            at++;
        }
        if (start == at || at - start > 9) {
            throw new No();
        }
        return Integer.parseInt(text.substring(start, at));
    }

    private char peek() throws No {
        if (at >= text.length()) {
            throw new No();
        }
        return text.charAt(at);
    }

    private char next() throws No {
        char c = peek();
        at++;
        return c;
    }

    private boolean take(char wanted) {
        boolean there = at < text.length() && text.charAt(at) == wanted;
        at += there ? 1 : 0;
        return there;
    }

    private void expect(char wanted) throws No {
        if (!take(wanted)) {
            throw new No();
        }
    }
}
