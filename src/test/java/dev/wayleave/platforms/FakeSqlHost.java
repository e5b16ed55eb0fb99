package dev.wayleave.platforms;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** SQL over HTTP as database hosts answer it, with real SQLite behind it; tokens say which database, and whether to write. */
final class FakeSqlHost extends StatefulPlatform {
    private final Map<String, Connection> databases = new TreeMap<>();
    private final Map<String, String> tokens = new HashMap<>();

    /** What was minted, as {@code database authorization}. */
    final List<String> minted = new ArrayList<>();

    FakeSqlHost() {
        on("POST", "/v2/pipeline", this::pipeline);
    }

    void create(String name) {
        try {
            Connection connection = DriverManager.getConnection("jdbc:sqlite::memory:");
            try (Statement statement = connection.createStatement()) {
                statement.executeUpdate("create table item (id integer primary key, name text);"
                        + "insert into item (name) values ('pen'), ('ink')");
            }
            databases.put(name, connection);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    synchronized String mint(String database, String authorization) {
        String token = "minted-" + minted.size() + ".for-one-call." + database;
        minted.add(database + " " + authorization);
        tokens.put(token, database + " " + authorization);
        return token;
    }

    private Answer pipeline(Asked asked) {
        String[] may = tokens.getOrDefault(asked.header("Authorization").replace("Bearer ", ""), "")
                .split(" ", -1);
        Connection connection = databases.get(may[0]);
        if (connection == null) {
            return Answer.of(401, "{\"error\":\"the token is not valid\"}");
        }
        ObjectNode answer = JSON.createObjectNode().putNull("baton").putNull("base_url");
        ArrayNode results = answer.putArray("results");
        for (JsonNode request : asked.body().path("requests")) {
            results.add(
                    request.path("type").asText().equals("close")
                            ? object("{\"type\":\"ok\",\"response\":{\"type\":\"close\"}}")
                            : execute(connection, request.at("/stmt/sql").asText(), may[1].equals("read-only")));
        }
        return Answer.ok(answer);
    }

    private static ObjectNode execute(Connection connection, String sql, boolean readOnly) {
        ObjectNode result = JSON.createObjectNode();
        try (Statement statement = connection.createStatement()) {
            statement.execute("pragma query_only = " + readOnly);
            ObjectNode told = result.put("type", "ok")
                    .putObject("response")
                    .put("type", "execute")
                    .putObject("result");
            ArrayNode cols = told.putArray("cols");
            ArrayNode rows = told.putArray("rows");
            boolean answers = statement.execute(sql);
            told.put("affected_row_count", answers ? 0 : Math.max(0, statement.getUpdateCount()));
            if (answers) {
                ResultSet all = statement.getResultSet();
                int columns = all.getMetaData().getColumnCount();
                for (int i = 1; i <= columns; i++) {
                    cols.addObject().put("name", all.getMetaData().getColumnName(i));
                }
                while (all.next()) {
                    ArrayNode row = rows.addArray();
                    for (int i = 1; i <= columns; i++) {
                        row.addObject().put("type", "text").put("value", all.getString(i));
                    }
                }
            }
        } catch (SQLException e) {
            result.removeAll();
            result.put("type", "error")
                    .putObject("error")
                    .put("message", e.getMessage())
                    .put("code", "SQLITE_ERROR");
        }
        return result;
    }

    @Override
    public void close() {
        super.close();
        databases.values().forEach(FakeSqlHost::close);
    }

    private static void close(Connection connection) {
        try {
            connection.close();
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }
}
