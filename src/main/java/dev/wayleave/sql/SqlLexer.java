package dev.wayleave.sql;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * Takes a text apart as SQLite's own tokenizer does, so that no comment, quote or escape hides a word from the parser that
 * has a meaning for the database; what that tokenizer refuses, or what has no value here, is refused.
 */
final class SqlLexer {
    private static final int LONGEST = 200_000;
    private static final int MOST = 40_000;

    /** The longest first. */
    private static final List<String> OPERATORS = List.of(
            "->>", "->", "||", "<<", ">>", "<=", ">=", "<>", "!=", "==", "(", ")", "+", "-", "*", "/", "%", "=", "<",
            ">", "&", "|", "~", ",", ".", ";");

    private static final Set<Character> SPACES = Set.of(' ', '\t', '\n', '\r', '\f');
    private final String sql;
    private final List<SqlToken> tokens = new ArrayList<>();
    private int at;

    private SqlLexer(String sql) {
        this.sql = sql;
    }

    static List<SqlToken> tokens(String sql) throws UnclearSql {
        if (sql.length() > LONGEST) {
            throw new UnclearSql("is longer than " + LONGEST + " characters");
        }
        if (!StandardCharsets.UTF_8.newEncoder().canEncode(sql)) {
            throw new UnclearSql("has half a character");
        }
        if (sql.indexOf('\0') >= 0) {
            throw new UnclearSql("has a character NUL, at which databases stop to read");
        }
        SqlLexer lexer = new SqlLexer(sql);
        while (lexer.at < sql.length()) {
            lexer.next();
            if (lexer.tokens.size() > MOST) {
                throw new UnclearSql("has more than " + MOST + " words and signs");
            }
        }
        return lexer.tokens;
    }

    private void next() throws UnclearSql {
        char c = sql.charAt(at);
        if (SPACES.contains(c)) {
            at++;
        } else if (sql.startsWith("--", at)) {
            int end = sql.indexOf('\n', at);
            at = end < 0 ? sql.length() : end + 1;
        } else if (sql.startsWith("/*", at)) {
            at = end("*/", at + 2, "comment") + 2;
        } else if (c == '\'') {
            tokens.add(new SqlToken(SqlToken.Kind.TEXT, quoted('\'')));
        } else if (c == '"' || c == '`') {
            tokens.add(new SqlToken(SqlToken.Kind.NAME, quoted(c)));
        } else if (c == '[') {
            int end = end("]", at + 1, "name");
            tokens.add(new SqlToken(SqlToken.Kind.NAME, sql.substring(at + 1, end)));
            at = end + 1;
        } else if (isDigit(c) || (c == '.' && at + 1 < sql.length() && isDigit(sql.charAt(at + 1)))) {
            number();
        } else if (isWord(c) && c != '$') {
            word();
        } else {
            operator(c);
        }
    }

    private int end(String sign, int from, String what) throws UnclearSql {
        int end = sql.indexOf(sign, from);
        if (end < 0) {
            throw new UnclearSql("has a " + what + " that does not end");
        }
        return end;
    }

    /** A doubled quote is one of the text. */
    private String quoted(char quote) throws UnclearSql {
        StringBuilder text = new StringBuilder();
        int from = at + 1;
        while (true) {
            int end = end(String.valueOf(quote), from, "quote");
            text.append(sql, from, end);
            if (end + 1 >= sql.length() || sql.charAt(end + 1) != quote) {
                at = end + 1;
                return text.toString();
            }
            text.append(quote);
            from = end + 2;
        }
    }

    private void word() throws UnclearSql {
        int from = at;
        while (at < sql.length() && isWord(sql.charAt(at))) {
            at++;
        }
        String word = sql.substring(from, at);
        if (word.indexOf('\uFEFF') >= 0) {
            throw new UnclearSql("has a byte order mark, which some databases skip");
        }
        if (word.equalsIgnoreCase("x") && at < sql.length() && sql.charAt(at) == '\'') {
            String blob = quoted('\'');
            if (!blob.matches("(?:[0-9A-Fa-f]{2})*+")) {
                throw new UnclearSql("has a blob that is no pairs of hexadecimal digits");
            }
            tokens.add(new SqlToken(SqlToken.Kind.TEXT, blob));
        } else if (word.matches("[A-Za-z_][A-Za-z0-9_]*+")) {
            tokens.add(SqlToken.word(word.toUpperCase(Locale.ROOT)));
        } else {
            tokens.add(new SqlToken(SqlToken.Kind.NAME, word));
        }
    }

    private void number() throws UnclearSql {
        int from = at;
        while (at < sql.length()
                && (isWord(sql.charAt(at)) || sql.charAt(at) == '.' || isSignOfExponent(sql.substring(from, at)))) {
            at++;
        }
        String number = sql.substring(from, at);
        if (!number.matches("0[xX][0-9A-Fa-f]++|(?:[0-9]++\\.?+[0-9]*+|\\.[0-9]++)(?:[eE][+-]?+[0-9]++)?+")) {
            throw new UnclearSql("has a number that is none");
        }
        tokens.add(new SqlToken(SqlToken.Kind.NUMBER, number));
    }

    private boolean isSignOfExponent(String before) {
        char c = sql.charAt(at);
        return (c == '+' || c == '-') && before.matches("[0-9.]++[eE]");
    }

    private void operator(char c) throws UnclearSql {
        for (String operator : OPERATORS) {
            if (sql.startsWith(operator, at)) {
                tokens.add(new SqlToken(SqlToken.Kind.OPERATOR, operator));
                at += operator.length();
                return;
            }
        }
        if ("?:@$#".indexOf(c) >= 0) {
            throw new UnclearSql("has a parameter, for which there is no value here: write the value itself");
        }
        throw new UnclearSql("has a character that means nothing outside of quotes");
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }

    /** Everything beyond ASCII is a part of a name to SQLite, spaces of other scripts too. */
    private static boolean isWord(char c) {
        return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || isDigit(c) || c == '_' || c == '$' || c >= 0x80;
    }
}
