package dev.wayleave.openapi;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.wayleave.openapi.SchemaNode.Edge;
import dev.wayleave.openapi.SchemaNode.Link;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** All schemas of a description: each is converted once for a direction, after those it refers to. */
final class Schemas {
    private static final String DIALECT = "https://json-schema.org/draft/2020-12/schema";

    private final Version version;
    private final References references;
    private final Findings findings;
    private final DefinitionNames names = new DefinitionNames();
    private final IdentityHashMap<JsonNode, SchemaNode> requests = new IdentityHashMap<>();
    private final IdentityHashMap<JsonNode, SchemaNode> responses = new IdentityHashMap<>();
    private final IdentityHashMap<SchemaNode, Schema> schemas = new IdentityHashMap<>();
    private final Map<Set<SchemaNode>, Map<String, JsonNode>> closures = new HashMap<>();
    private final Map<SchemaNode, Map<String, JsonNode>> componentClosures = new HashMap<>();
    private final StrongComponents<SchemaNode> components = new StrongComponents<>(this::expanded, this::close);

    private int loopsFound;
    private long definitionsHeld;

    Schemas(Version version, References references, Findings findings) {
        this.version = version;
        this.references = references;
        this.findings = findings;
    }

    /** The schema at a place, standing for itself. */
    Schema at(Place place, Direction direction) throws Unreadable {
        SchemaNode node = node(references.followSchema(place), direction);
        components.visit(node);
        if (node.broken != null) {
            throw node.broken;
        }
        Schema known = schemas.get(node);
        if (known == null) {
            Set<SchemaNode> named = new LinkedHashSet<>(node.linked().named());
            named.addAll(defined(node));
            known = new Schema(inItsDialect(node), definitions(named, place));
            schemas.put(node, known);
        }
        return known;
    }

    /** What stands in its own {@code $defs}, also where nothing refers to it. */
    private List<SchemaNode> defined(SchemaNode node) {
        List<SchemaNode> defined = new ArrayList<>();
        List<Place> entries =
                version.hasJsonSchema() ? node.place().member("$defs").members() : List.of();
        for (Place entry : entries) {
            try {
                Place followed = references.followSchema(entry);
                SchemaNode definition = node(followed, node.direction());
                boolean merged = node.edges.stream()
                        .anyMatch(edge -> edge.target() == definition && edge.link() == Link.CONJUNCT);
                if (merged || followed != entry) {
                    continue;
                }
                components.visit(definition);
                if (definition.broken != null) {
                    throw definition.broken;
                }
                if (!definition.linked().curated()) {
                    defined.add(definition);
                }
            } catch (Unreadable wrong) {
                findings.warning(entry, "nothing refers to this, and it cannot be read; left out");
            }
        }
        return defined;
    }

    /** With the {@code $schema} that its document gives it, where that is the one that all are written in here. */
    private JsonNode inItsDialect(SchemaNode node) {
        JsonNode json = node.linked().json();
        String dialect = node.place().node().path("$schema").asText("");
        boolean same = dialect.equals(DIALECT) || dialect.equals(DIALECT + "#");
        if (!same || !version.hasJsonSchema() || !json.isObject()) {
            return json;
        }
        ObjectNode named = JsonNodeFactory.instance.objectNode().put("$schema", DIALECT);
        json.properties().forEach(member -> named.set(member.getKey(), member.getValue()));
        return named;
    }

    /** A finished schema that is the same in both directions is not converted again for the other. */
    private SchemaNode node(Place place, Direction direction) {
        SchemaNode other = inDirection(direction.other()).get(place.node());
        if (other != null && other.isLinked() && !other.directional) {
            return other;
        }
        return inDirection(direction).computeIfAbsent(place.node(), json -> new SchemaNode(place, direction));
    }

    private IdentityHashMap<JsonNode, SchemaNode> inDirection(Direction direction) {
        return direction == Direction.REQUEST ? requests : responses;
    }

