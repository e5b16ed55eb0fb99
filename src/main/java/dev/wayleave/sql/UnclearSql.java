package dev.wayleave.sql;

/** A text of which nobody can be sure what it would do; the message says why, and has nothing of the text in it. */
final class UnclearSql extends Exception {
    private static final long serialVersionUID = 1L;

    UnclearSql(String why) {
        super(why);
    }
}
