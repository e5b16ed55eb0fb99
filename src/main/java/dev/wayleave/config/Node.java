package dev.wayleave.config;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What stands at one place of the configuration tree, and which file put it there. */
sealed interface Node {
    String file();

    record Scalar(String text, String file) implements Node {}

    record Sequence(List<Node> items, String file) implements Node {}

    record Mapping(Map<String, Node> entries, String file) implements Node {
        /** Puts a value at a dotted path, making the mappings on the way; the last one to speak wins. */
        void put(String dottedPath, Object value, String from) {
            int dot = dottedPath.indexOf('.');
            if (dot < 0) {
                entries.put(dottedPath, of(value, from));
                return;
            }
            Node child = entries.computeIfAbsent(
                    dottedPath.substring(0, dot), key -> new Mapping(new LinkedHashMap<>(), from));
            if (!(child instanceof Mapping)) {
                child = new Mapping(new LinkedHashMap<>(), from);
                entries.put(dottedPath.substring(0, dot), child);
            }
            ((Mapping) child).put(dottedPath.substring(dot + 1), value, from);
        }
    }

    static Node of(Object value, String file) {
        return switch (value) {
            case Map<?, ?> map -> {
                Mapping mapping = new Mapping(new LinkedHashMap<>(), file);
                map.forEach((key, child) ->
                        mapping.entries().put(String.valueOf(key), of(child == null ? "" : child, file)));
                yield mapping;
            }
            case Iterable<?> list -> {
                List<Node> items = new ArrayList<>();
                list.forEach(item -> items.add(of(item == null ? "" : item, file)));
                yield new Sequence(items, file);
            }
            default -> new Scalar(String.valueOf(value), file);
        };
    }
}
