package dev.wayleave.openapi;

/** Which way a value travels, and so which properties it has: what is read-only is never sent, what is write-only never comes. */
enum Direction {
    REQUEST("readOnly"),
    RESPONSE("writeOnly");

    private final String absent;

    Direction(String absent) {
        this.absent = absent;
    }

    /** The keyword that takes a property away. */
    String absentKeyword() {
        return absent;
    }

    Direction other() {
        return this == REQUEST ? RESPONSE : REQUEST;
    }
}
