package dev.wayleave.openapi;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;

/**
 * An object of a document that remembers on which lines it and its members stand.
 *
 * <p>The lines lie in one array beside the members, so that a large document costs four bytes more for each of them and
 * no second reading.
 */
@SuppressWarnings("unchecked") // what ObjectNode itself makes of deepCopy()
final class Located extends ObjectNode {
    private static final long serialVersionUID = 1L;

    private final int line;
    private final int[] memberLines;

    /** Takes at least as many lines as there are members, in their order. */
    Located(Map<String, JsonNode> members, int line, int[] memberLines) {
        super(JsonNodeFactory.instance, members);
        this.line = line;
        this.memberLines = memberLines;
    }

    int line() {
        return line;
    }

    int lineOf(String member) {
        int index = 0;
        for (var names = fieldNames(); names.hasNext() && index < memberLines.length; index++) {
            if (names.next().equals(member)) {
                return memberLines[index];
            }
        }
        return line;
    }
}
