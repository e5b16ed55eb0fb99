package dev.wayleave.jsonpath;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One node that a query selected, and the way to it.
 *
 * @param parent null for the root
 * @param name of the member that it is; empty for an element of an array and for the root
 * @param index of the element that it is; -1 for a member and for the root
 */
public record Selected(@Nullable Selected parent, String name, int index, JsonNode node) {
    static Selected root(JsonNode node) {
        return new Selected(null, "", -1, node);
    }

    /** Null where it has no member of that name. */
    @Nullable
    Selected member(String member) {
        JsonNode value = node instanceof ObjectNode object ? object.get(member) : null;
        return value == null ? null : new Selected(this, member, -1, value);
    }

    /** Null where it has no such element. */
    @Nullable
    Selected element(long element) {
        boolean there = node instanceof ArrayNode && element >= 0 && element < node.size();
        return there ? new Selected(this, "", (int) element, node.get((int) element)) : null;
    }

    /** How many steps it is from the root. */
    public int depth() {
        int depth = 0;
        for (Selected at = parent; at != null; at = at.parent) {
            depth++;
        }
        return depth;
    }

    /** The names and indexes on the way from the root, as those of an RFC 6901 pointer. */
    public List<String> tokens() {
        Deque<String> tokens = new ArrayDeque<>();
        for (Selected at = this; at.parent != null; at = at.parent) {
            tokens.push(at.index < 0 ? at.name : Integer.toString(at.index));
        }
        return List.copyOf(tokens);
    }
}
