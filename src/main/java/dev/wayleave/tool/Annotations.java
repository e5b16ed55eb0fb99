package dev.wayleave.tool;

import dev.wayleave.openapi.Operation;

/**
 * The four hints a client shows before it calls (MCP 2026-07-28, server/tools); all four are always told.
 *
 * @param openWorld false: a tool reaches the one platform that it was made from
 */
public record Annotations(boolean readOnly, boolean destructive, boolean idempotent, boolean openWorld) {
    /** What the method alone says: a DELETE, PUT or PATCH may destroy, a POST adds. */
    static Annotations of(Operation operation) {
        boolean readOnly = operation.isSafe();
        boolean destructive = !readOnly && !operation.method().equals("POST");
        return new Annotations(readOnly, destructive, operation.isIdempotent(), false);
    }
}
