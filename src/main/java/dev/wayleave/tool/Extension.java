package dev.wayleave.tool;

import com.fasterxml.jackson.databind.JsonNode;
import dev.wayleave.openapi.Source;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * One {@code x-mcp} object, or an object in it. Whoever reads it asks for each key by name; {@link #read} then refuses
 * what nobody asked for, so that a key that does nothing cannot exist.
 */
final class Extension {
    static final String NAME = "x-mcp";
    private static final int MOST_OBJECTS = 100;
    private final JsonNode object;
    private final Source source;
    private final Set<String> asked = new TreeSet<>();

    private Extension(JsonNode object, Source source) {
        this.object = object;
        this.source = source;
    }

    /**
     * Reads one with a function that asks for all the keys it knows.
     *
     * @param owner where the object stands that it is an extension of
     */
    static <T> T read(JsonNode extension, Source owner, Reader<T> reader) throws UnusableOperation {
        Source source = owner.of(extension);
        if (!extension.isObject()) {
            throw new UnusableOperation(source, "`" + NAME + "` is an object");
        }
        return new Extension(extension, source).readAll(reader);
    }

    /** Takes what it knows from an object. */
    interface Reader<T> {
        T read(Extension extension) throws UnusableOperation;
    }

    private <T> T readAll(Reader<T> reader) throws UnusableOperation {
        T result = reader.read(this);
        for (var member : object.properties()) {
            if (!asked.contains(member.getKey())) {
                throw wrong(member.getKey(), "is no key; the keys here are " + String.join(", ", asked));
            }
        }
        return result;
    }

    /** Null where it is not said; a null that is said is one. */
    @Nullable
    JsonNode value(String key) {
        asked.add(key);
        return object.get(key);
    }

    @Nullable
    String text(String key) throws UnusableOperation {
        JsonNode value = value(key);
        if (value != null && (!value.isTextual() || value.textValue().isBlank())) {
            throw wrong(key, "is text");
        }
        return value == null ? null : value.textValue();
    }

    @Nullable
    Boolean flag(String key) throws UnusableOperation {
        JsonNode value = value(key);
        if (value != null && !value.isBoolean()) {
            throw wrong(key, "is true or false");
        }
        return value == null ? null : value.booleanValue();
    }

    @Nullable
    JsonNode number(String key) throws UnusableOperation {
        JsonNode value = value(key);
        if (value != null && !value.isNumber()) {
            throw wrong(key, "is a number");
        }
        return value;
    }

    /** Null where it is not said; each text once. */
    @Nullable
    List<String> texts(String key) throws UnusableOperation {
        JsonNode value = value(key);
        if (value == null) {
            return null;
        }
        return texts(key, value);
    }

    /** Null where it is not said; lists of texts, each once, of which a plain list of texts is the only one. */
    @Nullable
    List<List<String>> textLists(String key) throws UnusableOperation {
        JsonNode value = value(key);
        if (value == null) {
            return null;
        }
        if (!value.path(0).isArray()) {
            return List.of(texts(key, value));
        }
        List<List<String>> lists = new ArrayList<>();
        for (JsonNode item : value) {
            List<String> list = texts(key, item);
            if (lists.contains(list)) {
                throw wrong(key, "has the same list twice");
            }
            lists.add(list);
        }
        return lists;
    }

    private List<String> texts(String key, JsonNode value) throws UnusableOperation {
        List<String> texts = new ArrayList<>();
        for (JsonNode item : value) {
            if (!item.isTextual() || item.textValue().isBlank() || texts.contains(item.textValue())) {
                throw wrong(key, "is a list of texts, each of them once");
            }
            texts.add(item.textValue());
        }
        if (!value.isArray()) {
            throw wrong(key, "is a list of texts");
        }
        return texts;
    }

    /** Texts by name, in their order. */
    Map<String, String> names(String key) throws UnusableOperation {
        JsonNode value = value(key);
        Map<String, String> names = new java.util.LinkedHashMap<>();
        if (value != null && !value.isObject()) {
            throw wrong(key, "is an object of texts");
        }
        for (var member : value == null ? Set.<Map.Entry<String, JsonNode>>of() : value.properties()) {
            if (!member.getValue().isTextual() || member.getValue().textValue().isBlank()) {
                throw wrong(key, "is an object of texts");
            }
            names.put(member.getKey(), member.getValue().textValue());
        }
        return names;
    }

    /** One of a few words. */
    <T> @Nullable T choice(String key, Map<String, T> choices) throws UnusableOperation {
        String text = text(key);
        T chosen = text == null ? null : choices.get(text);
        if (text != null && chosen == null) {
            throw wrong(key, "is one of " + String.join(", ", new TreeSet<>(choices.keySet())));
        }
        return chosen;
    }

    /** A text that is more than any text. */
    <T> @Nullable T parsed(String key, String expected, Function<String, @Nullable T> parser) throws UnusableOperation {
        String text = text(key);
        T parsed = text == null ? null : parser.apply(text);
        if (text != null && parsed == null) {
            throw wrong(key, "is " + expected);
        }
        return parsed;
    }

    <T> @Nullable T child(String key, Reader<T> reader) throws UnusableOperation {
        JsonNode value = value(key);
        if (value == null) {
            return null;
        }
        if (!value.isObject()) {
            throw wrong(key, "is an object");
        }
        return new Extension(value, source.member(object, key)).readAll(reader);
    }

    /** The objects of a list; none where it is not said. */
    <T> List<T> objects(String key, Reader<T> reader) throws UnusableOperation {
        JsonNode value = value(key);
        List<T> all = new ArrayList<>();
        if (value == null) {
            return all;
        }
        Source list = source.member(object, key);
        for (JsonNode item : value) {
            if (!value.isArray() || !item.isObject()) {
                throw wrong(key, "is a list of objects");
            }
            all.add(new Extension(item, list.of(item)).readAll(reader));
        }
        if (!value.isArray() || value.size() > MOST_OBJECTS) {
            throw wrong(key, "is a list of at most " + MOST_OBJECTS + " objects");
        }
        return all;
    }

    UnusableOperation wrong(String key, String what) {
        return new UnusableOperation(at(key), "`" + VisibleText.of(key, 64) + "` " + what);
    }

    /** Where a key stands. */
    Source at(String key) {
        return source.member(object, key);
    }

    Source source() {
        return source;
    }
}
