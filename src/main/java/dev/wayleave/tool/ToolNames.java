package dev.wayleave.tool;

import dev.wayleave.openapi.Operation;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.apache.commons.codec.digest.DigestUtils;
import org.jspecify.annotations.Nullable;

/**
 * Names for tools, at most 40 characters long, so that a client's own prefix still fits the 64 that hosts allow.
 *
 * <p>Each operation has a few names of its own, best first ({@link NameForms}), and gets the first that no other would
 * have at the same turn; where none is left, a digest of its method and path tells it apart. Nothing depends on the
 * document's order. A name that two operations would have goes to neither, so that adding an operation may make a name
 * disappear, but none passes to an operation that comes with the same one: a name that an owner has allowed and a model
 * has learnt never turns into something else by that. One exception: a name that was short from the start goes before
 * the same one that had to be shortened.
 */
final class ToolNames {
    static final int LENGTH = 40;
    private static final int DIGEST = 6;
    private static final int TURNS = 16;
    private final IdentityHashMap<Operation, String> names = new IdentityHashMap<>();

    ToolNames(List<Operation> operations) {
        IdentityHashMap<Operation, NameForms> waiting = new IdentityHashMap<>();
        operations.forEach(operation -> waiting.put(operation, NameForms.of(operation, LENGTH)));
        Set<String> taken = new HashSet<>();
        for (int turn = 0; !waiting.isEmpty(); turn++) {
            contest(turn, operations, waiting).forEach((name, operation) -> {
                if (operation != null && taken.add(name)) {
                    names.put(operation, name);
                    waiting.remove(operation);
                }
            });
        }
    }

    String of(Operation operation) {
        return Objects.requireNonNull(names.get(operation), "not among those named");
    }

    /** Who would have which name at this turn; null where that is more than one. */
    private static Map<String, @Nullable Operation> contest(
            int turn, List<Operation> operations, IdentityHashMap<Operation, NameForms> waiting) {
        Map<String, @Nullable Operation> contest = new LinkedHashMap<>();
        for (int i = 0; i < operations.size(); i++) {
            Operation operation = operations.get(i);
            NameForms forms = waiting.get(operation);
            String name = forms == null ? null : name(turn, operation, forms, i);
            if (name != null) {
                contest.put(name, contest.containsKey(name) ? null : operation);
            }
        }
        return contest;
    }

    private static @Nullable String name(int turn, Operation operation, NameForms forms, int index) {
        int salt = turn - NameForms.COUNT;
        if (salt < 0) {
            return forms.at(turn);
        }
        String seed = operation.method() + " " + operation.path() + (salt == 0 ? "" : " " + salt);
        String head = ShortName.cut(forms.brief(), LENGTH - DIGEST - 1);
        return head + "_" + digest(salt < TURNS ? seed : seed + " " + index);
    }

    private static String digest(String text) {
        return DigestUtils.sha256Hex(text).substring(0, DIGEST);
    }
}
