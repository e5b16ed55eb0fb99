package dev.wayleave.caller;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.jspecify.annotations.Nullable;

/** Finds a claim by its name, which may itself have dots, or else by a dotted path. */
final class ClaimPath {
    private ClaimPath() {}

    static @Nullable JsonNode find(ObjectNode claims, String path) {
        JsonNode found = claims.get(path);
        if (found != null) {
            return found;
        }
        found = claims;
        for (String name : path.split("\\.", -1)) {
            found = found instanceof ObjectNode object ? object.get(name) : null;
        }
        return found;
    }
}
