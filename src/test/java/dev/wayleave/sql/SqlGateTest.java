package dev.wayleave.sql;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Which statements pass which gates. */
class SqlGateTest {
    static final SqlGate READ = new SqlGate(
            EnumSet.of(SqlKind.SELECT, SqlKind.EXPLAIN),
            Map.of(SqlKind.DELETE, "delete_rows", SqlKind.INSERT, "write_rows", SqlKind.UPDATE, "write_rows"));
    static final SqlGate WRITE = new SqlGate(EnumSet.of(SqlKind.INSERT, SqlKind.UPDATE), Map.of());
    static final SqlGate DELETE = new SqlGate(EnumSet.of(SqlKind.DELETE), Map.of());
    static final SqlGate EVOLVE = new SqlGate(EnumSet.of(SqlKind.CREATE, SqlKind.ALTER, SqlKind.DROP), Map.of());
    private static final Map<SqlGate, String> NAMES = names();

    private static Map<SqlGate, String> names() {
        Map<SqlGate, String> names = new LinkedHashMap<>();
        names.put(READ, "read");
        names.put(WRITE, "write");
        names.put(DELETE, "delete");
        names.put(EVOLVE, "evolve");
        return names;
    }

    /** Who lets it through. */
    private static List<String> through(String sql) {
        return NAMES.entrySet().stream()
                .filter(gate -> gate.getKey().refusal(sql).isEmpty())
                .map(Map.Entry::getValue)
                .toList();
    }

    static Stream<String> reads() {
        return """
                SELECT 1
                select 1;
                SELECT 1;;
                /* first */ SELECT 1 -- last
                VALUES (1, 'a'), (2, 'b')
                WITH x AS (SELECT 1) SELECT * FROM x
                WITH RECURSIVE c(x) AS (VALUES (1) UNION ALL SELECT x + 1 FROM c WHERE x < 10) SELECT x FROM c
                WITH x AS MATERIALIZED (SELECT 1), y AS (SELECT 2) SELECT * FROM x, y
                EXPLAIN SELECT 1
                EXPLAIN QUERY PLAN SELECT * FROM t WHERE a = 1
                SELECT 'DELETE FROM t; -- '' not', "DROP TABLE", [a;b], `x` FROM t
                SELECT a -> '$.x', a ->> '$.y', '\\' FROM t
                SELECT * FROM t WHERE a GLOB 'x*' OR a LIKE 'x%' ESCAPE '\\' OR b MATCH 'y' OR c REGEXP 'z'
                SELECT * FROM t WHERE a == 1 AND b != 2 AND c <> 3 AND d IS 4 AND e IS NOT 5 AND f IS NULL AND g NOT NULL
                SELECT * FROM t WHERE a IS NOT DISTINCT FROM b AND c ISNULL AND d NOTNULL
                SELECT x'00ff', 1e5, .5, 5., 0x1F, 1.5E-3, NULL, TRUE
                SELECT count(*) FILTER (WHERE a > 1), group_concat(a, ','), total(b) FROM t
                SELECT row_number() OVER (PARTITION BY a ORDER BY b ROWS BETWEEN 1 PRECEDING AND CURRENT ROW) FROM t
                SELECT * FROM t INDEXED BY i WHERE a = 1
                SELECT * FROM t NOT INDEXED
                SELECT * FROM t ORDER BY a COLLATE NOCASE DESC NULLS LAST LIMIT 5 OFFSET 2
                SELECT replace(a, 'x', 'y'), CAST(b AS INTEGER), iif(a, 1, 2), datetime('now', '-1 day') FROM t
                SELECT CASE a WHEN 1 THEN 'x' ELSE 'y' END FROM t
                SELECT value FROM t, json_each(t.a) WHERE value > 1
                SELECT name, sql FROM sqlite_master WHERE type = 'table'
                SELECT * FROM pragma_table_info('t')
                SELECT t.a, u.b FROM t JOIN u USING (id) LEFT JOIN v ON v.x = u.y CROSS JOIN w
                SELECT 1 UNION SELECT 2 EXCEPT SELECT 3 INTERSECT SELECT 4
                SELECT * FROM t WHERE (a, b) IN (SELECT 1, 2) AND EXISTS (SELECT 1) AND NOT c BETWEEN 1 AND 2
                SELECT naïve, größe FROM t WHERE ünder = 'ß'
                SELECT vector_distance_cos(e, vector32('[1,2]')) FROM t
                SELECT key, value, timestamp, date, type, user, status, level, groups FROM t
                """.lines();
    }

