package dev.wayleave.tool;

import dev.wayleave.openapi.Source;
import org.jspecify.annotations.Nullable;

/** An operation that no tool can stand for; the message says why, for its owner. */
final class UnusableOperation extends Exception {
    private static final long serialVersionUID = 1L;
    private final transient @Nullable Source source;

    UnusableOperation(String message) {
        super(message);
        this.source = null;
    }

    /** Where the fault stands, when that is not the operation itself. */
    UnusableOperation(Source source, String message) {
        super(message);
        this.source = source;
    }

    @Nullable
    Source source() {
        return source;
    }
}
