package dev.wayleave.openapi;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.events.AliasEvent;
import org.yaml.snakeyaml.events.Event;
import org.yaml.snakeyaml.events.MappingEndEvent;
import org.yaml.snakeyaml.events.MappingStartEvent;
import org.yaml.snakeyaml.events.NodeEvent;
import org.yaml.snakeyaml.events.ScalarEvent;
import org.yaml.snakeyaml.events.SequenceEndEvent;
import org.yaml.snakeyaml.events.SequenceStartEvent;
import org.yaml.snakeyaml.parser.Parser;
import org.yaml.snakeyaml.parser.ParserImpl;
import org.yaml.snakeyaml.reader.StreamReader;

/**
 * Reads YAML into the tree that the same JSON would give. It builds from parser events, so no tag can name a class; an
 * alias is the node that it names, and what aliases add up to is bounded.
 */
final class YamlTree {
    private static final String CORE = "tag:yaml.org,2002:";

    /** A node, how many nodes it is when written out, and how deep. */
    private record Built(JsonNode node, long size, int height) {}

    private final String name;
    private final Parser events;
    private final Texts texts = new Texts();
    private final Map<String, Built> anchors = new HashMap<>();
    private final Deque<String> path = new ArrayDeque<>();
    private long aliased;

    private YamlTree(String name, Parser events) {
        this.name = name;
        this.events = events;
    }

    static JsonNode read(String name, byte[] bytes) throws DocumentException {
        String text;
        try {
            text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        } catch (CharacterCodingException notUtf8) {
            throw new DocumentException(new Source(name, "", 0), "is not UTF-8");
        }
        LoaderOptions options = new LoaderOptions();
        options.setCodePointLimit(Limits.FILE_BYTES);
        String content = text.startsWith("\uFEFF") ? text.substring(1) : text;
        YamlTree tree = new YamlTree(name, new ParserImpl(new StreamReader(content), options));
        try {
            return tree.document();
        } catch (MarkedYAMLException invalid) {
            Mark mark = invalid.getProblemMark();
            throw tree.refused(
                    mark == null ? 0 : mark.getLine() + 1,
                    "is not YAML: " + Texts.excerpt(Texts.oneLine(invalid.getProblem())));
        } catch (YAMLException invalid) {
            throw tree.refused(0, "is not YAML: " + Texts.excerpt(Texts.oneLine(invalid.getMessage())));
        }
    }

    private JsonNode document() throws DocumentException {
        events.getEvent();
        if (events.checkEvent(Event.ID.StreamEnd)) {
            throw new DocumentException(new Source(name, "", 0), "is empty");
        }
        events.getEvent();
        JsonNode root = value(events.getEvent(), 1, 1).node();
        events.getEvent();
        if (!events.checkEvent(Event.ID.StreamEnd)) {
            throw refused(events.getEvent(), "a second document follows; one file holds one");
        }
        return root;
    }

    private Built value(Event event, int line, int depth) throws DocumentException {
        if (depth > Limits.DEPTH) {
            throw refused(event, "is nested deeper than " + Limits.DEPTH + " levels");
        }
        if (event instanceof AliasEvent alias) {
            return alias(alias, depth);
        }
        if (!(event instanceof NodeEvent node)) {
            throw refused(event, "a value is missing");
        }
        Built built = switch (node) {
            case MappingStartEvent start -> mapping(start, line, depth);
            case SequenceStartEvent start -> sequence(start, depth);
            case ScalarEvent scalar -> new Built(scalar(scalar), 1, 1);
            default -> throw refused(event, "is no value");
        };
        String anchor = node.getAnchor();
        if (anchor != null) {
            anchors.put(anchor, built);
        }
        return built;
    }

    private Built alias(AliasEvent alias, int depth) throws DocumentException {
        Built target = anchors.get(alias.getAnchor());
        if (target == null) {
            throw refused(alias, "the alias *" + Texts.excerpt(alias.getAnchor()) + " names nothing that is complete");
        }
        aliased += target.size();
        if (aliased > Limits.ALIASED_NODES || depth + target.height() > Limits.DEPTH) {
            throw refused(alias, "aliases repeat more than " + Limits.ALIASED_NODES + " nodes or nest too deep");
        }
        return target;
    }