    static Stream<String> writes() {
        return """
                INSERT INTO t (a, b) VALUES (1, 'x'), (2, 'y')
                INSERT INTO t DEFAULT VALUES
                INSERT INTO t SELECT * FROM u
                INSERT OR IGNORE INTO t (a) VALUES (1)
                INSERT INTO t (a) VALUES (1) ON CONFLICT DO NOTHING
                INSERT INTO t (a) VALUES (1) ON CONFLICT (a) DO UPDATE SET b = excluded.b WHERE b > 1 RETURNING *
                INSERT INTO t (a) VALUES ('REPLACE INTO; DELETE')
                WITH x AS (SELECT 1 AS a) INSERT INTO t SELECT a FROM x
                UPDATE t SET a = 1, b = 'DELETE' WHERE c = 2 RETURNING *
                UPDATE OR IGNORE t SET a = 1
                UPDATE t SET (a, b) = (1, 2)
                UPDATE t SET a = u.x FROM u WHERE u.id = t.id
                UPDATE t SET a = replace(a, 'x', 'y')
                WITH x AS (SELECT 1 AS a) UPDATE t SET a = (SELECT a FROM x)
                """.lines();
    }

    static Stream<String> deletes() {
        return """
                DELETE FROM t
                delete from t where a = 1;
                DELETE FROM t WHERE a IN (SELECT a FROM u) RETURNING *
                DELETE FROM main.t AS q WHERE q.a = 1
                WITH x AS (SELECT 1) DELETE FROM t WHERE a IN (SELECT * FROM x)
                """.lines();
    }

    static Stream<String> evolves() {
        return """
                CREATE TABLE t (id INTEGER PRIMARY KEY AUTOINCREMENT, a TEXT NOT NULL DEFAULT 'x', b REAL CHECK (b > 0))
                CREATE TABLE t (a INT REFERENCES u (id) ON DELETE CASCADE ON UPDATE SET NULL, UNIQUE (a))
                CREATE TABLE IF NOT EXISTS t (id INTEGER PRIMARY KEY) STRICT
                CREATE TABLE t (id INTEGER PRIMARY KEY, a TEXT) WITHOUT ROWID
                CREATE TABLE t (id INTEGER PRIMARY KEY, a TEXT) STRICT, WITHOUT ROWID
                CREATE TABLE t AS SELECT * FROM u
                CREATE TEMP TABLE t (a INT)
                CREATE UNIQUE INDEX IF NOT EXISTS i ON t (a DESC, b)
                CREATE INDEX i ON t (lower(a)) WHERE b IS NOT NULL
                CREATE VIEW v AS SELECT * FROM t
                CREATE VIEW IF NOT EXISTS v (a) AS SELECT 1
                ALTER TABLE t RENAME TO u
                ALTER TABLE t RENAME COLUMN a TO b
                ALTER TABLE t ADD COLUMN c TEXT NOT NULL DEFAULT ''
                ALTER TABLE t DROP COLUMN c
                DROP TABLE IF EXISTS t
                DROP INDEX i
                DROP VIEW v
                DROP TRIGGER tr
                """.lines();
    }

