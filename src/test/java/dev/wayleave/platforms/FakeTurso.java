package dev.wayleave.platforms;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/** The organization acme with databases in two groups, each with rows on a host of its own. */
final class FakeTurso extends StatefulPlatform {
    private static final String DATABASES = "/v1/organizations/{org}/databases";
    private static final String DATABASE = DATABASES + "/{db}";
    final Map<String, ObjectNode> databases = new LinkedHashMap<>();
    final Map<String, ObjectNode> configurations = new LinkedHashMap<>();

    final FakeSqlHost host = new FakeSqlHost();
    String hostname = host.url().getAuthority();

    FakeTurso() {
        statistics();
        for (String name : List.of("orders", "archive")) {
            databases.put(name, database(name, "default"));
            host.create(name);
        }
        on(
                "GET",
                DATABASES,
                asked -> Answer.ok(JSON.createObjectNode()
                        .set(
                                "databases",
                                JSON.valueToTree(databases.values().stream()
                                        .filter(one -> !asked.query().containsKey("parent")
                                                || one.at("/parent/id")
                                                        .asText()
                                                        .equals(asked.query().get("parent")))
                                        .toList()))));
        on(
                "GET",
                DATABASE,
                asked -> known(asked, () -> {
                    ObjectNode database = databases.get(asked.var("db")).deepCopy();
                    database.put("Hostname", hostname).put("hostname", hostname);
                    return Answer.ok(JSON.createObjectNode().set("database", database));
                }));
        on(
                "GET",
                DATABASE + "/configuration",
                asked -> known(
                        asked,
                        () -> Answer.ok(object("{\"size_limit\":\"1gb\",\"allowed_ips\":[\"10.0.0.0/8\"],"
                                        + "\"allowed_aws_vpc_ids\":[],\"delete_protection\":false}")
                                .setAll(configurations.getOrDefault(asked.var("db"), JSON.createObjectNode())))));
        on(
                "POST",
                DATABASE + "/auth/tokens",
                asked -> known(
                        asked,
                        () -> Answer.ok(JSON.createObjectNode()
                                .put(
                                        "jwt",
                                        host.mint(
                                                asked.var("db"),
                                                asked.query().getOrDefault("authorization", "full-access"))))));
        on("POST", DATABASES, this::create);
        on(
                "DELETE",
                DATABASE,
                asked -> databases.remove(asked.var("db")) == null
                        ? Answer.of(404, "{\"error\":\"database not found\"}")
                        : Answer.of(200, "{\"database\":\"" + asked.var("db") + "\"}"));
        on("PATCH", DATABASE + "/configuration", asked -> {
            ObjectNode configuration = configurations.computeIfAbsent(asked.var("db"), none -> JSON.createObjectNode());
            configuration.setAll((ObjectNode) asked.body());
            return Answer.ok(configuration);
        });
        on(
                "GET",
                DATABASE + "/usage/queries",
                asked -> Answer.of(200, "[{\"query\":\"SELECT 1\",\"rows_read\":4,\"rows_written\":0}]"));
    }

    private void statistics() {
        on(
                "GET",
                DATABASE + "/stats",
                asked -> known(
                        asked,
                        () -> Answer.of(
                                200,
                                asked.var("db").equals("archive")
                                        ? "{\"top_queries\":null}"
                                        : "{\"top_queries\":[{\"query\":\"SELECT 1\",\"rows_read\":4,\"rows_written\":0}]}")));
    }

    private static ObjectNode database(String name, String group) {
        return JSON.createObjectNode()
                .put("Name", name)
                .put("DbId", "id-" + name)
                .put("group", group)
                .put("engine", "libsql");
    }

    private Answer known(Asked asked, Supplier<Answer> answer) {
        return databases.containsKey(asked.var("db"))
                ? answer.get()
                : Answer.of(404, "{\"error\":\"database not found\"}");
    }

    @Override
    public void close() {
        host.close();
        super.close();
    }

    @Override
    Answer guard(Asked asked) {
        return asked.path().getOrDefault("org", "acme").equals("acme")
                ? null
                : Answer.of(403, "{\"error\":\"not your organization\"}");
    }

    private Answer create(Asked asked) {
        String name = asked.body().path("name").asText();
        if (databases.containsKey(name)) {
            return Answer.of(409, "{\"error\":\"database with name " + name + " already exists\"}");
        }
        if (asked.body().path("group").asText().isEmpty()) {
            return Answer.of(403, "{\"error\":\"group-scoped tokens must specify a group in the request\"}");
        }
        ObjectNode made = database(name, asked.body().path("group").asText()).setAll((ObjectNode) asked.body());
        if (asked.body().at("/seed/type").asText().equals("database")) {
            String from = asked.body().at("/seed/name").asText();
            made.putObject("parent").put("id", "id-" + from).put("name", from);
        }
        databases.put(name, made);
        host.create(name);
        return Answer.of(200, "{\"database\":{\"Name\":\"" + name + "\",\"DbId\":\"id\",\"Hostname\":\"h\"}}");
    }
}
