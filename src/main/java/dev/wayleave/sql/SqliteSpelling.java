package dev.wayleave.sql;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Puts what only SQLite spells so into words that the parser knows too; what a statement does stays the same. */
final class SqliteSpelling {
    private static final Set<String> AFTER_IS = Set.of("NULL", "NOT", "DISTINCT", "TRUE", "FALSE");
    private static final SqlToken EQUALS = new SqlToken(SqlToken.Kind.OPERATOR, "=");

    private SqliteSpelling() {}

    static List<SqlToken> usual(List<SqlToken> tokens) {
        List<SqlToken> usual = new ArrayList<>();
        boolean table = tokens.size() > 1 && tokens.getFirst().is("CREATE");
        for (int i = 0; i < tokens.size(); i++) {
            SqlToken token = tokens.get(i);
            if (token.isOperator("==")) {
                usual.add(EQUALS);
            } else if (token.is("GLOB") || token.is("MATCH")) {
                usual.add(SqlToken.word("LIKE"));
            } else if (token.is("NOT") && at(tokens, i + 1).is("INDEXED")) {
                i++;
            } else if (token.is("NOT")
                    && at(tokens, i + 1).is("NULL")
                    && !table
                    && !at(tokens, i - 1).is("IS")) {
                usual.add(SqlToken.word("IS"));
                usual.add(token);
            } else if (token.is("COLLATE") && at(tokens, i + 1).mayName()) {
                i++;
            } else if (token.is("INDEXED") && at(tokens, i + 1).is("BY")) {
                i += 2;
            } else if (token.is("IS") && isComparison(tokens, i)) {
                usual.add(EQUALS);
                i += at(tokens, i + 1).is("NOT") ? 1 : 0;
            } else if (table && isTableOption(tokens, i)) {
                i += token.is("WITHOUT") ? 1 : 0;
                i += at(tokens, i + 1).isOperator(",") ? 1 : 0;
            } else {
                usual.add(token);
            }
        }
        return usual;
    }

    private static boolean isComparison(List<SqlToken> tokens, int is) {
        SqlToken next = at(tokens, is + 1);
        return next.is("NOT")
                ? !AFTER_IS.contains(at(tokens, is + 2).text())
                : next.kind() != SqlToken.Kind.WORD || !AFTER_IS.contains(next.text());
    }

    /** Behind the closing parenthesis, or another of them. */
    private static boolean isTableOption(List<SqlToken> tokens, int i) {
        SqlToken before = at(tokens, i - 1);
        boolean place = before.isOperator(")") || before.isOperator(",");
        boolean end = i + 1 >= tokens.size() || at(tokens, i + 1).isOperator(",");
        boolean without = at(tokens, i).is("WITHOUT") && at(tokens, i + 1).is("ROWID");
        return place && (without || (at(tokens, i).is("STRICT") && end));
    }

    private static SqlToken at(List<SqlToken> tokens, int i) {
        return i >= 0 && i < tokens.size() ? tokens.get(i) : SqlToken.word("");
    }
}
