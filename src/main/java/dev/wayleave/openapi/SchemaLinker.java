package dev.wayleave.openapi;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.POJONode;
import dev.wayleave.openapi.SchemaNode.Edge;
import dev.wayleave.openapi.SchemaNode.Link;
import dev.wayleave.openapi.SchemaNode.Linked;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Finishes one schema whose targets are finished: puts them in its place while the result stays small, and names them
 * where they recur or would make it large.
 *
 * <p>Inlined schemas are the same objects wherever they stand, so that a description costs memory for what it says and not
 * for what it says over and over.
 */
final class SchemaLinker {
    /** Of JSON nodes, up to which references are replaced by what they mean. */
    static final int BUDGET = 4_000;
    /** Of schemas within schemas, likewise. */
    static final int DEPTH = 40;

    private final DefinitionNames names;
    private final SchemaNode node;
    private final Set<SchemaNode> named = new LinkedHashSet<>();
    private final Set<SchemaNode> flattened = new HashSet<>();
    private long size;
    private int deepest;
    private boolean cut;
    private boolean anchored;
    private boolean curated;

    private SchemaLinker(SchemaNode node, DefinitionNames names) {
        this.node = node;
        this.names = names;
    }

    static void link(SchemaNode node, DefinitionNames names) {
        SchemaLinker linker = new SchemaLinker(node, names);
        linker.flattened.add(node);
        JsonNode json = linker.schema(node.body(), node, 1);
        node.linked(new Linked(json, linker.size, linker.deepest, linker.named, linker.anchored, linker.curated));
    }

    private JsonNode schema(JsonNode body, SchemaNode owner, int depth) {
        deepest = Math.max(deepest, depth);
        if (body instanceof POJONode placeholder && placeholder.getPojo() instanceof Edge edge) {
            return target(edge, owner, depth);
        }
        size++;
        if (!(body instanceof ObjectNode given)) {
            return body;
        }
        ObjectNode out = JsonNodeFactory.instance.objectNode();
        List<JsonNode> conjuncts = new ArrayList<>();
        for (var member : given.properties()) {
            keyword(member.getKey(), member.getValue(), out, conjuncts, owner, depth);
        }
        if (!given.has("if") || !out.has("if")) {
            out.remove(List.of("if", "then", "else"));
        }
        return Conjunction.of(out, conjuncts);
    }

    private void keyword(
            String name, JsonNode value, ObjectNode out, List<JsonNode> conjuncts, SchemaNode owner, int depth) {
        if (name.equals("$ref")) {
            conjuncts.add(schema(value, owner, depth));
            return;
        }
        if (name.equals("allOf")) {
            value.forEach(part -> conjuncts.add(schema(part, owner, depth + 1)));
            return;
        }
        if (Keyword.of(name) == Keyword.ANCHOR && owner != node) {
            return;
        }
        anchored |= Keyword.of(name) == Keyword.ANCHOR;
        curated |= name.equals("x-mcp");
        boolean before = cut;
        cut = false;
        JsonNode linked = switch (Keyword.of(name)) {
            case SCHEMA -> schema(value, owner, depth + 1);
            case SCHEMA_LIST -> list(value, owner, depth + 1);
            case SCHEMA_MAP -> map(value, owner, depth + 1);
            default -> {
                size += 1 + (value.isContainerNode() ? value.size() : 0);
                yield value;
            }
        };
        if (!cut) {
            out.set(name, linked);
        } else if (name.equals("then") || name.equals("else")) {
            out.remove("if");
        }
        cut = before;
    }

    private ArrayNode list(JsonNode list, SchemaNode owner, int depth) {
        size++;
        ArrayNode out = JsonNodeFactory.instance.arrayNode(list.size());
        list.forEach(element -> out.add(schema(element, owner, depth)));
        return out;
    }

    private ObjectNode map(JsonNode map, SchemaNode owner, int depth) {
        size++;
        ObjectNode out = JsonNodeFactory.instance.objectNode();
        map.properties().forEach(entry -> out.set(entry.getKey(), schema(entry.getValue(), owner, depth)));
        return out;
    }

    private JsonNode target(Edge edge, SchemaNode owner, int depth) {
        SchemaNode target = edge.target();
        boolean looping = target.loop != 0 && target.loop == owner.loop;
        if (looping && edge.link() == Link.CONJUNCT) {
            return AbsentProperties.without(edge.gone(), base(target, depth));
        }
        boolean endless = owner != node || (target.branchLoop != 0 && target.branchLoop == owner.branchLoop);
        if (looping && endless && edge.link() == Link.BRANCH) {
            cut = true;
            return JsonNodeFactory.instance.objectNode();
        }
        if (!target.recursive && target.isLinked()) {
            Linked linked = target.linked();
            boolean itself = edge.link() == Link.CONJUNCT || linked.curated();
            boolean keptApart = !itself && (target.isDefinition() || linked.anchored());
            if (!keptApart && size + linked.size() <= BUDGET && depth + linked.depth() <= DEPTH) {
                anchored |= linked.anchored();
                curated |= linked.curated();
                size += linked.size();
                deepest = Math.max(deepest, depth + linked.depth());
                named.addAll(linked.named());
                return AbsentProperties.without(edge.gone(), linked.json());
            }
        }
        size += 2;
        named.add(target);
        return JsonNodeFactory.instance.objectNode().put("$ref", "#/$defs/" + names.of(target));
    }

    /**
     * A base schema that names its variants, seen from a variant: its own part, without the choice among variants, since
     * to ask it again of the same value would never end. Once is enough.
     */
    private JsonNode base(SchemaNode base, int depth) {
        size++;
        boolean again = !flattened.add(base);
        return again || size > BUDGET || depth > Limits.DEPTH
                ? JsonNodeFactory.instance.objectNode()
                : schema(base.body(), base, depth);
    }
}
