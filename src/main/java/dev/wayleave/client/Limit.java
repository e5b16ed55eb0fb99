package dev.wayleave.client;

/**
 * One limit of a client.
 *
 * @param otherwise what happens to what does not keep it
 * @param source who says so
 */
record Limit(Effect effect, String otherwise, String source, Check check) {
    /** How bad it is not to keep it. */
    enum Effect {
        /** A tool, or all of them, cannot be used. */
        BREAKS,
        /** Served, but cut, renamed or warned about. */
        CUT,
        /** Reported by users, or true of a mode that must be asked for. */
        NOTE
    }

    static Limit breaks(String otherwise, String source, Check check) {
        return new Limit(Effect.BREAKS, otherwise, source, check);
    }

    static Limit cut(String otherwise, String source, Check check) {
        return new Limit(Effect.CUT, otherwise, source, check);
    }

    static Limit note(String otherwise, String source, Check check) {
        return new Limit(Effect.NOTE, otherwise, source, check);
    }
}
