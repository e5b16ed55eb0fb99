package dev.wayleave.call;

import dev.wayleave.caller.Caller;
import dev.wayleave.policy.Decision;
import dev.wayleave.policy.Policy;
import dev.wayleave.tool.Served;
import dev.wayleave.tool.Tool;
import dev.wayleave.tool.Work;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * Tells an agent whose call was lost on the way what to do: one that only reads can be made again; of any other nobody knows
 * the outcome, and a tool that reads the same path shows it.
 *
 * @param safe whether the call only reads
 * @param readers what reads the same path, or else the list that it is in
 */
record Afterwards(boolean safe, List<Tool> readers, Policy policy) {
    static Afterwards of(Tool tool, Served served, Policy policy) {
        if (tool.handling().safe() || !(tool.work() instanceof Work.OneCall one)) {
            return new Afterwards(tool.handling().safe(), List.of(), policy);
        }
        String path = one.operation().path();
        List<Tool> same = reading(served, one, path);
        boolean item = path.endsWith("}");
        return new Afterwards(
                false,
                same.isEmpty() && item ? reading(served, one, path.substring(0, path.lastIndexOf('/'))) : same,
                policy);
    }

    private static List<Tool> reading(Served served, Work.OneCall changed, String path) {
        return served.byName().values().stream()
                .filter(tool -> tool.handling().safe()
                        && tool.work() instanceof Work.OneCall reader
                        && reader.operation().path().equals(path)
                        && Objects.equals(reader.origin(), changed.origin()))
                .toList();
    }

    /** To be told behind what happened; names no tool that the caller may not use. */
    String words(Caller caller) {
        if (safe) {
            return " Nothing was changed; the call can be repeated.";
        }
        Optional<Tool> reader = readers.stream()
                .filter(tool -> policy.decide(caller, tool) instanceof Decision.Allowed)
                .findFirst();
        return " Outcome unknown: it may have been done. "
                + reader.map(tool -> "Check with " + tool.name() + " before you call again.")
                        .orElse("Look before you call again.");
    }
}
