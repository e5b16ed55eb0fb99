package dev.wayleave.client;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.Predicate;
import java.util.function.ToIntFunction;

/** Checks on input schemas. */
final class SchemaCheck {
    private static final Set<String> DATA = Set.of("const", "default", "enum", "examples", "required");
    private static final Set<String> NAMED = Set.of("properties", "patternProperties", "dependentSchemas", "$defs");

    private SchemaCheck() {}

    /** None of these keywords at the root, and the type of the root an object. */
    static Check root(Set<String> refused) {
        return offer -> offer.where(tool -> {
            JsonNode root = tool.tool().inputSchema();
            return !root.path("type").asText().equals("object")
                    || refused.stream().anyMatch(root::has);
        });
    }

    /** Nowhere a schema of that kind; told with the pointer to the first, none for the root. */
    static Check without(Predicate<JsonNode> feature) {
        return offer -> {
            List<String> failures = new ArrayList<>();
            for (ListedTool tool : offer.tools()) {
                List<String> places = new ArrayList<>();
                walk(tool.tool().inputSchema(), "", (place, schema) -> {
                    if (feature.test(schema)) {
                        places.add(place);
                    }
                });
                if (!places.isEmpty()) {
                    String more = places.size() == 1 ? "" : " and " + (places.size() - 1) + " more";
                    failures.add(tool.name() + places.getFirst() + more);
                }
            }
            return failures;
        };
    }

    /** No more than that of something, counted in each schema of a tool and added up. */
    static Check total(int most, ToIntFunction<JsonNode> amount) {
        return offer -> offer.where(tool -> {
            int[] total = {0};
            walk(tool.tool().inputSchema(), "", (place, schema) -> total[0] += amount.applyAsInt(schema));
            return total[0] > most;
        });
    }

    /** The same for all tools together. */
    static Check totalOfAll(int most, ToIntFunction<JsonNode> amount) {
        return offer -> {
            int[] total = {0};
            offer.tools()
                    .forEach(tool -> walk(
                            tool.tool().inputSchema(), "", (place, schema) -> total[0] += amount.applyAsInt(schema)));
            return total[0] > most ? List.of(total[0] + " in all") : List.of();
        };
    }

    /** No schema within more than that many objects and arrays. */
    static Check levels(int most) {
        return offer -> offer.where(tool -> levels(tool.tool().inputSchema()) > most);
    }

    private static int levels(JsonNode schema) {
        int deepest = 0;
        for (var member : schema.properties()) {
            JsonNode value = member.getValue();
            if (NAMED.contains(member.getKey())) {
                for (JsonNode named : value) {
                    deepest = Math.max(deepest, 1 + levels(named));
                }
            } else if (!DATA.contains(member.getKey())) {
                deepest = Math.max(deepest, value.isObject() ? 1 + levels(value) : 0);
                for (int i = 0; value.isArray() && i < value.size(); i++) {
                    deepest = Math.max(deepest, levels(value.get(i)));
                }
            }
        }
        return deepest;
    }

    private static void walk(JsonNode schema, String place, BiConsumer<String, JsonNode> visitor) {
        if (!schema.isObject()) {
            return;
        }
        visitor.accept(place, schema);
        for (var member : schema.properties()) {
            String at = place + "/" + member.getKey();
            JsonNode value = member.getValue();
            if (NAMED.contains(member.getKey())) {
                value.properties().forEach(named -> walk(named.getValue(), at + "/" + named.getKey(), visitor));
            } else if (!DATA.contains(member.getKey())) {
                walk(value, at, visitor);
                for (int i = 0; value.isArray() && i < value.size(); i++) {
                    walk(value.get(i), at + "/" + i, visitor);
                }
            }
        }
    }
}
