package dev.wayleave.sql;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What one statement in SQLite's dialect does. A parser must understand it, and the words of every other kind may stand
 * nowhere in it outside of quotes: SQLite reserves them, so that they are never names.
 */
final class SqlStatement {
    private static final int DEEPEST = 50;
    private static final Set<String> VERBS = Set.of("INSERT", "UPDATE", "DELETE", "CREATE", "ALTER", "DROP", "INTO");
    private static final Set<String> BETWEEN = Set.of("UNIQUE", "TEMP", "TEMPORARY");
    private static final Set<String> CREATED = Set.of("TABLE", "INDEX", "VIEW");
    private static final Set<String> DROPPED = Set.of("TABLE", "INDEX", "VIEW", "TRIGGER");
    private static final Set<String> ELSE = Set.of("ROLLBACK", "ABORT", "FAIL", "IGNORE", "REPLACE");

    /** Functions of SQLite or of its usual extensions that do more than to tell a value. */
    private static final Set<String> DOING = Set.of(
            "load_extension",
            "eval",
            "define",
            "undefine",
            "define_free",
            "writefile",
            "readfile",
            "edit",
            "mkdir",
            "symlink",
            "lsdir",
            "fsdir",
            "zipfile",
            "fts3_tokenizer",
            "fileio_append",
            "fileio_write",
            "fileio_mkdir",
            "fileio_symlink",
            "fileio_read",
            "fileio_ls",
            "fileio_scan",
            "define_manage");

    private static final String PRAGMA = "pragma_";

    /** Those that describe the schema; some of the others write. */
    private static final Set<String> DESCRIBING = Set.of(
            "pragma_table_info",
            "pragma_table_xinfo",
            "pragma_table_list",
            "pragma_index_list",
            "pragma_index_info",
            "pragma_index_xinfo",
            "pragma_foreign_key_list");

    private final List<SqlToken> tokens;
    private final Set<SqlKind> kinds = EnumSet.noneOf(SqlKind.class);

    private SqlStatement(List<SqlToken> tokens) {
        this.tokens = tokens;
    }

    /** All that it does; never nothing. */
    static Set<SqlKind> kinds(String sql) throws UnclearSql {
        List<SqlToken> tokens = new ArrayList<>(SqlLexer.tokens(sql));
        while (!tokens.isEmpty() && tokens.getLast().isOperator(";")) {
            tokens.removeLast();
        }
        if (tokens.isEmpty()) {
            throw new UnclearSql("is no statement at all");
        }
        if (tokens.stream().anyMatch(token -> token.isOperator(";"))) {
            throw new UnclearSql("is more than one statement, and one is done at a time");
        }
        SqlStatement statement = new SqlStatement(tokens);
        statement.refuseNames();
        statement.refuseDepth();
        statement.classify();
        return statement.kinds;
    }

    private void refuseNames() throws UnclearSql {
        for (int i = 0; i < tokens.size(); i++) {
            String name = tokens.get(i).lowerCase();
            if (!tokens.get(i).mayName()) {
                continue;
            }
            if (DOING.contains(name)
                    && i + 1 < tokens.size()
                    && tokens.get(i + 1).isOperator("(")) {
                throw new UnclearSql("calls " + name + ", which does more than to tell a value");
            }
            if (name.startsWith(PRAGMA) && name.matches("[a-z_]++") && !DESCRIBING.contains(name)) {
                throw new UnclearSql("names " + name + ", which may change more than it tells");
            }
        }
    }

    private void refuseDepth() throws UnclearSql {
        int depth = 0;
        for (SqlToken token : tokens) {
            boolean opens = token.isOperator("(") || token.is("CASE");
            boolean closes = token.isOperator(")") || token.is("END");
            depth = Math.max(0, depth + (opens ? 1 : closes ? -1 : 0));
            if (depth > DEEPEST) {
                throw new UnclearSql("is nested more than " + DEEPEST + " deep");
            }
        }
    }

    private void classify() throws UnclearSql {
        if (tokens.getFirst().is("EXPLAIN")) {
            kinds.add(SqlKind.EXPLAIN);
            boolean plan = tokens.size() > 2
                    && tokens.get(1).is("QUERY")
                    && tokens.get(2).is("PLAN");
            tokens.subList(0, plan ? 3 : 1).clear();
        }
        String first = tokens.isEmpty() ? "" : tokens.getFirst().text();
        SqlKind begun = begun(first);
        if (otherwise()) {
            kinds.add(SqlKind.REPLACE);
        }
        refuseOrders();
        SqlKind understood = understood();
        if (begun != null && begun != understood) {
            throw unclear();
        }
        refuseWordsOfOthers(understood);
        if ((understood == SqlKind.CREATE && !isOf(CREATED)) || (understood == SqlKind.DROP && !isOf(DROPPED))) {
            throw new UnclearSql("is for something else than a table, an index or a view");
        }
        kinds.add(understood);
    }

