package dev.wayleave.tool;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What is left of a JSON answer before an agent sees it, as {@code x-mcp.result} says; applied in the order of the
 * components. A path is member names with dots between them and leads through arrays to each of their elements.
 *
 * @param pointer the part of the answer that becomes the whole (RFC 6901); empty for all of it
 * @param merge members that are objects, whose own members stand in their place; the first of a name counts
 * @param keep paths of the members that stay, all others go; empty to keep all
 * @param drop paths of the members that go
 * @param rename new names of members by their path
 * @param more where the whole answer has something if it is only a part of all (RFC 6901); empty for nowhere
 */
public record ResultShape(
        String pointer,
        List<String> merge,
        List<String> keep,
        List<String> drop,
        Map<String, String> rename,
        String more) {
    public ResultShape {
        merge = List.copyOf(merge);
        keep = List.copyOf(keep);
        drop = List.copyOf(drop);
        rename = Collections.unmodifiableMap(new LinkedHashMap<>(rename));
    }
}