    private Built sequence(SequenceStartEvent start, int depth) throws DocumentException {
        onlyTag(start, start.getTag(), "seq");
        ArrayNode array = JsonNodeFactory.instance.arrayNode();
        long size = 1;
        int height = 0;
        for (Event event = events.getEvent(); !(event instanceof SequenceEndEvent); event = events.getEvent()) {
            path.addLast(Integer.toString(array.size()));
            Built element = value(event, lineOf(event), depth + 1);
            path.removeLast();
            array.add(element.node());
            size += element.size();
            height = Math.max(height, element.height());
        }
        return new Built(array, size, height + 1);
    }

    private Built mapping(MappingStartEvent start, int line, int depth) throws DocumentException {
        onlyTag(start, start.getTag(), "map");
        Map<String, JsonNode> members = new LinkedHashMap<>(4);
        Map<String, JsonNode> merged = new LinkedHashMap<>(0);
        int[] lines = new int[4];
        long size = 1;
        int height = 0;
        for (Event event = events.getEvent(); !(event instanceof MappingEndEvent); event = events.getEvent()) {
            ScalarEvent key = key(event);
            int keyLine = lineOf(key);
            path.addLast(key.getValue());
            Built value = value(events.getEvent(), keyLine, depth + 1);
            path.removeLast();
            size += value.size();
            height = Math.max(height, value.height());
            if (key.getValue().equals("<<") && key.isPlain()) {
                merge(key, value.node(), merged);
                continue;
            }
            if (members.size() == lines.length) {
                lines = Arrays.copyOf(lines, 2 * lines.length);
            }
            lines[members.size()] = keyLine;
            if (members.put(key.getValue(), value.node()) != null) {
                path.addLast(key.getValue());
                throw refused(key, "the member \"" + Texts.excerpt(key.getValue()) + "\" stands here twice");
            }
        }
        int[] own = Arrays.copyOf(lines, members.size());
        merged.forEach(members::putIfAbsent);
        return new Built(new Located(members, line, own), size, height + 1);
    }

    /** The merge key of YAML 1.1, which 1.2 no longer has and people still write: earlier mappings win. */
    private void merge(ScalarEvent key, JsonNode value, Map<String, JsonNode> merged) throws DocumentException {
        Iterable<JsonNode> sources = value.isArray() ? value : List.of(value);
        for (JsonNode source : sources) {
            if (!source.isObject()) {
                throw refused(key, "`<<` wants a mapping, or a list of them");
            }
            source.properties().forEach(member -> merged.putIfAbsent(member.getKey(), member.getValue()));
        }
    }

    private ScalarEvent key(Event event) throws DocumentException {
        if (event instanceof ScalarEvent key) {
            return key;
        }
        throw refused(event, "a key is text, not an alias or a structure");
    }

    private JsonNode scalar(ScalarEvent scalar) throws DocumentException {
        String tag = scalar.getTag();
        String text = scalar.getValue();
        if (tag == null || tag.equals("!")) {
            JsonNode plain = tag == null && scalar.isPlain() ? YamlScalars.plain(text) : null;
            return plain == null ? texts.node(text) : plain;
        }
        JsonNode meant = YamlScalars.plain(text);
        return switch (tag) {
            case CORE + "str" -> TextNode.valueOf(text);
            case CORE + "null" -> NullNode.instance;
            case CORE + "int", CORE + "float" -> typed(scalar, meant != null && meant.isNumber() ? meant : null);
            case CORE + "bool" -> typed(scalar, meant != null && meant.isBoolean() ? meant : null);
            default -> throw refused(scalar, "the tag " + Texts.excerpt(tag) + " is not used in OpenAPI");
        };
    }

    private JsonNode typed(ScalarEvent scalar, @Nullable JsonNode value) throws DocumentException {
        if (value == null) {
            throw refused(scalar, "\"" + Texts.excerpt(scalar.getValue()) + "\" is not what its tag says");
        }
        return value;
    }

    private void onlyTag(Event event, @Nullable String tag, String allowed) throws DocumentException {
        if (tag != null && !tag.equals("!") && !tag.equals(CORE + allowed)) {
            throw refused(event, "the tag " + Texts.excerpt(tag) + " is not used in OpenAPI");
        }
    }

    private static int lineOf(Event event) {
        return event.getStartMark() == null ? 0 : event.getStartMark().getLine() + 1;
    }

    private DocumentException refused(Event event, String message) {
        return refused(lineOf(event), message);
    }

    private DocumentException refused(int line, String message) {
        return new DocumentException(new Source(name, Place.pointer(path), line), message);
    }
}
