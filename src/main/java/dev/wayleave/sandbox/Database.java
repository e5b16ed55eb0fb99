package dev.wayleave.sandbox;

import com.fasterxml.jackson.databind.node.ObjectNode;
import org.jspecify.annotations.Nullable;

/**
 * One database of an organization.
 *
 * @param id a UUID; also the name of its file
 * @param parent what it was branched from, or null
 */
record Database(
        String id,
        String organization,
        String group,
        String name,
        @Nullable Parent parent,
        DatabaseConfiguration configuration) {
    /** The one place where everything in the sandbox is. */
    static final String REGION = "loopback";

    /** What runs all of them. */
    private static final String ENGINE = "sqlite";

    /** The database that another was copied from, and when (ISO 8601). */
    record Parent(String id, String name, String branchedAt) {}

    ObjectNode json(String hostname) {
        ObjectNode json = StrictJson.object()
                .put("Name", name)
                .put("DbId", id)
                .put("Hostname", hostname)
                .put("engine", ENGINE)
                .put("block_reads", configuration.blockReads())
                .put("block_writes", configuration.blockWrites())
                .put("primaryRegion", REGION)
                .put("group", group)
                .put("delete_protection", configuration.deleteProtection());
        json.putArray("regions").add(REGION);
        if (parent == null) {
            json.putNull("parent");
        } else {
            json.putObject("parent")
                    .put("id", parent.id())
                    .put("name", parent.name())
                    .put("branched_at", parent.branchedAt());
        }
        return json;
    }
}