    /** What the first word says by itself; null for WITH, behind which several may stand. */
    private static @Nullable SqlKind begun(String first) throws UnclearSql {
        return switch (first) {
            case "WITH" -> null;
            case "SELECT", "VALUES" -> SqlKind.SELECT;
            case "INSERT" -> SqlKind.INSERT;
            case "REPLACE" -> SqlKind.REPLACE;
            case "UPDATE" -> SqlKind.UPDATE;
            case "DELETE" -> SqlKind.DELETE;
            case "CREATE" -> SqlKind.CREATE;
            case "ALTER" -> SqlKind.ALTER;
            case "DROP" -> SqlKind.DROP;
            case "PRAGMA",
                    "ATTACH",
                    "DETACH",
                    "VACUUM",
                    "ANALYZE",
                    "REINDEX",
                    "BEGIN",
                    "COMMIT",
                    "END",
                    "ROLLBACK",
                    "SAVEPOINT",
                    "RELEASE" -> throw new UnclearSql("is " + first + ", which is never done here");
            default -> throw unclear();
        };
    }

    /** Takes {@code OR action} out, which the parser does not know; true where it is REPLACE. */
    private boolean otherwise() {
        for (int i = 0; i + 2 < tokens.size(); i++) {
            boolean verb = tokens.get(i).is("INSERT") || tokens.get(i).is("UPDATE");
            if (verb
                    && tokens.get(i + 1).is("OR")
                    && ELSE.contains(tokens.get(i + 2).text())) {
                boolean replace = tokens.get(i + 2).is("REPLACE");
                tokens.subList(i + 1, i + 3).clear();
                return replace;
            }
        }
        return false;
    }

    private SqlKind understood() throws UnclearSql {
        Optional<SqlKind> plain = SqlGrammar.kind(tokens);
        Optional<SqlKind> known = plain.isPresent() ? plain : SqlGrammar.kind(SqliteSpelling.usual(tokens));
        return known.isPresent() ? known.get() : defined();
    }

    private SqlKind defined() throws UnclearSql {
        SqliteDefinition.Definition definition = SqliteDefinition.of(tokens);
        List<SqlToken> query = definition.query();
        if (!query.isEmpty()
                && SqlGrammar.kind(SqliteSpelling.usual(query)).orElseThrow(SqlStatement::unclear) != SqlKind.SELECT) {
            throw unclear();
        }
        return definition.kind();
    }

    /** To a table for full-text search that is no row: it may mean to forget all, or to build the index anew. */
    private void refuseOrders() throws UnclearSql {
        int into = 0;
        while (into < tokens.size() && !tokens.get(into).is("INTO")) {
            into++;
        }
        int name = into + 1;
        name += token(name + 1).isOperator(".") ? 2 : 0;
        int list = name + (token(name + 1).is("AS") ? 3 : 1);
        for (int i = list + 1; token(list).isOperator("(") && i < tokens.size() && !token(i).isOperator(")"); i++) {
            if (token(i).mayName() && token(i).lowerCase().equals(token(name).lowerCase())) {
                throw new UnclearSql(
                        "names the table as a column of its own, by which some tables take orders; leave the"
                                + " list of columns out where it really has one of that name");
            }
        }
    }

    private SqlToken token(int i) {
        return i < tokens.size() ? tokens.get(i) : SqlToken.word("");
    }

    private void refuseWordsOfOthers(SqlKind kind) throws UnclearSql {
        Set<String> seen = new HashSet<>();
        for (int i = 0; i < tokens.size(); i++) {
            SqlToken token = tokens.get(i);
            if (token.kind() != SqlToken.Kind.WORD || !VERBS.contains(token.text())) {
                continue;
            }
            SqlToken before = i == 0 ? SqlToken.word("") : tokens.get(i - 1);
            if (kind == SqlKind.INSERT && token.is("UPDATE") && before.is("DO")) {
                kinds.add(SqlKind.UPDATE);
            } else if (!(isOwn(kind, token, before) && seen.add(token.text())) && !isPart(kind, token, before)) {
                throw new UnclearSql("has the word " + token.text() + " where it has no place");
            }
        }
    }

    /** The word that makes it what it is, and stands there once. */
    private static boolean isOwn(SqlKind kind, SqlToken token, SqlToken before) {
        return switch (kind) {
            case INSERT -> token.is("INSERT") || (token.is("INTO") && before.is("INSERT"));
            case REPLACE -> token.is("INTO") && before.is("REPLACE");
            case UPDATE, DELETE, CREATE, ALTER, DROP -> token.is(kind.name());
            case SELECT, EXPLAIN -> false;
        };
    }

    /** What follows a change of another row, and what is done with a column. */
    private static boolean isPart(SqlKind kind, SqlToken token, SqlToken before) {
        boolean schema = kind == SqlKind.CREATE || kind == SqlKind.ALTER;
        return (schema && (token.is("UPDATE") || token.is("DELETE")) && before.is("ON"))
                || (kind == SqlKind.ALTER && token.is("DROP"));
    }

    private boolean isOf(Set<String> things) {
        int at = 1;
        while (at < tokens.size() && BETWEEN.contains(tokens.get(at).text())) {
            at++;
        }
        return at < tokens.size()
                && tokens.get(at).kind() == SqlToken.Kind.WORD
                && things.contains(tokens.get(at).text());
    }

    private static UnclearSql unclear() {
        return new UnclearSql("is no statement that is understood here");
    }
}
