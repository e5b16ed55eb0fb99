package dev.wayleave.sandbox;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What can be said of a statement before the engine sees it.
 *
 * @param words its words and signs, upper-case; comments left out, literals and quoted names as one sign
 * @param variables the parameter names by position; unnamed ones are empty
 */
record SqlText(String sql, List<String> words, List<String> variables) {
    // Possessive throughout, so that no text can make it backtrack or recurse.
    private static final Pattern TOKEN = Pattern.compile(String.join(
            "|",
            "(?<space>\\s++|--[^\\n]*+|/\\*(?:[^*]|\\*(?!/))*+(?:\\*/)?)",
            "(?<quoted>'(?:[^']|'')*+'?|\"(?:[^\"]|\"\")*+\"?|`(?:[^`]|``)*+`?|\\[[^\\]]*+\\]?)",
            "(?<variable>\\?[0-9]*+|[:@$][\\w$]++(?:::\\w++)*+)",
            "(?<word>[\\p{L}_][\\w$\\p{L}]*+)",
            "(?<number>[0-9][\\w.]*+)",
            "(?<sign>(?s:.))"));
    private static final Set<String> ALLOWED = Set.of(
            "SELECT",
            "VALUES",
            "WITH",
            "INSERT",
            "REPLACE",
            "UPDATE",
            "DELETE",
            "CREATE",
            "ALTER",
            "DROP",
            "EXPLAIN",
            "ANALYZE",
            "REINDEX",
            "BEGIN",
            "COMMIT",
            "END",
            "ROLLBACK",
            "SAVEPOINT",
            "RELEASE",
            "PRAGMA");
    private static final Set<String> PRAGMAS = Set.of(
            "TABLE_INFO",
            "TABLE_XINFO",
            "TABLE_LIST",
            "INDEX_LIST",
            "INDEX_INFO",
            "INDEX_XINFO",
            "FOREIGN_KEY_LIST",
            "FOREIGN_KEY_CHECK",
            "FOREIGN_KEYS",
            "USER_VERSION",
            "INTEGRITY_CHECK",
            "QUICK_CHECK",
            "PAGE_COUNT",
            "PAGE_SIZE",
            "ENCODING");
    private static final Set<String> READING = Set.of("SELECT", "VALUES", "WITH", "EXPLAIN", "PRAGMA");

    SqlText {
        words = List.copyOf(words);
        variables = List.copyOf(variables);
    }

    static SqlText of(String sql) {
        List<String> words = new ArrayList<>();
        List<String> variables = new ArrayList<>();
        Matcher token = TOKEN.matcher(sql);
        while (token.find()) {
            String variable = token.group("variable");
            if (variable != null) {
                number(variables, variable);
                words.add("?");
            } else if (token.group("quoted") != null) {
                words.add("'");
            } else if (token.group("space") == null) {
                words.add(token.group().toUpperCase(Locale.ROOT));
            }
        }
        return new SqlText(sql, words, variables);
    }

    /** Numbers a variable as SQLite does: a plain one is next, a number is itself, a name is next unless known. */
    private static void number(List<String> variables, String variable) {
        if (variable.length() > 1 && variable.charAt(0) == '?') {
            int position = variable.length() > 4 ? 0 : Integer.parseInt(variable.substring(1));
            while (variables.size() < position) {
                variables.add("");
            }
        } else if (variable.equals("?")) {
            variables.add("");
        } else if (!variables.contains(variable)) {
            variables.add(variable);
        }
    }

    /** Refuses what is not exactly one statement of a kind that stays inside its own database. */
    void check() throws SqlFailure {
        int end = end();
        if (end == 0) {
            throw new SqlFailure("SQL_NO_STATEMENT", "there is no statement");
        }
        if (words.subList(end, words.size()).stream().anyMatch(word -> !word.equals(";"))) {
            throw new SqlFailure("SQL_MANY_STATEMENTS", "one statement at a time, please");
        }
        if (!ALLOWED.contains(words.getFirst())) {
            throw new SqlFailure("SQL_NOT_ALLOWED", words.getFirst() + " is not available here");
        }
        if (words.getFirst().equals("PRAGMA") && !PRAGMAS.contains(pragma())) {
            throw new SqlFailure("SQL_NOT_ALLOWED", "this PRAGMA is not available here");
        }
    }

    /** Whether its answer may hold rows; one that begins with WITH counts, whatever it does. */
    boolean answersRows() {
        return READING.contains(words.getFirst()) || words.contains("RETURNING");
    }

    private String pragma() {
        int name = words.size() > 3 && words.get(2).equals(".") ? 3 : 1;
        return words.size() > name ? words.get(name) : "";
    }

    /** How many words the first statement has; in a trigger only the semicolon behind END ends it. */
    private int end() {
        boolean trigger = words.subList(0, Math.min(3, words.size())).contains("TRIGGER");
        for (int i = 0; i < words.size(); i++) {
            if (words.get(i).equals(";")
                    && (!trigger || (i > 0 && words.get(i - 1).equals("END")))) {
                return i;
            }
        }
        return words.size();
    }
}
