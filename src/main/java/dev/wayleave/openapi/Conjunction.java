package dev.wayleave.openapi;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Puts a schema and the members of its {@code allOf} into one object where that says the same, and leaves them be where not. */
final class Conjunction {
    /** Keywords whose meaning depends on others beside them, which must therefore keep their own company. */
    private static final Set<String> DEPENDENT = Set.of(
            "$ref",
            "patternProperties",
            "additionalProperties",
            "unevaluatedProperties",
            "items",
            "prefixItems",
            "contains",
            "minContains",
            "maxContains",
            "unevaluatedItems",
            "if",
            "then",
            "else",
            "contentEncoding",
            "contentMediaType",
            "contentSchema");

    /** They would name another schema than the one that they stand in. */
    private static final Set<String> ANCHORS = Set.of("$anchor", "$dynamicAnchor");

    private Conjunction() {}

    /** What a value must fit that has to fit {@code own} and all {@code parts}. */
    static ObjectNode of(ObjectNode own, List<JsonNode> parts) {
        List<JsonNode> saying = new ArrayList<>();
        for (JsonNode part : parts) {
            if (!(part.isObject() && part.isEmpty()) && !(part.isBoolean() && part.booleanValue())) {
                saying.add(part);
            }
        }
        if (saying.isEmpty()) {
            return own;
        }
        ObjectNode merged = merged(own, saying);
        if (merged != null) {
            return merged;
        }
        JsonNode only = saying.getFirst();
        if (saying.size() == 1 && only.size() == 1 && only.has("$ref") && !own.has("$ref") && !own.has("allOf")) {
            return own.set("$ref", only.get("$ref"));
        }
        own.set("allOf", JsonNodeFactory.instance.arrayNode().addAll(saying));
        return own;
    }

    private static @Nullable ObjectNode merged(ObjectNode own, List<JsonNode> parts) {
        List<ObjectNode> parties = new ArrayList<>();
        parties.add(own);
        for (JsonNode part : parts) {
            if (!(part instanceof ObjectNode object)) {
                return null;
            }
            parties.add(object);
        }
        if (!keepTheirCompany(parties)) {
            return null;
        }
        ObjectNode out = JsonNodeFactory.instance.objectNode();
        for (ObjectNode party : parties) {
            for (var member : party.properties()) {
                boolean gone = !own.has(member.getKey()) && ANCHORS.contains(member.getKey());
                if (!gone && !add(out, member.getKey(), member.getValue())) {
                    return null;
                }
            }
        }
        describe(out, parties);
        return out;
    }

    private static boolean keepTheirCompany(List<ObjectNode> parties) {
        long constraining = parties.stream().filter(Conjunction::constrains).count();
        return constraining <= 1
                || parties.stream().noneMatch(party -> DEPENDENT.stream().anyMatch(party::has));
    }

    private static boolean constrains(ObjectNode party) {
        for (var names = party.fieldNames(); names.hasNext(); ) {
            if (!OlderKeywords.ANNOTATIONS.contains(names.next())) {
                return true;
            }
        }
        return false;
    }

    /** False where two say different things with the same keyword. */
    private static boolean add(ObjectNode out, String name, JsonNode value) {
        JsonNode before = out.get(name);
        if (before == null) {
            out.set(name, value);
            return true;
        }
        return switch (name) {
            case "properties" -> properties(out, before, value);
            case "required" -> {
                Set<JsonNode> names = new LinkedHashSet<>();
                before.forEach(names::add);
                value.forEach(names::add);
                out.set(name, JsonNodeFactory.instance.arrayNode().addAll(names));
                yield true;
            }
            case "allOf" -> {
                ArrayNode all = JsonNodeFactory.instance.arrayNode();
                before.forEach(all::add);
                value.forEach(all::add);
                out.set(name, all);
                yield true;
            }
            case "x-mcp" -> before.equals(value);
            default -> OlderKeywords.ANNOTATIONS.contains(name) || before.equals(value);
        };
    }

    private static boolean properties(ObjectNode out, JsonNode before, JsonNode more) {
        ObjectNode all = JsonNodeFactory.instance.objectNode();
        before.properties().forEach(property -> all.set(property.getKey(), property.getValue()));
        for (var property : more.properties()) {
            JsonNode known = all.get(property.getKey());
            if (known != null && !known.equals(property.getValue())) {
                return false;
            }
            all.set(property.getKey(), property.getValue());
        }
        out.set("properties", all);
        return true;
    }

    /** The schema's own description, or else those of all its parts. */
    private static void describe(ObjectNode out, List<ObjectNode> parties) {
        if (parties.getFirst().has("description")) {
            return;
        }
        Set<String> descriptions = new LinkedHashSet<>();
        for (ObjectNode party : parties) {
            if (party.path("description").isTextual()) {
                descriptions.add(party.path("description").textValue());
            }
        }
        if (descriptions.size() > 1) {
            out.put("description", String.join("\n\n", descriptions));
        }
    }
}