    static Stream<String> replaces() {
        return """
                REPLACE INTO t (a) VALUES (1)
                INSERT OR REPLACE INTO t (a) VALUES (1)
                insert/**/or/**/replace into t (a) values (1)
                UPDATE OR REPLACE t SET a = 1
                WITH x AS (SELECT 1 AS a) INSERT OR REPLACE INTO t SELECT a FROM x
                EXPLAIN DELETE FROM t
                EXPLAIN INSERT INTO t VALUES (1)
                EXPLAIN QUERY PLAN UPDATE t SET a = 1
                EXPLAIN DROP TABLE t
                """.lines();
    }

    static List<String> hostile() {
        return SqlEvasions.HOSTILE;
    }

    @ParameterizedTest
    @MethodSource("reads")
    void readingPassesTheGateForReadingAlone(String sql) {
        assertThat(through(sql)).as(READ.refusal(sql).orElse("")).containsExactly("read");
    }

    @ParameterizedTest
    @MethodSource("writes")
    void writingPassesTheGateForWritingAlone(String sql) {
        assertThat(through(sql)).as(WRITE.refusal(sql).orElse("")).containsExactly("write");
    }

    @ParameterizedTest
    @MethodSource("deletes")
    void deletingPassesTheGateForDeletingAlone(String sql) {
        assertThat(through(sql)).as(DELETE.refusal(sql).orElse("")).containsExactly("delete");
    }

    @ParameterizedTest
    @MethodSource("evolves")
    void changesOfTheSchemaPassTheirGateAlone(String sql) {
        assertThat(through(sql)).as(EVOLVE.refusal(sql).orElse("")).containsExactly("evolve");
    }

    @ParameterizedTest
    @MethodSource({"replaces", "hostile"})
    void whatIsHiddenOrDoubtfulPassesNoGate(String sql) {
        assertThat(through(sql)).isEmpty();
    }

    @Test
    void thereAreMoreThanAHundredEvasions() {
        assertThat(Set.copyOf(SqlEvasions.HOSTILE)).hasSizeGreaterThan(150).hasSameSizeAs(SqlEvasions.HOSTILE);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            DELETE FROM t | is DELETE; here only these are done: SELECT, EXPLAIN; delete_rows does DELETE
            INSERT INTO t VALUES (1) ON CONFLICT DO UPDATE SET a = 1 | is INSERT, UPDATE; here only these are done: SELECT, EXPLAIN; write_rows does INSERT; write_rows does UPDATE
            DROP TABLE t | is DROP; here only these are done: SELECT, EXPLAIN
            REPLACE INTO t VALUES (1) | is REPLACE; here only these are done: SELECT, EXPLAIN; it deletes the rows that are in its way, which ON CONFLICT ... DO UPDATE does not
            SELECT 1; SELECT 2 | is more than one statement, and one is done at a time; one statement of these is taken: SELECT, EXPLAIN
            PRAGMA x | is PRAGMA, which is never done here; one statement of these is taken: SELECT, EXPLAIN
            SELECT ?1 | has a parameter, for which there is no value here: write the value itself; one statement of these is taken: SELECT, EXPLAIN
            """)
    void aRefusalSaysWhyAndWhoDoesIt(String sql, String why) {
        assertThat(READ.refusal(sql)).contains(why);
    }

    @Test
    void longStatementsAreUnderstoodAndNothingTakesLong() {
        Instant before = Instant.now();
        assertThat(WRITE.refusal("INSERT INTO t (a, b) VALUES " + "(1, 'x'), ".repeat(2_000) + "(1, 'x')"))
                .isEmpty();
        READ.refusal("SELECT " + "NOT ".repeat(19_000) + "1");
        READ.refusal("SELECT 1 WHERE " + "1 IS 1 AND ".repeat(9_000) + "1");
        READ.refusal("SELECT " + "CASE WHEN ".repeat(49) + "1" + " THEN 1 END".repeat(49));
        READ.refusal("SELECT " + "(SELECT abs(".repeat(25) + "1" + "))".repeat(25) + " nonsense");
        assertThat(Duration.between(before, Instant.now())).isLessThan(Duration.ofSeconds(20));
    }
}
