package dev.wayleave.openapi;

import dev.wayleave.jsonpath.JsonPath;

/**
 * One action of an overlay (Overlay 1.1, Action Object), a reusable one already put together with its reference.
 *
 * @param target where the expression stands
 * @param path what it selects
 */
record OverlayAction(Place target, JsonPath path, Change change) {
    /** What becomes of the nodes that are selected. */
    sealed interface Change {
        /** The value is merged into them, appended to them, or replaces them. */
        record Update(Place value) implements Change {}

        /** The same with the one node of the description that an expression selects. */
        record Copy(Place place, JsonPath from) implements Change {}

        /** They go. */
        record Remove() implements Change {}

        /** Nothing: the action says none of the three. */
        record Nothing() implements Change {}
    }
}
