package dev.wayleave.sql;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * What SQLite's grammar has for CREATE, ALTER and DROP of a table, an index or a view: columns without types, types of several
 * words, {@code ON CONFLICT} and the like, which parsers for every database do not know. Expressions are left to them.
 *
 * @see <a href="https://www.sqlite.org/lang_createtable.html">SQLite's grammar</a>
 */
final class SqliteDefinition {
    private static final Set<String> OF_TABLES = Set.of("CONSTRAINT", "PRIMARY", "UNIQUE", "CHECK", "FOREIGN");
    private static final Set<String> OF_COLUMNS = Set.of(
            "CONSTRAINT",
            "PRIMARY",
            "UNIQUE",
            "CHECK",
            "NOT",
            "NULL",
            "DEFAULT",
            "COLLATE",
            "REFERENCES",
            "GENERATED",
            "AS");
    private static final Set<String> CONFLICTS = Set.of("ROLLBACK", "ABORT", "FAIL", "IGNORE", "REPLACE");
    private static final Set<String> CHANGES = Set.of("DELETE", "UPDATE");
    private final SqlWords words;
    private final List<SqlToken> query = new ArrayList<>();

    private SqliteDefinition(List<SqlToken> tokens) {
        this.words = new SqlWords(tokens);
    }

    /**
     * A statement that is understood, provided that its query is.
     *
     * @param query a SELECT of all expressions in it; empty where it has none
     */
    record Definition(SqlKind kind, List<SqlToken> query) {
        Definition {
            query = List.copyOf(query);
        }
    }

    static Definition of(List<SqlToken> tokens) throws UnclearSql {
        SqliteDefinition definition = new SqliteDefinition(tokens);
        SqlKind kind = definition.kind();
        SqlWords.require(definition.words.isEnd());
        return new Definition(kind, definition.query);
    }

    private SqlKind kind() throws UnclearSql {
        if (words.took("CREATE")) {
            create();
            return SqlKind.CREATE;
        }
        if (words.took("ALTER")) {
            alter();
            return SqlKind.ALTER;
        }
        SqlWords.require(words.took("DROP") && words.tookOne(Set.of("TABLE", "INDEX", "VIEW", "TRIGGER")));
        SqlWords.require(!words.took("IF") || words.took("EXISTS"));
        words.qualifiedName();
        return SqlKind.DROP;
    }

    private void create() throws UnclearSql {
        boolean unique = words.took("UNIQUE");
        boolean index = words.took("INDEX");
        if (!index) {
            SqlWords.require(!unique);
            words.tookOne(Set.of("TEMP", "TEMPORARY"));
        }
        boolean table = !index && words.took("TABLE");
        SqlWords.require(index || table || words.took("VIEW"));
        SqlWords.require(!words.took("IF") || (words.took("NOT") && words.took("EXISTS")));
        words.qualifiedName();
        if (index) {
            index();
        } else if (table && !words.now().is("AS")) {
            columns();
        } else {
            if (words.now().isOperator("(")) {
                words.names();
            }
            SqlWords.require(words.took("AS"));
            query.addAll(words.rest());
        }
    }

    private void index() throws UnclearSql {
        SqlWords.require(words.took("ON"));
        words.name();
        List<SqlToken> order = words.parenthesized();
        select("FROM", "Q");
        if (words.took("WHERE")) {
            query.add(SqlToken.word("WHERE"));
            query.addAll(words.rest());
        }
        query.addAll(List.of(SqlToken.word("ORDER"), SqlToken.word("BY")));
        query.addAll(order);
    }

    private void select(String... more) {
        query.add(SqlToken.word("SELECT"));
        query.add(new SqlToken(SqlToken.Kind.NUMBER, "1"));
        for (String word : more) {
            query.add(SqlToken.word(word));
        }
    }

    private void columns() throws UnclearSql {
        SqlWords.require(words.tookSign("("));
        boolean constraints = false;
        do {
            constraints |= words.isOneOf(OF_TABLES);
            if (constraints) {
                ofTable();
            } else {
                column();
            }
            // between constraints of a table no comma is needed
        } while (words.tookSign(",") || words.isOneOf(OF_TABLES));
        SqlWords.require(words.tookSign(")"));
        if (!words.isEnd()) {
            do {
                SqlWords.require(words.took("STRICT") || (words.took("WITHOUT") && words.took("ROWID")));
            } while (words.tookSign(","));
        }
    }

