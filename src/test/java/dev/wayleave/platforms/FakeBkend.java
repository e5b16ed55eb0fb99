package dev.wayleave.platforms;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** An organization with projects, environments, tables and access tokens. */
final class FakeBkend extends StatefulPlatform {
    /** With its value by all the names that one may have. */
    static final String TOKEN = "{\"id\":\"a1\",\"name\":\"CI\","
            + Stream.of("token accessToken value secret key tokenValue plainToken rawToken tokenHash hash"
                            .split(" ", -1))
                    .map(name -> "\"" + name + "\":\"bk_live_" + name + "\"")
                    .collect(Collectors.joining(","))
            + "}";

    final Map<String, Map<String, ObjectNode>> things = new LinkedHashMap<>();

    FakeBkend() {
        seed("organizations", "{\"id\":\"org1\",\"name\":\"Acme\"}");
        seed("projects", "{\"id\":\"p1\",\"name\":\"Shop\",\"organizationId\":\"org1\"}");
        seed("environments", "{\"id\":\"e1\",\"environment\":\"dev\"}");
        seed("tables", "{\"id\":\"t1\",\"tableName\":\"orders\",\"schema\":{\"no\":{\"bsonType\":\"int\"}}}");
        seed("access-tokens", TOKEN);
        for (String kind : List.of("organizations", "projects", "environments", "tables", "access-tokens")) {
            on("GET", "/v1/" + kind, asked -> list(things.get(kind)));
            on("GET", "/v1/" + kind + "/{id}", asked -> one(things.get(kind), asked));
        }
        for (String kind : List.of("projects", "environments", "tables")) {
            on("POST", "/v1/" + kind, asked -> {
                String id = id(kind);
                things.get(kind).put(id, ((ObjectNode) asked.body().deepCopy()).put("id", id));
                return Answer.ok(things.get(kind).get(id)).with(201);
            });
        }
        for (String kind : List.of("projects", "tables")) {
            on("PATCH", "/v1/" + kind + "/{id}", asked -> {
                if (asked.body().isObject()) {
                    things.get(kind).get(asked.var("id")).setAll((ObjectNode) asked.body());
                }
                return one(things.get(kind), asked);
            });
        }
        on("PUT", "/v1/tables/{id}/fields", this::fields);
        on("PUT", "/v1/tables/{id}/indexes", asked -> {
            things.get("tables")
                    .get(asked.var("id"))
                    .set("indexes", asked.body().path("indexesToAddOrUpdate"));
            return one(things.get("tables"), asked);
        });
        on("GET", "/v1/tables/{id}/schema/versions", asked -> list(things.get("tables")));
        on("GET", "/v1/tables/{id}/indexes/versions", asked -> list(things.get("tables")));
    }

    private void seed(String kind, String json) {
        ObjectNode thing = object(json);
        things.computeIfAbsent(kind, none -> new LinkedHashMap<>())
                .put(thing.path("id").asText(), thing);
    }

    private Answer fields(Asked asked) {
        ObjectNode schema =
                (ObjectNode) things.get("tables").get(asked.var("id")).path("schema");
        asked.body().path("fieldsToAddOrUpdate").properties().forEach(f -> schema.set(f.getKey(), f.getValue()));
        asked.body().path("fieldsToRemove").forEach(name -> schema.remove(name.asText()));
        return one(things.get("tables"), asked);
    }

    private static Answer one(Map<String, ObjectNode> all, Asked asked) {
        JsonNode thing = all.get(asked.var("id"));
        return thing == null
                ? Answer.of(404, "{\"error\":{\"code\":\"NOT_FOUND\",\"message\":\"No such thing\"}}")
                : Answer.ok(thing);
    }

    private static Answer list(Map<String, ObjectNode> all) {
        ObjectNode answer = JSON.createObjectNode();
        answer.set("items", JSON.valueToTree(all.values()));
        answer.putObject("pagination").put("page", 1).put("total", all.size());
        return Answer.ok(answer);
    }
}
