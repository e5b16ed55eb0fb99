package dev.wayleave.sandbox;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/**
 * An account that owns groups and databases.
 *
 * @param type {@code personal} or {@code team}
 */
record Organization(String slug, String name, String type, List<Group> groups) {
    /** Where databases live together; a token may be pinned to one. */
    record Group(String name, String uuid) {
        ObjectNode json() {
            ObjectNode json = StrictJson.object()
                    .put("name", name)
                    .put("uuid", uuid)
                    .put("primary", Database.REGION)
                    .put("archived", false)
                    .put("delete_protection", false);
            json.putArray("locations").add(Database.REGION);
            return json;
        }
    }

    Organization {
        groups = List.copyOf(groups);
    }

    boolean hasGroup(String group) {
        return groups.stream().anyMatch(one -> one.name().equals(group));
    }

    ObjectNode json() {
        return StrictJson.object()
                .put("name", name)
                .put("slug", slug)
                .put("type", type)
                .put("overages", false)
                .put("require_mfa", false)
                .put("blocked_reads", false)
                .put("blocked_writes", false)
                .put("plan_id", "sandbox")
                .put("plan_timeline", "")
                .put("platform", "");
    }
}