    private void column() throws UnclearSql {
        words.name();
        while (words.isName() && !words.isOneOf(OF_COLUMNS)) {
            words.name();
        }
        if (words.now().isOperator("(")) {
            words.parenthesized();
        }
        while (words.isOneOf(OF_COLUMNS)) {
            ofColumn();
        }
    }

    private void ofColumn() throws UnclearSql {
        if (words.took("CONSTRAINT")) {
            words.name();
        } else if (words.took("PRIMARY")) {
            SqlWords.require(words.took("KEY"));
            words.tookOne(Set.of("ASC", "DESC"));
            conflict();
            words.took("AUTOINCREMENT");
        } else if (words.took("CHECK")) {
            expression();
        } else if (words.took("COLLATE")) {
            words.name();
        } else if (words.took("REFERENCES")) {
            references();
        } else if (words.took("DEFAULT")) {
            value();
        } else if (words.took("NOT") && words.took("DEFERRABLE")) {
            initially();
        } else if (words.tookOne(Set.of("NULL", "UNIQUE"))) {
            conflict();
        } else {
            SqlWords.require(!words.took("GENERATED") || words.took("ALWAYS"));
            SqlWords.require(words.took("AS"));
            expression();
            words.tookOne(Set.of("STORED", "VIRTUAL"));
        }
    }

    private void ofTable() throws UnclearSql {
        if (words.took("CONSTRAINT")) {
            words.name();
        }
        if (words.took("CHECK")) {
            expression();
            conflict();
        } else if (words.took("FOREIGN")) {
            SqlWords.require(words.took("KEY"));
            words.names();
            SqlWords.require(words.took("REFERENCES"));
            references();
        } else {
            SqlWords.require(words.took("UNIQUE") || (words.took("PRIMARY") && words.took("KEY")));
            words.parenthesized();
            conflict();
        }
    }

    private void references() throws UnclearSql {
        words.name();
        if (words.now().isOperator("(")) {
            words.names();
        }
        while (true) {
            if (words.took("ON")) {
                SqlWords.require(words.tookOne(CHANGES));
                SqlWords.require(words.tookOne(Set.of("CASCADE", "RESTRICT"))
                        || (words.took("SET") && words.tookOne(Set.of("NULL", "DEFAULT")))
                        || (words.took("NO") && words.took("ACTION")));
            } else if (words.took("MATCH")) {
                words.name();
            } else if (words.now().is("DEFERRABLE")
                    || (words.now().is("NOT") && words.after().is("DEFERRABLE"))) {
                words.took("NOT");
                words.took("DEFERRABLE");
                initially();
            } else {
                return;
            }
        }
    }

    private void initially() throws UnclearSql {
        SqlWords.require(!words.took("INITIALLY") || words.tookOne(Set.of("DEFERRED", "IMMEDIATE")));
    }

    private void conflict() throws UnclearSql {
        SqlWords.require(!words.took("ON") || (words.took("CONFLICT") && words.tookOne(CONFLICTS)));
    }

    private void value() throws UnclearSql {
        if (words.now().isOperator("(")) {
            expression();
            return;
        }
        boolean signed = words.tookSign("-") || words.tookSign("+");
        SqlToken.Kind kind = words.next().kind();
        SqlWords.require(signed ? kind == SqlToken.Kind.NUMBER : kind != SqlToken.Kind.OPERATOR);
    }

    private void alter() throws UnclearSql {
        SqlWords.require(words.took("TABLE"));
        words.qualifiedName();
        if (words.took("ADD")) {
            words.took("COLUMN");
            column();
        } else if (words.took("DROP")) {
            words.took("COLUMN");
            words.name();
        } else {
            SqlWords.require(words.took("RENAME"));
            if (!words.took("TO")) {
                words.took("COLUMN");
                words.name();
                SqlWords.require(words.took("TO"));
            }
            words.name();
        }
    }

    /** Kept, to be understood as one of those that a SELECT tells. */
    private void expression() throws UnclearSql {
        if (query.isEmpty()) {
            select();
        }
        query.add(new SqlToken(SqlToken.Kind.OPERATOR, ","));
        query.add(new SqlToken(SqlToken.Kind.OPERATOR, "("));
        query.addAll(words.parenthesized());
        query.add(new SqlToken(SqlToken.Kind.OPERATOR, ")"));
    }
}
