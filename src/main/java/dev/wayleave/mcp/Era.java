package dev.wayleave.mcp;

import java.util.List;
import java.util.stream.Stream;

/**
 * Which protocol a message speaks.
 *
 * @param version such as {@code 2026-07-28}
 */
record Era(String version) {
    /** The versions that carry everything in each request. */
    static final List<String> MODERN = List.of("2026-07-28");

    /** The versions that begin with a handshake, newest first. */
    static final List<String> LEGACY = List.of("2025-11-25", "2025-06-18", "2025-03-26");

    static final List<String> ALL =
            Stream.concat(MODERN.stream(), LEGACY.stream()).toList();

    static final Era NEWEST = new Era(MODERN.getFirst());

    /** What a legacy request without a version header speaks. */
    static final Era OLDEST = new Era("2025-03-26");

    boolean isModern() {
        return MODERN.contains(version);
    }

    /** Whether results may carry structured content. */
    boolean knowsStructuredContent() {
        return !equals(OLDEST);
    }
}
