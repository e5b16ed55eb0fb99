package dev.wayleave.openapi;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * One file of a description, parsed.
 *
 * @param name how findings name it
 * @param file where it was read from; null for one that came as bytes and can reach no other
 */
record Document(String name, @Nullable Path file, JsonNode root) {
    Source source() {
        return new Source(name, "", 0);
    }

    /** Whether it is this very one: two trees are not compared. */
    @SuppressWarnings("ReferenceEquality")
    boolean is(Document other) {
        return root == other.root;
    }
}
