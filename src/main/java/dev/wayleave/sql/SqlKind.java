package dev.wayleave.sql;

import java.util.Locale;

/** What a statement does. */
public enum SqlKind {
    /** Also {@code VALUES}, and {@code WITH} in front of either. */
    SELECT,
    /** Needs what it explains, too. */
    EXPLAIN,
    INSERT,
    /** Also what an {@code INSERT} does with rows that are there already. */
    UPDATE,
    /** Deletes the rows that are in its way: {@code REPLACE}, {@code INSERT OR REPLACE}, {@code UPDATE OR REPLACE}. */
    REPLACE,
    DELETE,
    /** A table, an index or a view. */
    CREATE,
    ALTER,
    /** A table, an index, a view or a trigger. */
    DROP;

    /** As owners spell it. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
