package dev.wayleave.jsonpath;

import java.util.List;

/**
 * A query: from the root, or from the node that a filter looks at (RFC 9535 §2.2, §2.3.5).
 *
 * @param relative whether it begins with {@code @}
 */
record Query(boolean relative, List<Segment> segments) {
    Query {
        segments = List.copyOf(segments);
    }

    boolean isSingular() {
        return segments.stream().allMatch(Segment::isSingular);
    }
}
