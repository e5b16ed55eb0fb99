package dev.wayleave.tool;

import dev.wayleave.openapi.Finding;
import dev.wayleave.openapi.Operation;
import dev.wayleave.openapi.Source;
import java.util.List;
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

    /**
     * What method and name say, and the owner above that; what would make a write look harmless is not taken, and told.
     *
     * <p>A DELETE, PUT or PATCH may destroy; a POST adds unless its name takes away, where only its owner can say that
     * it does not. It reads where it is said to be {@code safe} or of {@code access: read}; a DELETE, PUT or PATCH never
     * does, and a DELETE always destroys.
     */
    static Annotations of(Operation operation, OperationCuration curation, List<Finding> findings) {
        OperationCuration.Hints hints = curation.hints();
        boolean post = operation.method().equals("POST");
        boolean readOnly = readOnly(operation, curation, findings);
        boolean deletes = operation.method().equals("DELETE");
        if (deletes && Boolean.FALSE.equals(hints.destructive())) {
            refuse(operation, findings, "destructiveHint: false is not taken: a DELETE destroys");
        }
        boolean destructive = !readOnly && (deletes || orElse(hints.destructive(), !post));
        boolean idempotent =
                orElse(hints.idempotent(), orElse(curation.idempotent(), readOnly || operation.isIdempotent()));
        Annotations floor =
                new Annotations(readOnly, destructive, idempotent, orElse(hints.openWorld(), false)).floor(operation);
        return post && Boolean.FALSE.equals(hints.destructive())
                ? new Annotations(floor.readOnly, false, idempotent, floor.openWorld)
                : floor;
    }

    /**
     * A part of a workflow.
     *
     * @param operation null where it is a workflow itself
     */
    record Part(Annotations annotations, @Nullable Operation operation) {
        boolean mayRead() {
            boolean post = operation != null && operation.method().equals("POST") && !removes(operation);
            return annotations.readOnly || post;
        }
    }

    /**
     * What its parts do together, and the owner above that: it only reads where they all do, or where it is said to and
     * the others are POSTs; it destroys where one of them does and it is not one that only reads.
     */
    static Annotations of(Source workflow, List<Part> parts, OperationCuration curation, List<Finding> findings) {
        OperationCuration.Hints hints = curation.hints();
        boolean read = parts.stream().allMatch(part -> part.annotations.readOnly);
        boolean said = Boolean.TRUE.equals(curation.safe())
                || curation.access() == Handling.Access.READ
                || Boolean.TRUE.equals(hints.readOnly());
        boolean mayRead = parts.stream().allMatch(Part::mayRead);
        if (said && !mayRead) {
            findings.add(new Finding(
                    Finding.Severity.WARNING, workflow, "is not taken as reading only: one of its steps never is"));
        }
        boolean denied = Boolean.FALSE.equals(hints.readOnly()) || Boolean.FALSE.equals(curation.safe());
        boolean readOnly = !denied && (read || (said && mayRead));
        boolean destroys = parts.stream().anyMatch(part -> part.annotations.destructive);
        return new Annotations(
                readOnly,
                !readOnly && (destroys || orElse(hints.destructive(), false)),
                orElse(hints.idempotent(), orElse(curation.idempotent(), readOnly)),
                orElse(hints.openWorld(), parts.stream().anyMatch(part -> part.annotations.openWorld)));
    }

    private static boolean readOnly(Operation operation, OperationCuration curation, List<Finding> findings) {
        Boolean hint = curation.hints().readOnly();
        boolean post = operation.method().equals("POST");
        boolean saidToRead = Boolean.TRUE.equals(curation.safe()) || curation.access() == Handling.Access.READ;
        boolean mayRead = operation.isSafe() ? !Boolean.FALSE.equals(curation.safe()) : post && saidToRead;
        boolean wantsRead = orElse(hint, mayRead || Boolean.TRUE.equals(curation.safe()));
        if (wantsRead && !mayRead) {
            refuse(
                    operation,
                    findings,
                    post
                            ? "readOnlyHint is not taken: a POST only reads where `safe: true` or `access: read` says so"
                            : "is not taken as reading only: a " + operation.method() + " never is");
        } else if (wantsRead && removes(operation) && (saidToRead || Boolean.TRUE.equals(hint))) {
            refuse(operation, findings, "is not taken as reading only: its operationId says that it removes");
        }
        return wantsRead && mayRead;
    }

    /** No milder than the operation allows, whatever a description says of it: nothing that takes away only reads. */
    Annotations floor(Operation operation) {
        boolean removes = removes(operation);
        boolean disturbs = removes || (!operation.isSafe() && DISTURBS.contains(verb(operation.operationId())));
        return new Annotations(readOnly && !removes, destructive || disturbs, idempotent, openWorld);
    }

    private static boolean removes(Operation operation) {
        return operation.method().equals("DELETE") || REMOVES.contains(verb(operation.operationId()));
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

    private static void refuse(Operation operation, List<Finding> findings, String message) {
        Source source = operation.source();
        var extension = operation.extensions().get(Extension.NAME);
        findings.add(new Finding(Finding.Severity.WARNING, extension == null ? source : source.of(extension), message));
    }

    private static boolean orElse(@Nullable Boolean said, boolean otherwise) {
        return said == null ? otherwise : said;
    }
}
