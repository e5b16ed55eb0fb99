package dev.wayleave.tool;

import dev.wayleave.openapi.Operation;
import java.time.Duration;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * How calls of a tool are to be treated.
 *
 * @param safe whether a call only reads
 * @param repeatable whether a call may be sent again where nobody knows whether it arrived
 * @param access what it reaches; null where nobody said
 * @param cacheTtl how long an answer may be given again; null for never
 * @param asks what is asked before it is done
 * @param keyHeader the header in which the platform takes a key by which it knows a call that it was sent before; null for
 *     none
 * @param task how work that the platform has only accepted is followed; null where nobody says
 */
public record Handling(
        boolean safe,
        boolean repeatable,
        @Nullable Access access,
        @Nullable Duration cacheTtl,
        Asks asks,
        @Nullable String keyHeader,
        @Nullable Task task) {
    /** What is agreed to by a person is not done where that person cannot be asked, unless the configuration says so. */
    static final Asks.Confirmation REFUSING = new Asks.Confirmation(Asks.Otherwise.REFUSE, null);

    /** Of work that ends with its answer. */
    public Handling(
            boolean safe,
            boolean repeatable,
            @Nullable Access access,
            @Nullable Duration cacheTtl,
            Asks asks,
            @Nullable String keyHeader) {
        this(safe, repeatable, access, cacheTtl, asks, keyHeader, null);
    }

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
                safe ? curation.cacheTtl() : null,
                asks(curation),
                safe ? null : curation.keyHeader());
    }

    private static Asks asks(OperationCuration curation) {
        Asks.Confirmation confirmation = Boolean.TRUE.equals(curation.confirm()) ? REFUSING : null;
        return new Asks(curation.asks(), Set.of(), confirmation);
    }

    /** The same, asking for something else. */
    Handling asking(Asks others) {
        return new Handling(safe, repeatable, access, cacheTtl, others, keyHeader, task);
    }

    Handling withoutCache() {
        return new Handling(safe, repeatable, access, null, asks, keyHeader, task);
    }

    Handling following(@Nullable Task followed) {
        return new Handling(safe, repeatable, access, cacheTtl, asks, keyHeader, followed);
    }

    private static boolean orElse(@Nullable Boolean said, boolean otherwise) {
        return said == null ? otherwise : said;
    }
}
