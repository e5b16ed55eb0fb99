package dev.wayleave.openapi;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Copies trees so that each object and array stands in one place only, and counts what overlays add. */
final class TreeCopy {
    private long added;

    /** A whole document, in which YAML aliases may have put one node in several places. */
    static JsonNode unshared(JsonNode root) {
        return copy(root, null);
    }

    /**
     * Part of an overlay, or of the document.
     *
     * @param file that it comes from; null where it knows that itself
     * @param depth at which it will stand
     * @param action whose doing it is
     */
    JsonNode grafted(JsonNode value, @Nullable String file, int depth, Place action) throws DocumentException {
        added += size(value);
        if (added > Limits.ALIASED_NODES) {
            throw new DocumentException(
                    action.source(), "the overlays add more than " + Limits.ALIASED_NODES + " nodes");
        }
        if (depth + height(value) > Limits.DEPTH) {
            throw new DocumentException(action.source(), "would nest deeper than " + Limits.DEPTH + " levels");
        }
        return copy(value, file);
    }

    private static JsonNode copy(JsonNode node, @Nullable String file) {
        if (node.isArray()) {
            ArrayNode array = JsonNodeFactory.instance.arrayNode(node.size());
            node.forEach(element -> array.add(copy(element, file)));
            return array;
        }
        if (!(node instanceof Located object)) {
            return node;
        }
        Map<String, JsonNode> members = new LinkedHashMap<>();
        object.properties().forEach(member -> members.put(member.getKey(), copy(member.getValue(), file)));
        return object.copied(members, file == null ? object.file() : file);
    }

    private static long size(JsonNode node) {
        long size = 1;
        for (JsonNode child : node) {
            size += size(child);
        }
        return size;
    }

    private static int height(JsonNode node) {
        int height = 0;
        for (JsonNode child : node) {
            height = Math.max(height, height(child));
        }
        return height + 1;
    }
}
