package dev.wayleave.call;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.wayleave.tool.ResultShape;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Applies what its owner decided to leave of an answer. */
final class ShapedAnswer {
    private ShapedAnswer() {}

    /** What is left; null where the answer has nothing at the shape's pointer, so that nothing of it is passed on unshaped. */
    static JsonNode of(JsonNode answer, ResultShape shape) {
        JsonNode part = shape.pointer().isEmpty() ? answer : answer.at(JsonPointer.compile(shape.pointer()));
        if (part.isMissingNode()) {
            return JsonNodeFactory.instance.nullNode();
        }
        JsonNode shaped = merged(part.deepCopy(), shape.merge());
        if (!shape.keep().isEmpty()) {
            shaped = kept(shaped, tree(shape.keep()));
        }
        for (String path : shape.drop()) {
            drop(shaped, List.of(path.split("\\.", -1)));
        }
        // the longest first: a path is spelled with the names that the answer has
        List<Map.Entry<String, String>> renames = shape.rename().entrySet().stream()
                .sorted((a, b) ->
                        b.getKey().split("\\.", -1).length - a.getKey().split("\\.", -1).length)
                .toList();
        for (Map.Entry<String, String> rename : renames) {
            rename(shaped, List.of(rename.getKey().split("\\.", -1)), rename.getValue());
        }
        return shaped;
    }

    /** Whether the answer says that there is more. */
    static boolean isPart(JsonNode answer, ResultShape shape) {
        JsonNode more = shape.more().isEmpty() ? MissingNode.getInstance() : answer.at(shape.more());
        return switch (more.getNodeType()) {
            case MISSING, NULL -> false;
            case BOOLEAN -> more.booleanValue();
            case STRING -> !more.textValue().isBlank();
            case ARRAY, OBJECT -> !more.isEmpty();
            case NUMBER, BINARY, POJO -> true;
        };
    }

    private static JsonNode merged(JsonNode value, List<String> names) {
        if (!(value instanceof ObjectNode object) || names.isEmpty()) {
            return value;
        }
        ObjectNode merged = JsonNodeFactory.instance.objectNode();
        for (Map.Entry<String, JsonNode> member : object.properties()) {
            if (names.contains(member.getKey()) && member.getValue().isObject()) {
                member.getValue().properties().forEach(one -> merged.putIfAbsent(one.getKey(), one.getValue()));
            } else {
                merged.putIfAbsent(member.getKey(), member.getValue());
            }
        }
        return merged;
    }

    /** Names within names; one without any stands for all below it. */
    private record Names(Map<String, Names> below) {}

    private static Names tree(List<String> paths) {
        Names root = new Names(new LinkedHashMap<>());
        for (String path : paths) {
            Names at = root;
            for (String name : path.split("\\.", -1)) {
                at = at.below.computeIfAbsent(name, n -> new Names(new LinkedHashMap<>()));
            }
        }
        return root;
    }

    private static JsonNode kept(JsonNode value, Names names) {
        if (names.below.isEmpty()) {
            return value;
        }
        if (value.isArray()) {
            ArrayNode kept = JsonNodeFactory.instance.arrayNode(value.size());
            value.forEach(item -> kept.add(kept(item, names)));
            return kept;
        }
        if (!value.isObject()) {
            return value;
        }
        ObjectNode kept = JsonNodeFactory.instance.objectNode();
        for (Map.Entry<String, JsonNode> member : value.properties()) {
            Names below = names.below.get(member.getKey());
            if (below != null) {
                kept.set(member.getKey(), kept(member.getValue(), below));
            }
        }
        return kept;
    }

    private static void drop(JsonNode value, List<String> path) {
        if (value.isArray()) {
            value.forEach(item -> drop(item, path));
        } else if (value instanceof ObjectNode object) {
            if (path.size() == 1) {
                object.remove(path.getFirst());
            } else {
                drop(object.path(path.getFirst()), path.subList(1, path.size()));
            }
        }
    }

    /** The member keeps its place among the others. */
    private static void rename(JsonNode value, List<String> path, String name) {
        if (value.isArray()) {
            value.forEach(item -> rename(item, path, name));
        } else if (value instanceof ObjectNode object && path.size() > 1) {
            rename(object.path(path.getFirst()), path.subList(1, path.size()), name);
        } else if (value instanceof ObjectNode object && object.has(path.getFirst())) {
            Map<String, JsonNode> members = new LinkedHashMap<>();
            object.properties()
                    .forEach(member -> members.put(
                            member.getKey().equals(path.getFirst()) ? name : member.getKey(), member.getValue()));
            object.removeAll();
            members.forEach(object::set);
        }
    }
}
