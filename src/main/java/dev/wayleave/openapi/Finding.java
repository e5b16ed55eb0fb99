package dev.wayleave.openapi;

/** Something in a document that its owner should know: what was left out or changed, and where it stands. */
public record Finding(Severity severity, Source source, String message) {
    /** How much a finding takes away. */
    public enum Severity {
        /** Served, with something dropped or changed. */
        WARNING,
        /** The operation, or the whole document, is left out. */
        ERROR
    }

    @Override
    public String toString() {
        return source + ": " + message;
    }
}
