package dev.wayleave.tool;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.wayleave.openapi.MediaType;
import dev.wayleave.openapi.Operation;
import dev.wayleave.openapi.Schema;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a tool promises of its structured answers: the shape that the description tells, no more than platforms keep to.
 *
 * @param json 2020-12, its root an object in every era
 * @param wrapped whether an answer stands in its member {@code result}, because its own root may be no object
 */
public record OutputSchema(ObjectNode json, boolean wrapped) {
    /** The member that says so where an answer was too large to be passed on whole. */
    public static final String SHORTENED = "_shortened";

    /** What a schema may weigh in a list of tools, in bytes; beyond that only its first level is told. */
    private static final int HEAVY = 8192;

    private static final int VAST = 2500;

    private static final Set<String> PLAIN =
            Set.of("type", "properties", "additionalProperties", "title", "description");

    /** Null where nothing is promised: of an operation that may change something, or that describes no one JSON answer. */
    static @Nullable OutputSchema of(Operation operation) {
        List<Schema> described = operation.isSafe() ? described(operation) : List.of();
        if (described.size() != 1) {
            return null;
        }
        Schema schema = described.getFirst();
        JsonNode root = schema.json();
        if (root.has("$ref")) {
            String name = root.path("$ref").asText().replaceFirst("^#/\\$defs/", "");
            root = schema.definitions().getOrDefault(name, root);
        }
        OutputSchema whole = isVast(schema) ? null : whole(root, schema.definitions());
        return whole != null ? whole : rooted(TolerantSchema.of(shallow(root)));
    }

    /** What the owner says of answers that no description tells of. */
    static OutputSchema promised(JsonNode schema) {
        return rooted(TolerantSchema.of(schema));
    }

    /** Null where it is too heavy. */
    private static @Nullable OutputSchema whole(JsonNode root, Map<String, JsonNode> described) {
        OutputSchema whole = rooted(TolerantSchema.of(root));
        if (!described.isEmpty()) {
            ObjectNode definitions = whole.json.putObject("$defs");
            described.forEach((name, definition) -> definitions.set(name, TolerantSchema.of(definition)));
        }
        return whole.json.toString().getBytes(StandardCharsets.UTF_8).length <= HEAVY ? whole : null;
    }

    /** Whether there is no need to weigh it; a look at as many nodes as would be too heavy for certain. */
    private static boolean isVast(Schema schema) {
        int left = left(schema.json(), VAST);
        for (JsonNode definition : schema.definitions().values()) {
            left = left(definition, left);
        }
        return left <= 0;
    }

    private static int left(JsonNode node, int before) {
        int left = before - 1;
        for (JsonNode child : node) {
            if (left <= 0) {
                return 0;
            }
            left = left(child, left);
        }
        return left;
    }

    private static List<Schema> described(Operation operation) {
        return operation.responses().entrySet().stream()
                .filter(response -> response.getKey().startsWith("2"))
                .flatMap(response -> response.getValue().content().stream()
                        .filter(MediaType::isJson)
                        .limit(1))
                .map(MediaType::schema)
                .filter(schema -> schema != null
                        && schema.json().isObject()
                        && !schema.json().isEmpty())
                .distinct()
                .toList();
    }

    private static OutputSchema rooted(ObjectNode root) {
        boolean object =
                root.path("type").path(0).asText().equals("object") || (!root.has("type") && root.has("properties"));
        boolean onlyObject = root.path("type").size() <= 2;
        boolean plain = root.properties().stream().allMatch(keyword -> PLAIN.contains(keyword.getKey()));
        if (object && onlyObject && plain) {
            root.put("type", "object");
            if (root.has("additionalProperties")) {
                root.withObject("/properties").putObject(SHORTENED);
            }
            return new OutputSchema(root, false);
        }
        ObjectNode wrapper = InputSchema.JSON.objectNode().put("type", "object");
        wrapper.putObject("properties").set("result", root);
        return new OutputSchema(wrapper, true);
    }

    /** Its types one level deep, without anything that refers. */
    private static ObjectNode shallow(JsonNode root) {
        ObjectNode shallow = InputSchema.JSON.objectNode();
        if (root.has("type")) {
            shallow.set("type", root.path("type"));
        }
        if (root.path("properties").isObject()) {
            ObjectNode properties = shallow.putObject("properties");
            for (Map.Entry<String, JsonNode> property : root.path("properties").properties()) {
                ObjectNode one = properties.putObject(property.getKey());
                if (property.getValue().has("type")) {
                    one.set("type", property.getValue().path("type"));
                }
            }
        }
        return shallow;
    }
}
