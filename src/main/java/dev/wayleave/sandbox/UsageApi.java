package dev.wayleave.sandbox;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import org.jspecify.annotations.Nullable;

/** What databases hold and what their SQL cost. */
final class UsageApi {
    private final Databases databases;
    private final QueryCounts counts;

    UsageApi(Databases databases, QueryCounts counts) {
        this.databases = databases;
        this.counts = counts;
    }

    Answer usage(AccessTokens.Access access, Request request) throws IOException {
        Database database = DatabasesApi.find(databases, access, request);
        QueryCounts.Count total = counts.total(database, period(request.query()));
        ObjectNode usage = StrictJson.object()
                .put("rows_read", total.rowsRead())
                .put("rows_written", total.rowsWritten())
                .put("storage_bytes", Files.size(databases.file(database)))
                .put("bytes_synced", 0);
        ObjectNode json = StrictJson.object();
        ObjectNode shown = json.putObject("database").put("uuid", database.id());
        shown.putArray("instances").addObject().put("uuid", database.id()).set("usage", usage);
        shown.set("total", usage);
        return Answer.json(json);
    }

    Answer stats(AccessTokens.Access access, Request request) {
        Database database = DatabasesApi.find(databases, access, request);
        ObjectNode json = StrictJson.object();
        ArrayNode queries = json.putArray("top_queries");
        for (QueryCounts.Count count : counts.top(database, QueryCounts.Period.ALL)) {
            queries.add(json(count));
        }
        if (queries.isEmpty()) {
            json.putNull("top_queries");
        }
        return Answer.json(json);
    }

    Answer queries(AccessTokens.Access access, Request request) {
        Database database = DatabasesApi.find(databases, access, request);
        ArrayNode queries = StrictJson.array();
        for (QueryCounts.Count count : counts.top(database, period(request.query()))) {
            queries.add(json(count)
                    .put("count", count.times())
                    .put("total_duration_ms", count.duration().toNanos() / 1_000_000.0));
        }
        return Answer.json(queries);
    }

    private static ObjectNode json(QueryCounts.Count count) {
        return StrictJson.object()
                .put("query", count.query())
                .put("rows_read", count.rowsRead())
                .put("rows_written", count.rowsWritten());
    }

    private static QueryCounts.Period period(Parameters query) {
        Instant from = time("from", query.find("from"));
        Instant to = time("to", query.find("to"));
        if (from != null && to != null && to.isBefore(from)) {
            throw Refused.badRequest("to must not be before from");
        }
        return new QueryCounts.Period(from, to);
    }

    private static @Nullable Instant time(String name, @Nullable String text) {
        if (text == null) {
            return null;
        }
        try {
            return OffsetDateTime.parse(text).toInstant();
        } catch (DateTimeParseException e) {
            throw Refused.badRequest("invalid " + name + " parameter: a time such as 2026-01-31T00:00:00Z is wanted");
        }
    }
}
