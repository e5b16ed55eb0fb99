package dev.wayleave.tool;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.wayleave.openapi.Schema;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A body that says something of its properties together, which can be said of arguments where these are all of them. */
final class ComposedBody {
    private static final List<String> LISTS = List.of("allOf", "anyOf", "oneOf");
    private static final List<String> BRANCHES = List.of("not", "if", "then", "else");
    /** What may stand at the root of an input schema beside what a flat body has. */
    static final Set<String> TOGETHER = Set.of(
            "allOf",
            "anyOf",
            "oneOf",
            "not",
            "if",
            "then",
            "else",
            "dependentRequired",
            "dependentSchemas",
            "minProperties",
            "maxProperties",
            "propertyNames");

    private final Set<String> arguments = new HashSet<>();

    private ComposedBody(JsonNode body) {
        body.path("properties").fieldNames().forEachRemaining(arguments::add);
    }

    /** Null where it can. A name that is no argument would be refused by one half of the schema and wanted by the other. */
    static @Nullable String whyNot(Schema schema, boolean required) {
        JsonNode json = schema.json();
        if (!required) {
            return "the body may be left out";
        }
        if (json.findValue(Extension.NAME) != null) {
            return "`x-mcp` stands in it";
        }
        if (!(json.deepCopy() instanceof ObjectNode plain)) {
            return "it is no object";
        }
        plain.remove(TOGETHER);
        if (!BodyShape.isFlat(new Schema(plain, schema.definitions()), true)) {
            return "it is no object of properties that it names itself";
        }
        ComposedBody body = new ComposedBody(json);
        Set<String> spelled = new HashSet<>();
        for (String name : body.arguments) {
            if (!name.matches("[A-Za-z0-9_.-]{1,64}") || !spelled.add(name.toLowerCase(Locale.ROOT))) {
                return "a property has a name that no argument can have";
            }
        }
        return body.knows(json) ? null : "a part of it names other properties, or refers to another schema";
    }

    private boolean knows(JsonNode schema) {
        if (!schema.isObject()) {
            return schema.isBoolean() || schema.isMissingNode();
        }
        if (schema.has("$ref") || schema.has("patternProperties")) {
            return false;
        }
        boolean known = all(schema.path("properties"));
        for (String list : LISTS) {
            for (JsonNode part : schema.path(list)) {
                known &= knows(part);
            }
        }
        for (String branch : BRANCHES) {
            known &= knows(schema.path(branch));
        }
        for (JsonNode dependent : schema.path("dependentSchemas")) {
            known &= knows(dependent);
        }
        return known;
    }

    private boolean all(JsonNode properties) {
        boolean known = true;
        for (var property : properties.properties()) {
            known &= arguments.contains(property.getKey());
        }
        return known;
    }
}
