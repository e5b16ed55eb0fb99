package dev.wayleave.sandbox;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.sqlite.ProgressHandler;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteConnection;
import org.sqlite.SQLiteOpenMode;
import org.sqlite.core.DB;

/**
 * One connection to one database's file, fenced in: it cannot attach another file, load code or run without end.
 *
 * <p>The engine keeps the fence ({@code SQLITE_LIMIT_ATTACHED} 0, a file opened read-only); {@link SqlText} only says it in
 * better words.
 */
final class SqlSession implements AutoCloseable {
    private static final int STEPS_BETWEEN_LOOKS = 10_000;
    private static final int PAGE = 4_096;
    private static final String LARGEST_VALUE = Integer.toString(4 << 20);

    private final SQLiteConnection connection;
    private final SqlLimits limits;
    private final long opened = System.nanoTime();
    private volatile long deadline = opened + Duration.ofSeconds(1).toNanos();
    private long bytes;

    /** What a statement answered and what it cost. */
    record Outcome(ObjectNode result, long rowsRead, long rowsWritten, Duration duration) {}

    private SqlSession(SQLiteConnection connection, SqlLimits limits) {
        this.connection = connection;
        this.limits = limits;
    }

    /** Opens a file that exists; it may grow up to {@code size} bytes. */
    static SqlSession open(Path file, boolean writable, long size, SqlLimits limits) throws SqlFailure {
        SQLiteConfig config = new SQLiteConfig();
        config.setReadOnly(!writable);
        config.resetOpenMode(SQLiteOpenMode.CREATE);
        config.setBusyTimeout(1_000);
        config.setPragma(SQLiteConfig.Pragma.LIMIT_ATTACHED, "0");
        config.setPragma(SQLiteConfig.Pragma.LIMIT_LENGTH, LARGEST_VALUE);
        config.setPragma(SQLiteConfig.Pragma.LIMIT_EXPR_DEPTH, "200");
        try {
            SQLiteConnection connection = (SQLiteConnection) config.createConnection("jdbc:sqlite:" + file);
            bound(connection, size);
            SqlSession session = new SqlSession(connection, limits);
            ProgressHandler.setHandler(connection, STEPS_BETWEEN_LOOKS, session.new Watch());
            return session;
        } catch (SQLException e) {
            throw SqlFailure.of(e);
        }
    }

    private static void bound(SQLiteConnection connection, long size) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("pragma max_page_count = " + Math.max(1, size / PAGE));
        }
    }

    /** Copies a database as it is between two transactions. */
    static void copy(Path from, Path to) throws IOException {
        try (SQLiteConnection connection =
                        (SQLiteConnection) new SQLiteConfig().createConnection("jdbc:sqlite:" + from);
                PreparedStatement statement = connection.prepareStatement("vacuum into ?")) {
            statement.setString(1, to.toString());
            statement.execute();
        } catch (SQLException e) {
            throw new IOException("cannot copy the database", e);
        }
    }

    Outcome execute(SqlStatement statement) throws SqlFailure {
        List<@Nullable Object> bindings = statement.bindings();
        long start = System.nanoTime();
        deadline = Math.min(start, opened + limits.time().toNanos())
                + limits.time().toNanos();
        DB engine = connection.getDatabase();
        try (PreparedStatement prepared =
                connection.prepareStatement(statement.text().sql())) {
            for (int i = 0; i < bindings.size(); i++) {
                prepared.setObject(i + 1, bindings.get(i));
            }
            long before = engine.total_changes();
            ObjectNode result = StrictJson.object();
            int rows = prepared.execute() ? rows(prepared.getResultSet(), result) : noRows(result);
            long written = engine.total_changes() - before;
            Duration duration = Duration.ofNanos(System.nanoTime() - start);
            result.put("affected_row_count", written == 0 ? 0 : engine.changes())
                    .put("last_insert_rowid", written == 0 ? null : lastRowId())
                    .putNull("replication_index")
                    .put("rows_read", rows)
                    .put("rows_written", written)
                    .put("query_duration_ms", duration.toNanos() / 1_000_000.0);
            return new Outcome(result, rows, written, duration);
        } catch (SQLException e) {
            throw System.nanoTime() > deadline
                    ? new SqlFailure(
                            "SQLITE_INTERRUPT",
                            "the statement took longer than " + limits.time().toMillis() + " ms")
                    : SqlFailure.of(e);
        }
    }

    private int rows(ResultSet found, ObjectNode result) throws SQLException, SqlFailure {
        ResultSetMetaData columns = found.getMetaData();
        ArrayNode cols = result.putArray("cols");
        for (int i = 1; i <= columns.getColumnCount(); i++) {
            String table = columns.getTableName(i);
            // The driver says NUMERIC where nothing was declared, as for an expression.
            String declared = table == null || table.isEmpty() ? null : columns.getColumnTypeName(i);
            cols.addObject().put("name", columns.getColumnLabel(i)).put("decltype", declared);
        }
        ArrayNode rows = result.putArray("rows");
        while (found.next()) {
            if (rows.size() == limits.rows()) {
                throw new SqlFailure(
                        "RESPONSE_TOO_LARGE", "the answer has more than " + limits.rows() + " rows; use LIMIT");
            }
            ArrayNode row = rows.addArray();
            for (int i = 1; i <= cols.size(); i++) {
                Object value = found.getObject(i);
                bytes += size(value);
                if (bytes > limits.bytes()) {
                    throw new SqlFailure(
                            "RESPONSE_TOO_LARGE", "the answer is larger than " + limits.bytes() + " bytes");
                }
                row.add(SqlValues.write(value));
            }
        }
        return rows.size();
    }

    private static int noRows(ObjectNode result) {
        result.putArray("cols");
        result.putArray("rows");
        return 0;
    }

    private static int size(@Nullable Object value) {
        return switch (value) {
            case String text -> 32 + text.length();
            case byte[] blob -> 32 + blob.length * 4 / 3;
            case null, default -> 48;
        };
    }

    private String lastRowId() throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement("select last_insert_rowid()");
                ResultSet row = statement.executeQuery()) {
            return row.getString(1);
        }
    }

    /** Closes the connection; what was not committed is rolled back. */
    @Override
    public void close() throws SqlFailure {
        try {
            connection.close();
        } catch (SQLException e) {
            throw SqlFailure.of(e);
        }
    }

    /** Asked by the engine while it works; stops it behind the deadline. */
    private final class Watch extends ProgressHandler {
        @Override
        protected int progress() {
            return System.nanoTime() > deadline ? 1 : 0;
        }
    }
}
