package dev.wayleave.platforms;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A workspace with one database, one table and 250 records. */
final class FakeSoftr extends StatefulPlatform {
    private static final String DATABASE = "/api/v1/databases/{d}";
    private static final String TABLE = DATABASE + "/tables/{t}";
    private static final String RECORDS = TABLE + "/records";
    final Map<String, ObjectNode> databases = new LinkedHashMap<>();
    final Map<String, ObjectNode> tables = new LinkedHashMap<>();
    final Map<String, ObjectNode> records = new LinkedHashMap<>();

    private final Deque<Long> writes = new ArrayDeque<>();
    private int writesPerSecond = Integer.MAX_VALUE;

    FakeSoftr() {
        databases.put("db1", object("{\"id\":\"db1\",\"name\":\"CRM\",\"workspaceId\":\"w1\"}"));
        tables.put(
                "t1",
                object(
                        "{\"id\":\"t1\",\"name\":\"Contacts\",\"defaultViewId\":\"v1\",\"fields\":[{\"id\":\"f1\",\"name\":\"Name\",\"type\":\"SINGLE_LINE_TEXT\"}]}"));
        for (int i = 1; i <= 250; i++) {
            records.put(
                    "r" + i,
                    object("{\"id\":\"r" + i + "\",\"tableId\":\"t1\",\"fields\":{\"f1\":\"Person " + i + "\"}}"));
        }
        databases();
        tables();
        records();
    }

    @Override
    Answer guard(Asked asked) {
        if (!asked.header("Authorization").isEmpty()
                || asked.header("Softr-Api-Key").isEmpty()) {
            return error(401, "UNAUTHORIZED", "No key");
        }
        if (asked.received().requestLine().startsWith("POST") && isTooMuch()) {
            return error(429, "TOO_MANY_REQUESTS", "Slow down");
        }
        boolean known = (asked.var("d").isEmpty() || databases.containsKey(asked.var("d")))
                && (asked.var("t").isEmpty() || tables.containsKey(asked.var("t")))
                && (asked.var("r").isEmpty() || records.containsKey(asked.var("r")));
        return known ? null : error(404, "RESOURCE_NOT_FOUND", "Resource not found");
    }

    void allow(int perSecond) {
        writesPerSecond = perSecond;
    }

    private boolean isTooMuch() {
        long now = System.nanoTime();
        writes.removeIf(time -> now - time > 1_000_000_000L);
        writes.add(now);
        return writes.size() > writesPerSecond;
    }

    static Answer error(int status, String code, String message) {
        return Answer.of(
                status,
                "{\"message\":\"" + message + "\",\"errorCode\":\"" + code + "\",\"details\":{\"field\":\"f9\"}}");
    }

    private void databases() {
        on("GET", "/api/v1/databases", asked -> all(databases));
        on(
                "POST",
                "/api/v1/databases",
                asked -> made("db", databases, asked.body().deepCopy()));
        on("GET", DATABASE, asked -> one(databases.get(asked.var("d"))));
        on("PUT", DATABASE, asked -> changed(databases.get(asked.var("d")), asked.body()));
        on("DELETE", DATABASE, asked -> {
            databases.remove(asked.var("d"));
            return Answer.of(204, "");
        });
    }

    private void tables() {
        on("GET", DATABASE + "/tables", asked -> all(tables));
        on("POST", DATABASE + "/tables", asked -> made("t", tables, asked.body().deepCopy()));
        on("GET", TABLE, asked -> one(tables.get(asked.var("t"))));
        on("PUT", TABLE, asked -> changed(tables.get(asked.var("t")), asked.body()));
        on("GET", TABLE + "/views", asked -> Answer.of(200, "{\"data\":[{\"id\":\"v1\",\"name\":\"Mine\"}]}"));
        on("POST", TABLE + "/fields", asked -> {
            ObjectNode field = asked.body().deepCopy();
            ((ArrayNode) tables.get(asked.var("t")).path("fields")).add(field.put("id", id("f1")));
            return one(field);
        });
        on("PUT", TABLE + "/fields/{f}", asked -> {
            for (JsonNode field : tables.get(asked.var("t")).path("fields")) {
                if (field.path("id").asText().equals(asked.var("f"))) {
                    return changed((ObjectNode) field, asked.body());
                }
            }
            return error(404, "RESOURCE_NOT_FOUND", "Resource not found");
        });
    }

    private void records() {
        on(
                "GET",
                RECORDS,
                asked -> page(
                        asked.query().getOrDefault("offset", "0"), asked.query().getOrDefault("limit", "20"), ""));
        on(
                "POST",
                RECORDS,
                asked -> asked.body().at("/fields/f9").isMissingNode()
                        ? made("n", records, asked.body().deepCopy())
                        : error(400, "UNKNOWN_FIELD", "Field f9 is not known"));
        on("GET", RECORDS + "/{r}", asked -> one(records.get(asked.var("r"))));
        on("PATCH", RECORDS + "/{r}", asked -> {
            ObjectNode record = records.get(asked.var("r"));
            ((ObjectNode) record.path("fields"))
                    .setAll((ObjectNode) asked.body().path("fields"));
            return one(record);
        });
        on("DELETE", RECORDS + "/{r}", asked -> {
            records.remove(asked.var("r"));
            return Answer.of(204, "");
        });
        on(
                "POST",
                RECORDS + "/search",
                asked -> page(
                        asked.body().at("/paging/offset").asText("0"),
                        asked.body().at("/paging/limit").asText("20"),
                        asked.body().at("/filter/condition/rightSide").asText()));
    }

    private Answer page(String offset, String limit, String containing) {
        List<ObjectNode> found = records.values().stream()
                .filter(record -> record.at("/fields/f1").asText().contains(containing))
                .toList();
        ObjectNode answer = JSON.createObjectNode();
        ArrayNode data = answer.putArray("data");
        found.stream()
                .skip(Integer.parseInt(offset))
                .limit(Integer.parseInt(limit))
                .forEach(data::add);
        answer.putObject("metadata").put("total", found.size());
        return Answer.ok(answer);
    }

    private Answer made(String prefix, Map<String, ObjectNode> all, ObjectNode thing) {
        String id = id(prefix);
        all.put(id, thing.put("id", id));
        return one(thing);
    }

    private static Answer changed(ObjectNode thing, JsonNode change) {
        thing.setAll((ObjectNode) change);
        return one(thing);
    }

    private static Answer one(JsonNode thing) {
        return Answer.ok(JSON.createObjectNode().set("data", thing));
    }

    private static Answer all(Map<String, ObjectNode> things) {
        return Answer.ok(JSON.createObjectNode().set("data", JSON.valueToTree(things.values())));
    }
}
