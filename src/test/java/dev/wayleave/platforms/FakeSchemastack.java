package dev.wayleave.platforms;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A workspace whose access level can be set, with a view of customers. */
final class FakeSchemastack extends StatefulPlatform {
    static final String WORKSPACE = "0b7f2f6e-6a0e-4a4a-9d7c-1f0d6f3c2b11";
    static final String MIGRATING =
            "Table 'customers' is currently being migrated (operation: abc-123, impact: BLOCKING). Please retry in ~15 seconds.";
    final Map<String, ObjectNode> views = new LinkedHashMap<>();
    final Map<String, ObjectNode> columns = new LinkedHashMap<>();
    final Map<String, ObjectNode> rows = new LinkedHashMap<>();
    final Map<String, ObjectNode> constraints = new LinkedHashMap<>();
    volatile String level = "FULL";
    volatile boolean migrating;

    FakeSchemastack() {
        String workspace = "/api/workspaces/{w}";
        views.put("customers", object("{\"id\":\"customers\",\"name\":\"Customers\",\"slug\":\"customers\"}"));
        columns.put("email", object("{\"id\":\"email\",\"displayName\":\"Email\",\"widgetType\":\"EMAIL\"}"));
        for (int i = 1; i <= 45; i++) {
            rows.put("c" + i, object("{\"id\":\"c" + i + "\",\"email\":\"c" + i + "@example.com\"}"));
        }
        on(
                "GET",
                workspace + "/mcp-config",
                asked -> level.isEmpty() ? Answer.of(500, "") : Answer.of(200, "{\"accessMode\":\"" + level + "\"}"));
        on(
                "GET",
                workspace,
                asked -> Answer.ok(JSON.createObjectNode()
                        .put("uuid", asked.var("w"))
                        .set("views", JSON.valueToTree(views.values()))));
        views(workspace);
        columns();
        rows();
    }

    @Override
    Answer guard(Asked asked) {
        if (!asked.header("Authorization").startsWith("Bearer ")) {
            return error(401, "UNAUTHORIZED", "No token");
        }
        if (!asked.var("w").isEmpty() && !asked.var("w").equals(WORKSPACE)) {
            return error(403, "FORBIDDEN", "Not your workspace");
        }
        return migrating && asked.var("v").equals("customers")
                ? error(503, "SCHEMA_MIGRATION_IN_PROGRESS", MIGRATING)
                : null;
    }

    static Answer error(int status, String code, String message) {
        return Answer.ok(JSON.createObjectNode()
                        .set("error", JSON.createObjectNode().put("code", code).put("message", message)))
                .with(status);
    }

    private void views(String workspace) {
        on("GET", workspace + "/views", asked -> Answer.ok(JSON.valueToTree(views.values())));
        on("POST", workspace + "/views", asked -> {
            String id = id("view");
            views.put(id, ((ObjectNode) asked.body().deepCopy()).put("id", id));
            return accepted(id);
        });
        on(
                "GET",
                "/api/views/{v}",
                asked -> views.containsKey(asked.var("v"))
                        ? Answer.ok(views.get(asked.var("v")))
                        : error(404, "NOT_FOUND", "No such view"));
        on("PUT", "/api/views/{v}", asked -> {
            views.get(asked.var("v")).setAll((ObjectNode) asked.body());
            return Answer.ok(views.get(asked.var("v")));
        });
        on("DELETE", "/api/views/{v}", asked -> {
            views.remove(asked.var("v"));
            return accepted(asked.var("v"));
        });
        on("GET", "/api/views/{v}/form-schema", asked -> Answer.of(200, "{\"columns\":[{\"type\":\"EMAIL\"}]}"));
    }

    private void columns() {
        on("GET", "/api/views/{v}/columns", asked -> Answer.ok(JSON.valueToTree(columns.values())));
        on("POST", "/api/views/{v}/columns", asked -> {
            String id = id("column");
            columns.put(id, ((ObjectNode) asked.body().deepCopy()).put("id", id));
            return accepted(id);
        });
        on("PUT", "/api/columns/{c}", asked -> {
            columns.get(asked.var("c")).setAll((ObjectNode) asked.body());
            return Answer.ok(columns.get(asked.var("c")));
        });
        on("DELETE", "/api/columns/{c}", asked -> {
            columns.remove(asked.var("c"));
            return accepted(asked.var("c"));
        });
        on("GET", "/api/columns/{c}/constraints", asked -> Answer.ok(JSON.valueToTree(constraints.values())));
        on("POST", "/api/columns/{c}/constraints", asked -> {
            String id = id("constraint");
            constraints.put(id, ((ObjectNode) asked.body().deepCopy()).put("id", id));
            return Answer.ok(constraints.get(id)).with(201);
        });
        on("DELETE", "/api/columns/{c}/constraints/{k}", asked -> {
            constraints.remove(asked.var("k"));
            return Answer.of(204, "");
        });
    }

    private void rows() {
        on("GET", "/api/data/{v}/rows", asked -> {
            int size = Integer.parseInt(asked.query().getOrDefault("size", "20"));
            int page = Integer.parseInt(asked.query().getOrDefault("page", "0"));
            ObjectNode answer = JSON.createObjectNode();
            ArrayNode data = answer.putArray("data");
            rows.values().stream().skip((long) page * size).limit(size).forEach(data::add);
            answer.putObject("meta").put("totalElements", rows.size());
            return Answer.ok(answer);
        });
        on("POST", "/api/data/{v}/rows", asked -> {
            String id = id("row");
            rows.put(id, ((ObjectNode) asked.body().deepCopy()).put("id", id));
            return data(rows.get(id)).with(201);
        });
        on(
                "GET",
                "/api/data/{v}/rows/{r}",
                asked -> rows.containsKey(asked.var("r"))
                        ? data(rows.get(asked.var("r")))
                        : error(404, "NOT_FOUND", "No such record"));
        on("PUT", "/api/data/{v}/rows/{r}/cells", asked -> {
            rows.get(asked.var("r"))
                    .set(asked.body().path("column").asText(), asked.body().path("value"));
            return data(rows.get(asked.var("r")));
        });
    }

    private static Answer data(ObjectNode row) {
        return Answer.ok(JSON.createObjectNode().set("data", row));
    }

    private static Answer accepted(String what) {
        return new Answer(
                202, JSON.createObjectNode().put("operationId", "op-" + what).put("status", "PENDING"), List.of());
    }
}
