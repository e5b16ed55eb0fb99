package dev.wayleave.sql;

import java.util.Locale;

/**
 * One token.
 *
 * @param text a word in upper case, an operator as it is, and what a quoted name or a text has inside
 */
record SqlToken(Kind kind, String text) {
    /** What a token is. */
    enum Kind {
        /** A keyword or a name. */
        WORD,
        /** A name in double quotes, backticks or brackets, or one beyond ASCII. */
        NAME,
        TEXT,
        NUMBER,
        OPERATOR
    }

    static SqlToken word(String text) {
        return new SqlToken(Kind.WORD, text);
    }

    boolean is(String word) {
        return kind == Kind.WORD && text.equals(word);
    }

    boolean isOperator(String operator) {
        return kind == Kind.OPERATOR && text.equals(operator);
    }

    /** Whether it may name a table or a function; SQLite takes a text for a name, too. */
    boolean mayName() {
        return kind == Kind.WORD || kind == Kind.NAME || kind == Kind.TEXT;
    }

    String lowerCase() {
        return text.toLowerCase(Locale.ROOT);
    }

    /** With nothing in it that two parsers could read in two ways. */
    String masked() {
        return switch (kind) {
            case WORD, OPERATOR -> text;
            case NAME -> "\"q\"";
            case TEXT -> "'s'";
            case NUMBER -> "1";
        };
    }
}
