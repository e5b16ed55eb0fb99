package dev.wayleave.tool;

import dev.wayleave.openapi.Finding;
import dev.wayleave.openapi.Operation;
import dev.wayleave.openapi.Source;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The four hints a client shows before it calls (MCP 2026-07-28, server/tools); all four are always told.
 *
 * @param openWorld false: a tool reaches the one platform that it was made from
 */
public record Annotations(boolean readOnly, boolean destructive, boolean idempotent, boolean openWorld) {
    /**
     * What the method says, and the owner above that; what would make a write look harmless is not taken, and told.
     *
     * <p>A POST reads where it is said to be {@code safe} or of {@code access: read}; a DELETE, PUT or PATCH never does,
     * and a DELETE always destroys.
     */
    static Annotations of(Operation operation, OperationCuration curation, List<Finding> findings) {
        OperationCuration.Hints hints = curation.hints();
        boolean post = operation.method().equals("POST");
        boolean saidToRead = Boolean.TRUE.equals(curation.safe()) || curation.access() == Handling.Access.READ;
        boolean mayRead = operation.isSafe() ? !Boolean.FALSE.equals(curation.safe()) : post && saidToRead;
        boolean wantsRead = orElse(hints.readOnly(), mayRead || Boolean.TRUE.equals(curation.safe()));
        if (wantsRead && !mayRead) {
            refuse(
                    operation,
                    findings,
                    post
                            ? "readOnlyHint is not taken: a POST only reads where `safe: true` or `access: read` says so"
                            : "is not taken as reading only: a " + operation.method() + " never is");
        }
        boolean readOnly = wantsRead && mayRead;
        boolean deletes = operation.method().equals("DELETE");
        if (deletes && Boolean.FALSE.equals(hints.destructive())) {
            refuse(operation, findings, "destructiveHint: false is not taken: a DELETE destroys");
        }
        boolean destructive = !readOnly && (deletes || orElse(hints.destructive(), !post));
        boolean idempotent =
                orElse(hints.idempotent(), orElse(curation.idempotent(), readOnly || operation.isIdempotent()));
        return new Annotations(readOnly, destructive, idempotent, orElse(hints.openWorld(), false));
    }

    private static void refuse(Operation operation, List<Finding> findings, String message) {
        Source source = operation.source();
        var extension = operation.extensions().get(Extension.NAME);
        findings.add(new Finding(Finding.Severity.WARNING, extension == null ? source : source.of(extension), message));
    }

    private static boolean orElse(@Nullable Boolean said, boolean otherwise) {
        return said == null ? otherwise : said;
    }
}
