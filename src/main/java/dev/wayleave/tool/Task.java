package dev.wayleave.tool;

import com.fasterxml.jackson.core.JsonPointer;
import java.time.Duration;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * How work that the platform has only accepted (202) is followed until it ends, for clients that know the tasks extension
 * of MCP 2026-07-28.
 *
 * @param id where the answer says which work it is
 * @param status reads how far it is
 * @param path of {@code status}, whose variables name the work
 * @param state how an answer of {@code status} says so; null where 202 says that it goes on and any other success that it is
 *     done
 * @param result what is left of that answer once the work is done; null for all of it
 * @param cancel ends it early; null where nobody can
 * @param poll how long clients should wait before they look again
 * @param ttl how long it can be followed from its beginning on
 * @param required whether a client that cannot follow it may not begin it
 */
public record Task(
        Id id,
        Tool status,
        PathTemplate path,
        @Nullable State state,
        @Nullable ResultShape result,
        @Nullable Tool cancel,
        Duration poll,
        Duration ttl,
        boolean required) {
    /** Where an answer says which work it speaks of. */
    public sealed interface Id {
        /** In its JSON, for the last variable of the path; the others are arguments of the call. */
        record Place(JsonPointer pointer) implements Id {}

        /** In a header that holds the path, or a URL with it. */
        record Header(String name) implements Id {}
    }

    /**
     * How an answer says how far the work is; what it says beyond these words is that it goes on.
     *
     * @param pointer where it says so
     */
    public record State(JsonPointer pointer, Set<String> completed, Set<String> failed, Set<String> cancelled) {
        public State {
            completed = Set.copyOf(completed);
            failed = Set.copyOf(failed);
            cancelled = Set.copyOf(cancelled);
        }
    }
}
