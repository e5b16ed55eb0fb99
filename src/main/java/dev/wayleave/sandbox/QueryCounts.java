package dev.wayleave.sandbox;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What the SQL of each database really cost, counted by the minute and kept for thirty days. */
final class QueryCounts {
    private static final int LONGEST_QUERY = 500;
    private static final Duration KEPT = Duration.ofDays(30);
    private static final int MOST_ROWS = 5_000;

    private final ControlStore store;
    private final Clock clock;

    QueryCounts(ControlStore store, Clock clock) {
        this.store = store;
        this.clock = clock;
    }

    /** The sum for one query, or for all. */
    record Count(String query, long times, long rowsRead, long rowsWritten, Duration duration) {}

    /** A stretch of time, both ends included; null for an open end. */
    record Period(@Nullable Instant from, @Nullable Instant to) {
        static final Period ALL = new Period(null, null);

        private long first() {
            return from == null ? 0 : minute(from);
        }

        private long last() {
            return to == null ? Long.MAX_VALUE : minute(to);
        }
    }

    void add(Database database, String query, long rowsRead, long rowsWritten, Duration duration) {
        String shown = query.length() > LONGEST_QUERY ? query.substring(0, LONGEST_QUERY) : query;
        long now = minute(clock.instant());
        store.change(
                "insert into query_count values (?, ?, ?, 1, ?, ?, ?) on conflict do update set times = times + 1,"
                        + " rows_read = rows_read + excluded.rows_read,"
                        + " rows_written = rows_written + excluded.rows_written, micros = micros + excluded.micros",
                database.id(),
                now,
                shown,
                rowsRead,
                rowsWritten,
                duration.toNanos() / 1_000);
        store.change(
                "delete from query_count where database = ? and (minute < ? or rowid <= (select max(rowid) - ? from"
                        + " query_count where database = ?))",
                database.id(),
                now - KEPT.toMinutes(),
                MOST_ROWS,
                database.id());
    }

    /** The costliest queries by rows, the first hundred. */
    List<Count> top(Database database, Period period) {
        return store.list(
                "select query, sum(times), sum(rows_read), sum(rows_written), sum(micros) from query_count"
                        + " where database = ? and minute between ? and ? group by query"
                        + " order by sum(rows_read) + sum(rows_written) desc, sum(times) desc, query limit 100",
                row -> new Count(
                        row.getString(1),
                        row.getLong(2),
                        row.getLong(3),
                        row.getLong(4),
                        Duration.ofNanos(row.getLong(5) * 1_000)),
                database.id(),
                period.first(),
                period.last());
    }

    Count total(Database database, Period period) {
        return store.list(
                        "select sum(times), sum(rows_read), sum(rows_written), sum(micros) from query_count"
                                + " where database = ? and minute between ? and ?",
                        row -> new Count(
                                "",
                                row.getLong(1),
                                row.getLong(2),
                                row.getLong(3),
                                Duration.ofNanos(row.getLong(4) * 1_000)),
                        database.id(),
                        period.first(),
                        period.last())
                .getFirst();
    }

    private static long minute(Instant time) {
        return time.getEpochSecond() / 60;
    }
}
