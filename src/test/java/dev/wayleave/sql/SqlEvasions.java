package dev.wayleave.sql;

import java.util.List;
import java.util.stream.Stream;

/** Texts that mean to be taken for something else than they are, or that nobody should run. */
final class SqlEvasions {
    private SqlEvasions() {}

    /** Passes no gate at all. */
    static final List<String> HOSTILE = Stream.concat(
                    Stream.of("""
            (nothing)
            ;
            ;;
            -- only a comment
            /* only a comment */
            SELECT 1; SELECT 2
            SELECT 1; DELETE FROM t
            SELECT 1;DELETE FROM t
            SELECT 1;;DELETE FROM t
            ;DELETE FROM t; SELECT 1
            SELECT 1; -- x⏎DELETE FROM t
            SELECT 1 --⏎; DELETE FROM t
            SELECT 1 /* ; */ ; DELETE FROM t
            SELECT 1 /* */; DELETE FROM t /* */
            SELECT 1 /* /* */; DELETE FROM t --*/
            SELECT 1 /*/*/; DELETE FROM t
            SELECT ';'; DELETE FROM t
            SELECT ''';'; DELETE FROM t
            SELECT '\\'; DELETE FROM t; --'
            SELECT '\\'';'; DELETE FROM t
            SELECT "a;b"; DELETE FROM t
            SELECT "a"";"; DELETE FROM t
            SELECT [a;b]; DELETE FROM t
            SELECT [a]]; DELETE FROM t; --]
            SELECT [a'b]; DELETE FROM t --'
            SELECT `a;b`; DELETE FROM t
            SELECT `a``;`; DELETE FROM t
            SELECT $$; DELETE FROM t; SELECT $$
            SELECT $x$; DELETE FROM t; SELECT $x$
            SELECT E'\\'; DELETE FROM t; --'
            SELECT N'a'; DELETE FROM t
            SELECT 1 // ; DELETE FROM t
            SELECT 1 # ⏎; DELETE FROM t
            SELECT 1 {fn x}; DELETE FROM t
            SELECT 1 \\; DELETE FROM t
            SELECT 'unclosed
            SELECT "unclosed
            SELECT `unclosed
            SELECT [unclosed
            SELECT 1 /* unclosed
            SELECT 1 /*/ DELETE FROM t
            SELECT 1␀; DELETE FROM t
            SELECT 1 --␀⏎; DELETE FROM t
            SELECT '␀'
            SELECT ?
            SELECT ?1
            SELECT :a
            SELECT @a
            SELECT $a
            SELECT #a
            SELECT 1abc
            SELECT 0x
            SELECT 1e
            SELECT x'0'
            SELECT x'zz'
            SELECT 1 ! 2
            SELECT 1 ^ 2
            SELECT { 1 }
            WITH x AS (DELETE FROM t RETURNING *) SELECT * FROM x
            WITH x AS (INSERT INTO t VALUES (1) RETURNING *) SELECT * FROM x
            WITH x AS (UPDATE t SET a = 1 RETURNING *) SELECT * FROM x
            WITH x AS (DROP TABLE t) SELECT 1
            WITH x AS (SELECT 1) DROP TABLE t
            WITH x AS (SELECT 1) CREATE TABLE u (a INT)
            WITH x AS (SELECT 1)
            WITH x AS (SELECT 1) PRAGMA user_version = 3
            WITH x AS (SELECT 1) ATTACH 'x' AS y
            WITH x AS (DELETE FROM t RETURNING *) INSERT INTO u SELECT * FROM x
            WITH x AS (DELETE FROM t RETURNING *) UPDATE u SET a = 1
            WITH x AS (INSERT INTO t VALUES (1) RETURNING *) DELETE FROM t
            SELECT * FROM (DELETE FROM t RETURNING *)
            SELECT (DELETE FROM t)
            SELECT * INTO u FROM t
            SELECT * FROM t FOR UPDATE
            SELECT load_extension('x')
            SELECT LOAD_EXTENSION ('x', 'y')
            SELECT "load_extension"('x')
            SELECT [load_extension]('x')
            SELECT `load_extension`/**/('x')
            SELECT load_extension -- x⏎('x')
            SELECT writefile('/tmp/x', 'y')
            SELECT readfile('/etc/passwd')
            SELECT edit('x')
            SELECT eval('DELETE FROM t')
            SELECT fts3_tokenizer('simple', x'00')
            SELECT define('f', '1')
            SELECT * FROM fsdir('/')
            SELECT * FROM t WHERE a = (SELECT load_extension('x'))
            WITH x AS (SELECT load_extension('x')) SELECT * FROM x
            INSERT INTO t VALUES (load_extension('x'))
            UPDATE t SET a = load_extension('x')
            DELETE FROM t WHERE load_extension('x')
            CREATE TABLE u AS SELECT load_extension('x')
            SELECT * FROM pragma_optimize
            SELECT * FROM pragma_optimize(65534)
            SELECT * FROM "pragma_optimize"
            SELECT * FROM [pragma_optimize]
            SELECT * FROM 'pragma_optimize'
            SELECT * FROM PRAGMA_OPTIMIZE
            SELECT * FROM main.pragma_wal_checkpoint
            SELECT * FROM pragma_incremental_vacuum
            SELECT * FROM pragma_journal_mode
            SELECT * FROM pragma_table_info('t'), pragma_optimize
            PRAGMA table_info(t)
            PRAGMA user_version = 7
            PRAGMA journal_mode = DELETE
            PRAGMA writable_schema = 1
            pragma/**/user_version(7)
            EXPLAIN PRAGMA user_version = 7
            ATTACH 'x.db' AS y
            ATTACH DATABASE ':memory:' AS y
            EXPLAIN ATTACH 'x' AS y
            DETACH y
            VACUUM
            VACUUM INTO '/tmp/copy.db'
            ANALYZE
            ANALYZE t
            REINDEX
            REINDEX t
            BEGIN
            BEGIN EXCLUSIVE
            BEGIN DELETE FROM t; END
            COMMIT
            END
            ROLLBACK
            SAVEPOINT s
            RELEASE s
            EXPLAIN
            EXPLAIN EXPLAIN SELECT 1
            EXPLAIN QUERY PLAN
            EXPLAIN SELECT 1; DELETE FROM t
            EXPLAIN QUERY PLAN SELECT 1; DELETE FROM t
            CREATE TRIGGER x AFTER INSERT ON t BEGIN DELETE FROM t; END
            CREATE TEMP TRIGGER x AFTER INSERT ON t BEGIN DELETE FROM t; END;
            CREATE VIRTUAL TABLE x USING fts5(a)
            CREATE VIRTUAL TABLE x USING csv(filename='/etc/passwd')
            CREATE DATABASE x
            CREATE USER x
            CREATE FUNCTION f() RETURNS INT AS 'DELETE FROM t'
            CREATE TABLE x (a UNSIGNED BIG INT DEFAULT (load_extension('x')))
            CREATE TABLE x (a, b CHECK ((DELETE FROM t)))
            CREATE TABLE x (a, b, PRIMARY KEY (a, b)) DROP TABLE t
            CREATE TABLE x (a, b ANY) STRICT, DELETE FROM t
            CREATE TABLE x (a BIG UNSIGNED INT; DELETE FROM t)
            CREATE INDEX x ON t (a ->> 'b') WHERE (DELETE FROM t)
            ALTER TABLE t ADD c UNSIGNED BIG INT DEFAULT -1; DELETE FROM t
            DROP DATABASE x
            DROP USER x
            TRUNCATE TABLE t
            MERGE INTO t USING u ON (t.a = u.a) WHEN MATCHED THEN DELETE
            GRANT ALL ON t TO u
            REVOKE ALL ON t FROM u
            SET x = 1
            USE x
            CALL x()
            EXEC x
            EXECUTE x
            IF (1=1) DELETE FROM t
            COPY t FROM '/etc/passwd'
            LOAD DATA INFILE 'x' INTO TABLE t
            SHOW TABLES
            DESCRIBE t
            COMMENT ON TABLE t IS 'x'
            LOCK TABLE t
            DECLARE x INT
            DO $$ BEGIN DELETE FROM t; END $$
            FROM t |> SELECT a
            TABLE t
            (SELECT 1)
            ((DELETE FROM t))
            DELETE FROM t; DELETE FROM t
            DELETE FROM t WHERE a IN (DELETE FROM u RETURNING a)
            INSERT INTO t VALUES (1); DELETE FROM t
            INSERT INTO t SELECT * FROM (DELETE FROM u RETURNING *)
            INSERT INTO t VALUES (1) ON CONFLICT DO DELETE
            INSERT INTO t VALUES (1) RETURNING (DELETE FROM t)
            UPDATE t SET a = 1; DROP TABLE t
            UPDATE t SET a = (DELETE FROM t RETURNING a)
            DROP TABLE t; DROP TABLE u
            DROP TABLE t, u; SELECT 1
            ALTER TABLE t RENAME TO u; DELETE FROM u
            SELECT\u00a01; DELETE FROM t
            DELETE\u00a0FROM t
            SELECT\u2003load_extension('x')
            \ufeffDELETE FROM t
            SELECT 1 \ufeff; DELETE FROM t
            ＳＥＬＥＣＴ 1
            DEL/**/ETE FROM t
            DELETE/**/FROM/**/t/**/;SELECT 1
            SELECT 1 UNION DELETE FROM t
            SELECT 1 UNION ALL DROP TABLE t
            nonsense
            SELECT
            SELECT FROM WHERE
            SELECT 1 FROM
            VALUES
            VALUES (1); VALUES (2)
            """.lines().map(SqlEvasions::spelled).toArray(String[]::new)), large())
            .toList();

    /** A line break, a NUL and nothing have signs of their own here. */
    private static String spelled(String line) {
        return line.replace("⏎", "\n").replace("␀", "\0").replace("(nothing)", "");
    }

    private static Stream<String> large() {
        return Stream.of(
                "SELECT " + "(".repeat(60) + "1" + ")".repeat(60),
                "SELECT " + "(".repeat(30_000) + "1" + ")".repeat(30_000),
                "SELECT " + "CASE WHEN ".repeat(200) + "1" + " THEN 1 END".repeat(200),
                "SELECT " + "abs(".repeat(100) + "1" + ")".repeat(100),
                "SELECT * FROM " + "(SELECT * FROM ".repeat(80) + "t" + ")".repeat(80),
                "SELECT '" + "x".repeat(200_001) + "'",
                "SELECT 1" + ",1".repeat(20_001),
                "SELECT " + "[".repeat(100_000),
                "/*".repeat(90_000),
                "SELECT " + "\"".repeat(99_999));
    }
}
