package dev.wayleave.platforms;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The organization acme with databases in two groups. */
final class FakeTurso extends StatefulPlatform {
    private static final String DATABASES = "/v1/organizations/{org}/databases";
    private static final String DATABASE = DATABASES + "/{db}";
    final Map<String, ObjectNode> databases = new LinkedHashMap<>();
    final Map<String, ObjectNode> configurations = new LinkedHashMap<>();

    FakeTurso() {
        for (String name : List.of("orders", "archive")) {
            databases.put(
                    name,
                    object("{\"Name\":\"" + name + "\",\"DbId\":\"id-" + name + "\",\"Hostname\":\"" + name
                            + "-acme.turso.io\",\"group\":\"default\",\"engine\":\"libsql\"}"));
        }
        on(
                "GET",
                DATABASES,
                asked -> Answer.ok(JSON.createObjectNode().set("databases", JSON.valueToTree(databases.values()))));
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

    @Override
    Answer guard(Asked asked) {
        return asked.var("org").equals("acme") ? null : Answer.of(403, "{\"error\":\"not your organization\"}");
    }

    private Answer create(Asked asked) {
        String name = asked.body().path("name").asText();
        if (databases.containsKey(name)) {
            return Answer.of(409, "{\"error\":\"database with name " + name + " already exists\"}");
        }
        if (asked.body().path("group").asText().isEmpty()) {
            return Answer.of(403, "{\"error\":\"group-scoped tokens must specify a group in the request\"}");
        }
        databases.put(name, JSON.createObjectNode().put("Name", name).setAll((ObjectNode) asked.body()));
        return Answer.of(200, "{\"database\":{\"Name\":\"" + name + "\",\"DbId\":\"id\",\"Hostname\":\"h\"}}");
    }
}
