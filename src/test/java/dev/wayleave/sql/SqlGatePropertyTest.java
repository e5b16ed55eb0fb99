package dev.wayleave.sql;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a gate lets through is run on a real SQLite without any other guard: it does no more than the gate stands for. */
class SqlGatePropertyTest {
    private static final int MUTANTS = 6_000;
    private static final List<String> PIECES = List.of(
            ";",
            "--",
            "/*",
            "*/",
            "'",
            "\"",
            "`",
            "[",
            "]",
            "\n",
            "\\",
            "$$",
            "(",
            ")",
            " OR REPLACE ",
            " REPLACE INTO ",
            " DELETE FROM t ",
            " DROP TABLE t ",
            " INSERT INTO t VALUES (9, 9) ",
            " UPDATE t SET a = 9 ",
            " CREATE TABLE z (a INT) ",
            " RETURNING * ",
            " WITH x AS ",
            " EXPLAIN ",
            " PRAGMA user_version = 9 ",
            " ATTACH 'x' AS y ",
            " pragma_optimize(65534) ",
            "\u00a0",
            "\ufeff",
            "x'",
            "1e",
            "||",
            "== ",
            " NOT ");

    @TempDir
    Path folder;

    private Path file;
    private Connection connection;

    @BeforeEach
    void open() throws SQLException {
        file = folder.resolve("x.db");
        connection = DriverManager.getConnection("jdbc:sqlite:" + file);
        run("""
                create table t (id integer primary key, a unique, b, c, d, e, f, g);
                create table u (id integer primary key, a, b, x);
                create table v (x); create table w (y);
                create index i on t (a);
                insert into t (a, b) values (1, 2), (3, 4), ('x', 'y');
                insert into u (a, x) values (1, 1), (3, 3);
                """);
    }

    @AfterEach
    void close() throws SQLException {
        connection.close();
    }

    /** All statements of it, as a database would that takes more than one; whether it took them. */
    private boolean run(String sql) {
        try (Statement statement = connection.createStatement()) {
            statement.setQueryTimeout(2);
            statement.executeUpdate(sql);
            return true;
        } catch (SQLException e) {
            return false;
        }
    }

    private Map<String, Integer> rows() throws SQLException {
        Map<String, Integer> rows = new LinkedHashMap<>();
        for (String table : List.of("t", "u", "v", "w")) {
            try (Statement statement = connection.createStatement();
                    ResultSet count = statement.executeQuery("select count(*) from " + table)) {
                rows.put(table, count.getInt(1));
            }
        }
        return rows;
    }

    private String schema() throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet all = statement.executeQuery("select group_concat(sql, ';') from sqlite_master")) {
            return all.getString(1);
        }
    }

    private static List<String> corpus() {
        return Stream.of(
                        SqlGateTest.reads(),
                        SqlGateTest.writes(),
                        SqlGateTest.deletes(),
                        SqlGateTest.evolves(),
                        SqlGateTest.replaces(),
                        SqlEvasions.HOSTILE.stream().filter(sql -> sql.length() < 300))
                .flatMap(all -> all)
                .toList();
    }

    /** The corpus, and pieces of it put together at random. */
    private static List<String> mutants(long seed, List<String> corpus) {
        Random random = new Random(seed);
        List<String> all = new ArrayList<>(corpus);
        while (all.size() < MUTANTS) {
            String one = corpus.get(random.nextInt(corpus.size()));
            String other = corpus.get(random.nextInt(corpus.size()));
            int at = random.nextInt(one.length() + 1);
            String piece = PIECES.get(random.nextInt(PIECES.size()));
            all.add(
                    switch (random.nextInt(4)) {
                        case 0 -> one.substring(0, at) + piece + one.substring(at);
                        case 1 -> one.substring(0, at) + other.substring(random.nextInt(other.length() + 1));
                        case 2 -> one + piece + other;
                        default -> one.substring(0, at) + piece + other + piece + one.substring(at);
                    });
        }
        return all;
    }

    private List<String> passing(SqlGate gate, long seed) {
        return passing(gate, seed, corpus());
    }

    private static List<String> passing(SqlGate gate, long seed, List<String> corpus) {
        return mutants(seed, corpus).stream()
                .filter(sql -> gate.refusal(sql).isEmpty())
                .toList();
    }

    @Test
    void whatReadsChangesNothing() throws SQLException, IOException {
        byte[] before = Files.readAllBytes(file);
        int done = 0;
        for (String sql : passing(SqlGateTest.READ, 1)) {
            done += run(sql) ? 1 : 0;
            assertThat(Files.readAllBytes(file)).as(sql).isEqualTo(before);
        }
        assertThat(done).isGreaterThan(40);
    }

    @Test
    void whatWritesTakesNothingAway() throws SQLException {
        String schema = schema();
        int done = 0;
        for (String sql : passing(SqlGateTest.WRITE, 2)) {
            Map<String, Integer> before = rows();
            run("savepoint one");
            done += run(sql) ? 1 : 0;
            rows().forEach((table, count) -> assertThat(count).as(sql).isGreaterThanOrEqualTo(before.get(table)));
            assertThat(schema()).as(sql).isEqualTo(schema);
            run("rollback to one");
        }
        assertThat(done).isGreaterThan(10);
    }

    @Test
    void whatDeletesDoesNothingElse() throws SQLException {
        String schema = schema();
        int done = 0;
        for (String sql : passing(SqlGateTest.DELETE, 3)) {
            Map<String, Integer> before = rows();
            run("savepoint one");
            done += run(sql) ? 1 : 0;
            rows().forEach((table, count) -> assertThat(count).as(sql).isLessThanOrEqualTo(before.get(table)));
            assertThat(schema()).as(sql).isEqualTo(schema);
            run("rollback to one");
        }
        assertThat(done).isGreaterThan(5);
    }

    @Test
    void whatChangesTheSchemaChangesNoRows() throws SQLException {
        List<String> definitions =
                Stream.concat(corpus().stream(), UsualStatementsTest.evolves()).toList();
        int done = 0;
        for (String sql : passing(SqlGateTest.EVOLVE, 4, definitions)) {
            run("savepoint one");
            done += run(sql) ? 1 : 0;
            assertThat(count("t")).as(sql).isIn(-1, 3);
            assertThat(count("u")).as(sql).isIn(-1, 2);
            assertThat(count("v")).as(sql).isIn(-1, 0);
            run("rollback to one");
            assertThat(rows()).as(sql).containsEntry("t", 3).containsEntry("u", 2);
        }
        assertThat(done).isGreaterThan(40);
    }

    /** Minus one where there is no such table any more. */
    private int count(String table) {
        try (Statement statement = connection.createStatement();
                ResultSet count = statement.executeQuery("select count(*) from main." + table)) {
            return count.getInt(1);
        } catch (SQLException e) {
            return -1;
        }
    }
}
