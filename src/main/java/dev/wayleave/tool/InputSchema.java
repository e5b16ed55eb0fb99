package dev.wayleave.tool;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.wayleave.openapi.Parameter;
import dev.wayleave.openapi.RequestBody;
import dev.wayleave.openapi.Schema;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Gathers a tool's arguments: their common schema, and the slot that each of them fills. */
final class InputSchema {
    static final JsonNodeFactory JSON = JsonNodeFactory.instance;
    private static final String DIALECT = "$schema";
    private final ObjectNode properties = JSON.objectNode();
    private final Set<String> required = new LinkedHashSet<>();
    private final Map<String, JsonNode> definitions = new TreeMap<>();
    private final ObjectNode ofTheRoot = JSON.objectNode();
    private final ObjectNode together = JSON.objectNode();
    private final List<Slot> slots = new ArrayList<>();
    private final ArgumentNames names;
    private final ArgumentsCuration curation;

    InputSchema(ArgumentNames names, ArgumentsCuration curation) {
        this.names = names;
        this.curation = curation;
    }

    void parameter(Parameter parameter) throws UnusableOperation {
        String argument = names.of(parameter);
        ObjectNode schema = open(parameter.schema(), parameter.description());
        if (parameter.deprecated()) {
            schema.put("deprecated", true);
        }
        JsonNode extension = parameter.extensions().get(Extension.NAME);
        if (extension != null) {
            JsonNode own = schema.path(Extension.NAME);
            if (!own.isMissingNode() && !own.equals(extension)) {
                throw new UnusableOperation(
                        "the parameter " + parameter.name() + " and its schema have an `x-mcp` each");
            }
            schema.set(Extension.NAME, extension);
        }
        add(argument, schema, parameter.required() || parameter.in() == Parameter.In.PATH);
        slots.add(new Slot.InParameter(argument, parameter));
    }

    /** Each property of a flat body becomes an argument. */
    void properties(ObjectNode body, Schema schema) throws UnusableOperation {
        definitions.putAll(schema.definitions());
        for (String name : List.of(DIALECT, "$anchor", "$dynamicAnchor")) {
            if (body.has(name)) {
                ofTheRoot.set(name, body.get(name));
            }
        }
        Set<String> needed = new LinkedHashSet<>();
        body.path("required").forEach(name -> needed.add(name.asText()));
        for (var property : body.get("properties").properties()) {
            String argument = names.ofBody(property.getKey());
            add(argument, property.getValue(), needed.contains(property.getKey()));
            slots.add(new Slot.InBody(argument, property.getKey()));
        }
    }

    /** The same of a body that says something of its properties together, which then stands at the root. */
    void composed(ObjectNode body, Schema schema) throws UnusableOperation {
        properties(body, schema);
        for (var member : body.properties()) {
            if (ComposedBody.TOGETHER.contains(member.getKey())) {
                together.set(member.getKey(), member.getValue());
            }
        }
    }

    void wholeBody(Schema schema, RequestBody body) throws UnusableOperation {
        String argument = names.ofBody(ArgumentNames.BODY);
        add(argument, open(schema, body.description()), body.required());
        slots.add(new Slot.WholeBody(argument));
    }

    List<Slot> slots() {
        return slots;
    }

    ObjectNode json() throws UnusableOperation {
        ObjectNode root = ofTheRoot.deepCopy().put("type", "object");
        root.set("properties", properties);
        if (!required.isEmpty()) {
            required.forEach(root.putArray("required")::add);
        }
        root.put("additionalProperties", false);
        root.setAll(together);
        for (JsonNode definition : definitions.values()) {
            curation.definition(definition);
        }
        if (!definitions.isEmpty()) {
            root.putObject("$defs").setAll(definitions);
        }
        return root;
    }

    private void add(String argument, JsonNode schema, boolean isRequired) throws UnusableOperation {
        ArgumentsCuration.Visible visible = curation.argument(argument, schema, isRequired);
        if (visible != null) {
            properties.set(argument, visible.schema());
            if (visible.required()) {
                required.add(argument);
            }
        }
    }

    /** A copy that can take a description. */
    private ObjectNode open(Schema schema, @Nullable String description) {
        definitions.putAll(schema.definitions());
        ObjectNode copy = schema.json() instanceof ObjectNode object ? object.deepCopy() : JSON.objectNode();
        JsonNode dialect = copy.remove(DIALECT);
        if (dialect != null) {
            ofTheRoot.set(DIALECT, dialect);
        }
        if (schema.json().isBoolean() && !schema.json().asBoolean()) {
            copy.putObject("not");
        }
        if (description != null && !description.isBlank() && !copy.has("description")) {
            copy.put("description", description);
        }
        return copy;
    }
}
