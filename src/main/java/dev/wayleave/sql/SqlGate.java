package dev.wayleave.sql;

import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Lets statements of some kinds through. It stands behind the database's own authorization, not in its place: what a
 * table does by itself, such as a trigger or a cascade, is not seen here.
 *
 * @param allowed what may be done
 * @param instead the names of the tools that do the rest, as far as there are some
 */
public record SqlGate(Set<SqlKind> allowed, Map<SqlKind, String> instead) {
    public SqlGate {
        allowed = Set.copyOf(allowed);
        instead = Map.copyOf(instead);
    }

    /** Why a text may not be sent, as the end of a sentence about it; empty where it is one statement of these kinds. */
    public Optional<String> refusal(String sql) {
        Set<SqlKind> kinds;
        try {
            kinds = SqlStatement.kinds(sql);
        } catch (UnclearSql e) {
            return Optional.of(e.getMessage() + "; one statement of these is taken: " + names(allowed));
        }
        Set<SqlKind> others = EnumSet.copyOf(kinds);
        others.removeAll(allowed);
        return others.isEmpty()
                ? Optional.empty()
                : Optional.of("is " + names(others) + "; here only these are done: " + names(allowed)
                        + others.stream().map(this::elsewhere).distinct().collect(Collectors.joining()));
    }

    private String elsewhere(SqlKind kind) {
        String tool = instead.get(kind);
        String replaced = kind == SqlKind.REPLACE
                ? "; it deletes the rows that are in its way, which ON CONFLICT ... DO UPDATE does not"
                : "";
        return replaced + (tool == null ? "" : "; " + tool + " does " + kind.name());
    }

    private static String names(Set<SqlKind> kinds) {
        List<String> names = kinds.stream().sorted().map(SqlKind::name).toList();
        return String.join(", ", names);
    }
}
