package dev.wayleave.jsonpath;

import java.util.List;

/**
 * One step of a query (RFC 9535 §2.5).
 *
 * @param descendant whether it is taken from all descendants too
 */
record Segment(boolean descendant, List<Selector> selectors) {
    Segment {
        selectors = List.copyOf(selectors);
    }

    /** Whether it selects one node at most. */
    boolean isSingular() {
        return !descendant
                && selectors.size() == 1
                && (selectors.getFirst() instanceof Selector.Name || selectors.getFirst() instanceof Selector.Index);
    }
}
