package dev.wayleave.tool;

import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * All that is asked before a tool does its work.
 *
 * @param list in the order in which they are written
 * @param needed arguments that agents may leave out because an answer fills them, and that the work needs
 * @param confirmation whether and how a person must agree to each call; null where nobody must
 */
public record Asks(
        List<Ask> list, Set<String> needed, @Nullable Confirmation confirmation) {
    /** Nothing is asked. */
    public static final Asks NONE = new Asks(List.of(), Set.of(), null);

    public Asks {
        list = List.copyOf(list);
        needed = Set.copyOf(needed);
    }

    /** What becomes of a call that must be agreed to where the client cannot be asked. */
    public enum Otherwise {
        /** It is not made. */
        REFUSE,
        /** It is made. */
        ALLOW,
        /** It is made where the agent says with an argument that a person agreed. */
        ARGUMENT
    }

    /**
     * A person must agree.
     *
     * @param argument the one that says so instead; null where none does
     */
    public record Confirmation(
            Otherwise otherwise, @Nullable String argument) {}

    /** Whether nobody is asked for anything. */
    public boolean isNone() {
        return list.isEmpty() && confirmation == null;
    }

    Asks confirmed(@Nullable Confirmation by) {
        return new Asks(list, needed, by);
    }
}
