package dev.wayleave.openapi;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.POJONode;
import dev.wayleave.openapi.SchemaNode.Edge;
import dev.wayleave.openapi.SchemaNode.Link;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Rewrites one schema in 2020-12, up to the references in it, which it leaves as edges of the graph. */
final class SchemaConversion {
    private static final Set<String> BRANCHES =
            Set.of("anyOf", "oneOf", "not", "if", "then", "else", "dependentSchemas", "dependencies");

    /** Finds the node of a schema, beyond references that say nothing else. */
    interface Targets {
        SchemaNode at(Place schema, Direction direction) throws Unreadable;
    }

    private final SchemaNode node;
    private final Version version;
    private final References references;
    private final Targets targets;
    private final Findings findings;
    private final KeywordValues values;

    SchemaConversion(SchemaNode node, Version version, References references, Targets targets, Findings findings) {
        this.node = node;
        this.version = version;
        this.references = references;
        this.targets = targets;
        this.findings = findings;
        this.values = new KeywordValues(findings);
    }

    void run() {
        node.converted(schema(node.place(), Link.CONJUNCT, Set.of()));
    }

    /** Converts one schema. {@code absent} are properties that a schema for the same value has and that do not travel in this direction */
    private JsonNode schema(Place place, Link link, Set<String> absent) {
        JsonNode given = place.node();
        if (given.isBoolean()) {
            return given;
        }
        if (!given.isObject()) {
            findings.warning(place, "a schema is an object or a boolean; anything is allowed here");
            return JsonNodeFactory.instance.objectNode();
        }
        ObjectNode out = JsonNodeFactory.instance.objectNode();
        AbsentProperties properties = new AbsentProperties(references, node.direction());
        Set<String> gone = properties.of(place, absent);
        node.directional |= properties.anyInEitherDirection();
        Remarks remarks = new Remarks();
        boolean refers = References.isReference(given) && !version.hasJsonSchema();
        for (Place member : place.members()) {
            if (!refers || member.token().equals("$ref") || References.BESIDE_IN_3_0.contains(member.token())) {
                keyword(place, member, out, link, gone, remarks);
            }
        }
        ObjectNode finished = OlderKeywords.finish(place, version, out, remarks);
        JsonNode only = finished.size() == 1 ? finished.get("$ref") : null;
        return only != null ? only : finished;
    }

    private void keyword(Place schema, Place member, ObjectNode out, Link link, Set<String> gone, Remarks remarks) {
        String name = member.token();
        Link inner = link == Link.PART ? Link.PART : BRANCHES.contains(name) ? Link.BRANCH : Link.PART;
        switch (Keyword.of(name)) {
            case SCHEMA -> {
                if (name.equals("items") && member.node().isArray()) {
                    set(out, "prefixItems", list(member, inner, gone));
                } else {
                    out.set(name, schema(member, inner, inner == Link.BRANCH ? gone : Set.of()));
                }
            }
            case SCHEMA_LIST -> set(out, name, list(member, name.equals("allOf") ? link : inner, gone));
            case SCHEMA_MAP -> set(out, name, map(member, inner, name.equals("properties") ? gone : Set.of(), remarks));
            case CONVERTED -> converted(schema, member, out, link, gone, remarks);
            case NAMES -> set(out, name, without(gone, values.repaired(member, Keyword.NAMES, remarks)));
            case ANCHOR -> {
                if (node.keepsAnchors() && version.hasJsonSchema()) {
                    set(out, name, values.repaired(member, Keyword.ANCHOR, remarks));
                }
            }
            case DROPPED -> {}
            case UNKNOWN -> {
                if (!name.startsWith("x-")) {
                    findings.warning(member, "`" + Texts.excerpt(name) + "` is no keyword of JSON Schema; left out");
                }
            }
            case ANY -> out.set(name, name.equals("x-mcp") ? Located.at(member) : member.node());
            case TYPE, ENUM, NAMES_MAP, COUNT, NUMBER, DIVISOR, FLAG, TEXT, PATTERN, LIST ->
                set(out, name, values.repaired(member, Keyword.of(name), remarks));
        }
    }

