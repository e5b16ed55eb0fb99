package dev.wayleave.openapi;

/** How much of a document is read before it is refused. */
final class Limits {
    /** Of objects and arrays within one another; what people write stays under 60. */
    static final int DEPTH = 500;

    static final int FILE_BYTES = 40 << 20;
    /** Of all files of one description together. */
    static final int TOTAL_BYTES = 64 << 20;

    static final int FILES = 2_000;

    /** Nodes that YAML aliases may add beyond those that are written. */
    static final long ALIASED_NODES = 1_000_000;

    /** Entries in the sets of definitions that go with schemas, all sets together. */
    static final long DEFINITIONS = 3_000_000;

    private Limits() {}
}
