package dev.wayleave.openapi;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

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

    /** Set once an overlay has touched the members, whose order then no longer is that of the lines. */
    private transient @Nullable Map<String, Origin> origins;

    private transient @Nullable Source source;

    /** Takes at least as many lines as there are members, in their order. */
    Located(Map<String, JsonNode> members, int line, int[] memberLines) {
        super(JsonNodeFactory.instance, members);
        this.line = line;
        this.memberLines = memberLines;
    }

    /**
     * A copy for a tree that will be changed.
     *
     * @param members its members, copied
     * @param file the file that all of it came from; null for the document's own
     */
    Located copied(Map<String, JsonNode> members, @Nullable String file) {
        Located copy = new Located(members, line, memberLines);
        copy.origins = origins == null ? null : new HashMap<>(origins);
        copy.source = file == null ? source : new Source(file, "", line);
        return copy;
    }

    /** The same object, which knows all about where it stands. */
    static JsonNode at(Place place) {
        if (!(place.node() instanceof Located object)) {
            return place.node();
        }
        Map<String, JsonNode> members = new LinkedHashMap<>();
        object.properties().forEach(member -> members.put(member.getKey(), member.getValue()));
        Located copy = new Located(members, object.line, object.memberLines);
        copy.origins = object.origins;
        copy.source = place.source();
        return copy;
    }

    /** The members of both, the second's above the first's; each remembers where it stands. */
    static JsonNode both(JsonNode one, JsonNode above) {
        if (!(one instanceof Located first) || !(above instanceof Located second)) {
            return above;
        }
        Map<String, JsonNode> members = new LinkedHashMap<>();
        first.properties().forEach(member -> members.put(member.getKey(), member.getValue()));
        Located both = first.copied(members, null);
        both.source = second.source;
        both.origins();
        second.properties().forEach(member -> {
            Origin origin = second.originOf(member.getKey());
            both.graft(member.getKey(), member.getValue(), origin);
        });
        return both;
    }

    int line() {
        return line;
    }

    /** Null where it came with the document. */
    @Nullable
    String file() {
        return source == null ? null : source.file();
    }

    @Nullable
    Source source() {
        return source;
    }

    /** Puts a member that came from elsewhere. */
    void graft(String member, JsonNode value, Origin origin) {
        origins().put(member, origin);
        set(member, value);
    }

    void prune(String member) {
        origins().remove(member);
        remove(member);
    }

    /** Where a member came from. */
    Origin originOf(String member) {
        if (origins != null) {
            return origins.getOrDefault(member, new Origin(file(), line));
        }
        return new Origin(file(), lineOf(member));
    }

    private Map<String, Origin> origins() {
        Map<String, Origin> known = origins;
        if (known == null) {
            known = new HashMap<>();
            int index = 0;
            for (var names = fieldNames(); names.hasNext() && index < memberLines.length; index++) {
                known.put(names.next(), new Origin(file(), memberLines[index]));
            }
            origins = known;
        }
        return known;
    }

    private int lineOf(String member) {
        int index = 0;
        for (var names = fieldNames(); names.hasNext() && index < memberLines.length; index++) {
            if (names.next().equals(member)) {
                return memberLines[index];
            }
        }
        return line;
    }

    /**
     * The file and line that a value came from.
     *
     * @param file null for the document's own
     */
    record Origin(@Nullable String file, int line) {}
}
