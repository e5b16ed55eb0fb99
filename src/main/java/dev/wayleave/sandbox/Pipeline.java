package dev.wayleave.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * SQL over HTTP in the Hrana manner: {@code POST /v2/pipeline} for the database that the token names.
 *
 * <p>A stream ends with its request: no baton is given, and a transaction left open is rolled back.
 */
final class Pipeline implements Endpoint {
    private static final int MOST_REQUESTS = 50;
    private static final String ACTION = "sql-pipeline";

    private final DatabaseTokens tokens;
    private final Databases databases;
    private final QueryCounts counts;
    private final AuditLog audit;

    Pipeline(DatabaseTokens tokens, Databases databases, QueryCounts counts, AuditLog audit) {
        this.tokens = tokens;
        this.databases = databases;
        this.counts = counts;
        this.audit = audit;
    }

    /** A statement to run, or the end of the stream. */
    private sealed interface Step {
        record Execute(SqlStatement statement) implements Step {}

        record Close() implements Step {}
    }

    @Override
    public Answer answer(Request request) {
        DatabaseTokens.Access access;
        try {
            access = tokens.verify(request.bearer());
        } catch (Refused e) {
            audit.add(ACTION, null, null, request.path(), e.status());
            throw e;
        }
        Answer answer;
        try {
            answer = run(access, request);
        } catch (Refused e) {
            answer = e.answer();
        }
        audit.add(ACTION, null, access.grant(), request.path() + " " + access.databaseId(), answer.status());
        return answer;
    }

    private Answer run(DatabaseTokens.Access access, Request request) {
        Database database = databases
                .find(access.databaseId())
                .orElseThrow(() -> Refused.notFound("the database of this token does not exist any more"));
        List<String> allowed = database.configuration().allowedIps();
        if (!allowed.isEmpty()
                && allowed.stream().noneMatch(one -> AddressRange.parse(one).contains(request.remote()))) {
            throw Refused.forbidden("this database accepts no connections from your address");
        }
        List<Step> steps = steps(request.json(Set.of("baton", "requests")));
        boolean writable = access.writable() && !database.configuration().blockWrites();
        ObjectNode answer = StrictJson.object().putNull("baton").putNull("base_url");
        ArrayNode results = answer.putArray("results");
        try (SqlSession session = SqlSession.open(
                databases.file(database), writable, database.configuration().sizeLimitBytes(), SqlLimits.USUAL)) {
            for (Step step : steps) {
                results.add(
                        switch (step) {
                            case Step.Execute execute -> execute(session, database, execute.statement());
                            case Step.Close() -> ok("close");
                        });
            }
        } catch (SqlFailure e) {
            throw new Refused(500, "the database cannot be opened");
        }
        return Answer.json(answer);
    }

    private ObjectNode execute(SqlSession session, Database database, SqlStatement statement) {
        try {
            statement.text().check();
            if (database.configuration().blockReads() && statement.text().answersRows()) {
                throw new SqlFailure("BLOCKED", "reads are blocked on this database");
            }
            SqlSession.Outcome outcome = session.execute(statement);
            counts.add(database, statement.text().sql(), outcome.rowsRead(), outcome.rowsWritten(), outcome.duration());
            ObjectNode result = ok("execute");
            result.withObject("/response").set("result", outcome.result());
            return result;
        } catch (SqlFailure e) {
            ObjectNode result = StrictJson.object().put("type", "error");
            result.putObject("error").put("message", e.getMessage()).put("code", e.code());
            return result;
        }
    }

    private static ObjectNode ok(String type) {
        ObjectNode result = StrictJson.object().put("type", "ok");
        result.putObject("response").put("type", type);
        return result;
    }

    private static List<Step> steps(JsonFields body) {
        if (body.optionalText("baton") != null) {
            throw Refused.badRequest("this baton is not known; every stream here ends with its request");
        }
        JsonNode requests = body.object().path("requests");
        if (!requests.isArray() || requests.size() > MOST_REQUESTS) {
            throw Refused.badRequest("requests must be an array of at most " + MOST_REQUESTS);
        }
        List<Step> steps = new ArrayList<>();
        for (JsonNode request : requests) {
            if (!(request instanceof ObjectNode object)) {
                throw Refused.badRequest("requests must hold objects");
            }
            if (!steps.isEmpty() && steps.getLast() instanceof Step.Close) {
                throw Refused.badRequest("nothing can follow close");
            }
            steps.add(step(JsonFields.of(object, "requests.", Set.of("type", "stmt"))));
        }
        return steps;
    }

    private static Step step(JsonFields request) {
        String type = request.text("type");
        return switch (type) {
            case "close" -> new Step.Close();
            case "execute" -> {
                JsonFields stmt = request.optionalObject("stmt", Set.of("sql", "args", "named_args", "want_rows"));
                if (stmt == null) {
                    throw Refused.badRequest("requests.stmt is required");
                }
                yield new Step.Execute(SqlStatement.read(stmt));
            }
            default -> throw Refused.badRequest("unknown type of request: " + type);
        };
    }
}
