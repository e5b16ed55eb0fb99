package dev.wayleave.jsonpath;

import org.jspecify.annotations.Nullable;

/** What is selected from the children of a node (RFC 9535 §2.3). */
sealed interface Selector {
    /** The member of that name. */
    record Name(String name) implements Selector {}

    /** All children. */
    record Wildcard() implements Selector {}

    /** The element at an index, from the end where it is negative. */
    record Index(long index) implements Selector {}

    /** Elements from a start to before an end; null where the bound is left out. */
    record Slice(@Nullable Long start, @Nullable Long end, long step) implements Selector {}

    /** The children for which a condition holds. */
    record Filter(Condition condition) implements Selector {}
}
