package dev.wayleave.platforms;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.LinkedHashMap;
import java.util.Map;

/** Projects with typed entries, of which one project may only be read. */
final class FakeSmallstack extends StatefulPlatform {
    private static final String DATA = "/api/projects/{projectId}/data/{collectionName}";
    final Map<String, ObjectNode> contacts = new LinkedHashMap<>();

    FakeSmallstack() {
        on("GET", "/api/projects", asked -> Answer.of(200, "[{\"id\":\"crm\",\"name\":\"CRM\"}]"));
        on("GET", "/api/projects/{projectId}/types", asked -> Answer.of(200, "[{\"collectionName\":\"contacts\"}]"));
        on("GET", DATA, this::query);
        on("POST", DATA, this::create);
        on("PATCH", DATA + "/{id}", this::update);
        on("DELETE", DATA + "/{id}", this::delete);
        for (int i = 1; i <= 120; i++) {
            ObjectNode contact = object("{\"id\":\"c" + i + "\",\"name\":\"Contact " + i + "\",\"deletedAt\":null}");
            contact.put("visits", i).putArray("tags").add("new");
            contacts.put("c" + i, contact);
        }
    }

    @Override
    Answer guard(Asked asked) {
        if (!asked.header("Authorization").startsWith("Bearer ")) {
            return Answer.of(401, "{\"error\":\"Unauthorized\"}");
        }
        boolean writes = !asked.received().requestLine().startsWith("GET ");
        if (asked.var("projectId").equals("secret")
                || (writes && asked.var("projectId").equals("archive"))) {
            return Answer.of(403, "{\"error\":\"Forbidden\",\"message\":\"Permission denied\"}");
        }
        return null;
    }

    private Answer query(Asked asked) {
        int limit = Integer.parseInt(asked.query().getOrDefault("limit", "50"));
        ArrayNode found = JSON.createArrayNode();
        contacts.values().stream()
                .filter(contact -> contact.path("deletedAt").isNull())
                .limit(limit)
                .forEach(found::add);
        return Answer.ok(found);
    }

    private Answer create(Asked asked) {
        ObjectNode entry = asked.body().path("data").deepCopy();
        String id = id("n");
        contacts.put(id, entry.put("id", id).putNull("deletedAt"));
        return new Answer(201, entry, java.util.List.of());
    }

    private Answer update(Asked asked) {
        ObjectNode entry = contacts.get(asked.var("id"));
        if (entry == null || !entry.path("deletedAt").isNull()) {
            return Answer.of(404, "{\"error\":\"NotFound\",\"message\":\"No such entry\"}");
        }
        JsonNode modifier = asked.body().path("modifier");
        modifier.path("$set").properties().forEach(field -> entry.set(field.getKey(), field.getValue()));
        modifier.path("$unset").fieldNames().forEachRemaining(entry::remove);
        modifier.path("$inc")
                .properties()
                .forEach(f -> entry.put(
                        f.getKey(),
                        entry.path(f.getKey()).asInt() + f.getValue().asInt()));
        modifier.path("$push")
                .properties()
                .forEach(f -> entry.withArrayProperty(f.getKey()).add(f.getValue()));
        return Answer.ok(entry);
    }

    private Answer delete(Asked asked) {
        ObjectNode entry = contacts.get(asked.var("id"));
        if (entry == null) {
            return Answer.of(404, "{\"error\":\"NotFound\",\"message\":\"No such entry\"}");
        }
        entry.put("deletedAt", "2026-01-01T00:00:00Z");
        return Answer.of(204, "");
    }
}
