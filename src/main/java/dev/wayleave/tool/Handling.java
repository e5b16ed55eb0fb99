package dev.wayleave.tool;

import dev.wayleave.openapi.Operation;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How calls of a tool are to be treated.
 *
 * @param safe whether a call only reads
 * @param repeatable whether a call may be sent again where nobody knows whether it arrived
 * @param access what it reaches; null where nobody said
 * @param cacheTtl how long an answer may be given again; null for never
 * @param confirm whether a person must agree to each call
 * @param keyHeader the header in which the platform takes a key by which it knows a call that it was sent before; null for
 *     none
 */
public record Handling(
        boolean safe,
        boolean repeatable,
        @Nullable Access access,
        @Nullable Duration cacheTtl,
        boolean confirm,
        @Nullable String keyHeader) {
    /** What a tool reaches, from the least to the most. */
    public enum Access {
        READ,
        DATA,
        SCHEMA
    }

    /** What the owner says, as far as the method allows: nothing makes a DELETE, PUT or PATCH safe. */
    static Handling of(Operation operation, OperationCuration curation) {
        boolean mayBeSafe = operation.isSafe() || operation.method().equals("POST");
        boolean safe = mayBeSafe && orElse(curation.safe(), operation.isSafe());
        return new Handling(
                safe,
                orElse(curation.idempotent(), safe),
                curation.access(),
                curation.cacheTtl(),
                Boolean.TRUE.equals(curation.confirm()),
                safe ? null : curation.keyHeader());
    }

    private static boolean orElse(@Nullable Boolean said, boolean otherwise) {
        return said == null ? otherwise : said;
    }
}