    private void converted(Place schema, Place member, ObjectNode out, Link link, Set<String> gone, Remarks remarks) {
        JsonNode value = member.node();
        switch (member.token()) {
            case "$ref", "$dynamicRef", "$recursiveRef" -> reference(schema, member, out, link, gone);
            case "additionalItems" -> {
                if (schema.node().path("items").isArray()) {
                    out.set("items", schema(member, Link.PART, Set.of()));
                }
            }
            case "dependencies" -> dependencies(member, out, link, remarks);
            case "example" -> {
                if (!schema.node().has("examples")) {
                    out.set("examples", JsonNodeFactory.instance.arrayNode().add(value));
                }
            }
            case "discriminator" -> remarks.discriminator(value);
            default -> {}
        }
    }

    private void reference(Place schema, Place member, ObjectNode out, Link link, Set<String> gone) {
        if (!member.node().isTextual()) {
            findings.warning(member, "a reference is text; left out");
            return;
        }
        String reference = member.node().textValue();
        try {
            Place target = member.token().equals("$dynamicRef")
                    ? references.resolveDynamic(schema, reference)
                    : references.resolve(schema, reference);
            if (target == null || out.has("$ref")) {
                findings.warning(member, "what this means depends on the instance; anything is allowed here");
                return;
            }
            Edge edge = new Edge(targets.at(target, node.direction()), link, gone);
            node.edges.add(edge);
            out.set("$ref", new POJONode(edge));
        } catch (Unreadable nowhere) {
            if (node.broken == null) {
                node.broken = nowhere;
            }
        }
    }

    private @Nullable ArrayNode list(Place member, Link link, Set<String> gone) {
        if (!member.node().isArray() || member.node().isEmpty()) {
            findings.warning(member, "`" + member.token() + "` wants a list of schemas; left out");
            return null;
        }
        ArrayNode list = JsonNodeFactory.instance.arrayNode(member.node().size());
        boolean sameValue =
                !member.token().equals("prefixItems") && !member.token().equals("items");
        for (Place element : member.elements()) {
            list.add(schema(element, link, sameValue ? gone : Set.of()));
        }
        return list;
    }

    private @Nullable ObjectNode map(Place member, Link link, Set<String> gone, Remarks remarks) {
        if (!member.node().isObject()) {
            findings.warning(member, "`" + member.token() + "` wants an object of schemas; left out");
            return null;
        }
        ObjectNode map = JsonNodeFactory.instance.objectNode();
        for (Place entry : member.members()) {
            boolean pattern = member.token().equals("patternProperties");
            if (pattern && !EcmaPattern.isUsable(entry.token())) {
                findings.warning(entry, "is not a regular expression of ECMA-262 that all understand; left out");
                remarks.looserNames(entry.token());
            } else if (entry.token().equals("$ref") && entry.node().isTextual()) {
                findings.warning(entry, "a reference stands for a schema, not for a map of them; left out");
            } else if (!gone.contains(entry.token())) {
                map.set(entry.token(), schema(entry, link, Set.of()));
            }
        }
        return map;
    }

    /** Draft 7's two keywords in one. */
    private void dependencies(Place member, ObjectNode out, Link link, Remarks remarks) {
        for (Place entry : member.members()) {
            if (entry.node().isArray()) {
                JsonNode names = values.repaired(entry, Keyword.NAMES, remarks);
                if (names != null) {
                    out.withObject("/dependentRequired").set(entry.token(), names);
                }
            } else {
                Link inner = link == Link.PART ? Link.PART : Link.BRANCH;
                out.withObject("/dependentSchemas").set(entry.token(), schema(entry, inner, Set.of()));
            }
        }
    }

    private static @Nullable JsonNode without(Set<String> gone, @Nullable JsonNode names) {
        if (names == null || gone.isEmpty()) {
            return names;
        }
        List<JsonNode> left = names.valueStream()
                .filter(name -> !gone.contains(name.textValue()))
                .toList();
        return left.isEmpty() ? null : JsonNodeFactory.instance.arrayNode().addAll(left);
    }

    private static void set(ObjectNode out, String name, @Nullable JsonNode value) {
        if (value != null) {
            out.set(name, value);
        }
    }
}