    private List<SchemaNode> expanded(SchemaNode node) {
        if (!node.isConverted()) {
            new SchemaConversion(
                            node,
                            version,
                            references,
                            (target, direction) -> node(references.followSchema(target), direction),
                            findings)
                    .run();
        }
        return node.edges.stream().map(Edge::target).toList();
    }

    private void close(List<SchemaNode> component) {
        boolean recursive = component.size() > 1
                || component.getFirst().edges.stream().anyMatch(edge -> edge.target() == component.getFirst());
        boolean directional = false;
        Unreadable broken = null;
        for (SchemaNode member : component) {
            directional |= member.directional;
            broken = broken == null ? member.broken : broken;
            for (Edge edge : member.edges) {
                directional |= edge.target().directional;
                broken = broken == null ? edge.target().broken : broken;
            }
        }
        for (SchemaNode member : component) {
            member.recursive = recursive;
            member.component = component;
            member.directional = directional;
            member.broken = broken;
        }
        if (recursive) {
            markLoops(component);
        }
        for (SchemaNode member : component) {
            SchemaLinker.link(member, names);
        }
    }

    /** Finds the schemas that ask again about the same value. */
    private void markLoops(List<SchemaNode> component) {
        Set<SchemaNode> members = Set.copyOf(component);
        StrongComponents<SchemaNode> loops =
                new StrongComponents<>(node -> within(members, node, Set.of(Link.CONJUNCT, Link.BRANCH)), loop -> {
                    if (isLoop(loop, Set.of(Link.CONJUNCT, Link.BRANCH))) {
                        int number = ++loopsFound;
                        loop.forEach(node -> node.loop = number);
                    }
                });
        StrongComponents<SchemaNode> branchLoops =
                new StrongComponents<>(node -> within(members, node, Set.of(Link.BRANCH)), loop -> {
                    if (isLoop(loop, Set.of(Link.BRANCH))) {
                        int number = ++loopsFound;
                        loop.forEach(node -> node.branchLoop = number);
                    }
                });
        component.forEach(loops::visit);
        component.forEach(branchLoops::visit);
    }

    private static boolean isLoop(List<SchemaNode> nodes, Set<Link> links) {
        return nodes.size() > 1
                || within(Set.copyOf(nodes), nodes.getFirst(), links).contains(nodes.getFirst());
    }

    private static List<SchemaNode> within(Set<SchemaNode> members, SchemaNode node, Set<Link> links) {
        return node.edges.stream()
                .filter(edge -> links.contains(edge.link()) && members.contains(edge.target()))
                .map(Edge::target)
                .toList();
    }

    /** What some nodes name, and what that names. Schemas that lead to one another name the same, so it is put together once. */
    private Map<String, JsonNode> definitions(Set<SchemaNode> named, Place user) throws Unreadable {
        if (named.isEmpty()) {
            return Map.of();
        }
        SchemaNode first = named.iterator().next().component.getFirst();
        boolean together = named.stream().allMatch(node -> node.component.getFirst() == first);
        Map<String, JsonNode> known = together ? componentClosures.get(first) : closures.get(named);
        if (known == null) {
            known = closure(together ? first.component : named, user);
            if (together) {
                componentClosures.put(first, known);
            } else {
                closures.put(named, known);
            }
        }
        return known;
    }

    private Map<String, JsonNode> closure(Collection<SchemaNode> named, Place user) throws Unreadable {
        Map<String, JsonNode> definitions = new LinkedHashMap<>();
        Deque<SchemaNode> waiting = new ArrayDeque<>(named);
        while (!waiting.isEmpty()) {
            SchemaNode next = waiting.remove();
            if (definitions.put(names.of(next), next.linked().json()) == null) {
                waiting.addAll(next.linked().named());
            }
        }
        definitionsHeld += definitions.size();
        if (definitionsHeld > Limits.DEFINITIONS) {
            throw new Unreadable(user, "the schemas of the document refer to too many others to stand for themselves");
        }
        return Definitions.of(definitions);
    }
}
