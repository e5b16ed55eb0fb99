package dev.wayleave.sql;

import java.util.List;
import java.util.Set;

/** Goes through a statement word by word, and no further than it is understood. */
final class SqlWords {
    private static final Set<String> NO_NAMES =
            Set.of("NOT", "NULL", "DEFAULT", "COLLATE", "REFERENCES", "AS", "SELECT", "TABLE", "ON", "TO", "WHERE");
    private static final SqlToken END = SqlToken.word("");
    private final List<SqlToken> tokens;
    private int at;

    SqlWords(List<SqlToken> tokens) {
        this.tokens = tokens;
    }

    boolean isEnd() {
        return at >= tokens.size();
    }

    /** What comes next; an empty word at the end. */
    SqlToken now() {
        return isEnd() ? END : tokens.get(at);
    }

    SqlToken after() {
        return at + 1 < tokens.size() ? tokens.get(at + 1) : END;
    }

    /** Whatever it is; there must be something. */
    SqlToken next() throws UnclearSql {
        require(!isEnd());
        return tokens.get(at++);
    }

    boolean isOneOf(Set<String> words) {
        return now().kind() == SqlToken.Kind.WORD && words.contains(now().text());
    }

    boolean isName() {
        return !isEnd() && now().mayName() && !isOneOf(NO_NAMES);
    }

    boolean took(String word) {
        return took(now().is(word));
    }

    boolean tookOne(Set<String> words) {
        return took(isOneOf(words));
    }

    boolean tookSign(String sign) {
        return took(now().isOperator(sign));
    }

    private boolean took(boolean there) {
        at += there ? 1 : 0;
        return there;
    }

    void name() throws UnclearSql {
        require(isName());
        at++;
    }

    /** Perhaps behind the name of a schema. */
    void qualifiedName() throws UnclearSql {
        name();
        if (tookSign(".")) {
            name();
        }
    }

    /** In parentheses. */
    void names() throws UnclearSql {
        require(tookSign("("));
        do {
            name();
        } while (tookSign(","));
        require(tookSign(")"));
    }

    /** What stands in parentheses, of which each has its other; never nothing. */
    List<SqlToken> parenthesized() throws UnclearSql {
        require(now().isOperator("("));
        int from = at + 1;
        int depth = 0;
        do {
            SqlToken token = next();
            depth += token.isOperator("(") ? 1 : token.isOperator(")") ? -1 : 0;
        } while (depth > 0);
        require(at - 1 > from);
        return tokens.subList(from, at - 1);
    }

    /** All that is left; never nothing. */
    List<SqlToken> rest() throws UnclearSql {
        require(!isEnd());
        List<SqlToken> rest = tokens.subList(at, tokens.size());
        at = tokens.size();
        return rest;
    }

    static void require(boolean understood) throws UnclearSql {
        if (!understood) {
            throw new UnclearSql("is no statement that is understood here");
        }
    }
}
