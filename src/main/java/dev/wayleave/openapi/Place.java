package dev.wayleave.openapi;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.wayleave.openapi.Located.Origin;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A node of a document together with the way that leads to it, from which pointer and line are made when they are wanted. */
public final class Place {
    private static final int LONGEST_POINTER = 200;

    private final Document document;
    private final @Nullable Place parent;
    private final String token;
    private final JsonNode node;

    private Place(Document document, @Nullable Place parent, String token, JsonNode node) {
        this.document = document;
        this.parent = parent;
        this.token = token;
        this.node = node;
    }

    static Place rootOf(Document document) {
        return new Place(document, null, "", document.root());
    }

    Document document() {
        return document;
    }

    @Nullable
    Place parent() {
        return parent;
    }

    public String token() {
        return token;
    }

    public JsonNode node() {
        return node;
    }

    /** The member of that name; its node is a {@link MissingNode} where there is none. */
    public Place member(String name) {
        return new Place(document, this, name, node.path(name));
    }

    Place element(int index) {
        return new Place(document, this, Integer.toString(index), node.path(index));
    }

    /** The same place holding something else, such as what another version of OpenAPI would say there. */
    public Place holding(JsonNode other) {
        return new Place(document, parent, token, other);
    }

    public List<Place> members() {
        List<Place> members = new ArrayList<>(node.isObject() ? node.size() : 0);
        for (var entry : node.properties()) {
            members.add(new Place(document, this, entry.getKey(), entry.getValue()));
        }
        return members;
    }

    public List<Place> elements() {
        List<Place> elements = new ArrayList<>(node.isArray() ? node.size() : 0);
        for (int i = 0; node.isArray() && i < node.size(); i++) {
            elements.add(element(i));
        }
        return elements;
    }

    public boolean exists() {
        return !node.isMissingNode();
    }

    /** What stands there, where it is an object as one that knows its place: {@link Source#of} then finds it. */
    public JsonNode located() {
        return Located.at(this);
    }

    /** The RFC 6901 pointer from the document's root. */
    String pointer() {
        Deque<String> tokens = new ArrayDeque<>();
        for (Place at = this; at.parent != null; at = at.parent) {
            tokens.push(at.token);
        }
        return pointer(tokens);
    }

    /** Tokens as a pointer; of a way too deep to read, the beginning. */
    static String pointer(Deque<String> tokens) {
        StringBuilder pointer = new StringBuilder();
        for (String token : tokens) {
            if (pointer.length() > LONGEST_POINTER) {
                return pointer.append("/…").toString();
            }
            pointer.append('/').append(token.replace("~", "~0").replace("/", "~1"));
        }
        return pointer.toString();
    }

    /** The file and line that it came from, or else the nearest object around it. */
    private Origin origin() {
        for (Place at = this; at.parent != null; at = at.parent) {
            if (at.parent.node instanceof Located object) {
                return at.node.isMissingNode() ? new Origin(object.file(), object.line()) : object.originOf(at.token);
            }
            if (at.node instanceof Located element) {
                return new Origin(element.file(), element.line());
            }
        }
        return node instanceof Located root ? new Origin(root.file(), root.line()) : new Origin(null, 0);
    }

    public Source source() {
        Origin origin = origin();
        return new Source(origin.file() == null ? document.name() : origin.file(), pointer(), origin.line());
    }

    @Override
    public String toString() {
        return source().toString();
    }
}
