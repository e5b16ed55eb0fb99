package dev.wayleave.tool;

import dev.wayleave.openapi.Operation;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The four hints a client shows before it calls (MCP 2026-07-28, server/tools); all four are always told.
 *
 * @param openWorld false: a tool reaches the one platform that it was made from
 */
public record Annotations(boolean readOnly, boolean destructive, boolean idempotent, boolean openWorld) {
    /** What begins the {@code operationId} of something that takes away, whatever the method. */
    private static final Set<String> REMOVES =
            words("delete destroy erase purge remove revoke terminate truncate wipe");

    /** What does so only where the method is not a safe one; elsewhere it may well be a noun. */
    private static final Set<String> DISTURBS = words("archive cancel clear deactivate disable drop invalidate kill"
            + " overwrite replace reset restore rollback rotate suspend transfer uninstall unpublish");

    /** What method and name say: a DELETE, PUT or PATCH may destroy, a POST adds unless its name takes away. */
    static Annotations of(Operation operation) {
        boolean destructive = !operation.isSafe() && !operation.method().equals("POST");
        return new Annotations(operation.isSafe(), destructive, operation.isIdempotent(), false).floor(operation);
    }

    /** No milder than the operation allows, whatever a description says of it: nothing that takes away only reads. */
    Annotations floor(Operation operation) {
        String verb = verb(operation.operationId());
        boolean removes = operation.method().equals("DELETE") || REMOVES.contains(verb);
        boolean disturbs = removes || (!operation.isSafe() && DISTURBS.contains(verb));
        return new Annotations(readOnly && !removes, destructive || disturbs, idempotent, openWorld);
    }

    /** The first word, after a group's name such as {@code repos/}. */
    private static String verb(@Nullable String operationId) {
        String id = operationId == null ? "" : operationId;
        int group = Math.max(id.lastIndexOf('/'), id.lastIndexOf('.'));
        return Snake.of(id.substring(group + 1)).split("_", 2)[0];
    }

    private static Set<String> words(String text) {
        return Set.of(text.split(" ", -1));
    }
}
