package dev.wayleave.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One statement as it came.
 *
 * @param args by position
 * @param named by name, the prefix being optional
 */
record SqlStatement(SqlText text, List<@Nullable Object> args, Map<String, @Nullable Object> named) {
    private static final int MOST_ARGUMENTS = 1_000;

    SqlStatement {
        args = Collections.unmodifiableList(new ArrayList<>(args));
        named = Collections.unmodifiableMap(new LinkedHashMap<>(named));
    }

    /** Refuses with 400 what is not formed as it should be. */
    static SqlStatement read(JsonFields stmt) {
        List<@Nullable Object> args = new ArrayList<>();
        for (JsonNode value : array(stmt, "args")) {
            args.add(SqlValues.read(value));
        }
        Map<String, @Nullable Object> named = new LinkedHashMap<>();
        for (JsonNode argument : array(stmt, "named_args")) {
            if (!(argument instanceof ObjectNode object) || !object.has("value")) {
                throw Refused.badRequest("a named argument must be an object with name and value");
            }
            named.put(
                    JsonFields.of(object, "named_args.", Set.of("name", "value"))
                            .text("name"),
                    SqlValues.read(object.get("value")));
        }
        return new SqlStatement(SqlText.of(stmt.text("sql")), args, named);
    }

    private static Iterable<JsonNode> array(JsonFields stmt, String name) {
        JsonNode array = stmt.object().path(name);
        if (array.isMissingNode() || array.isNull()) {
            return List.of();
        }
        if (!array.isArray() || array.size() > MOST_ARGUMENTS) {
            throw Refused.badRequest(name + " must be an array of at most " + MOST_ARGUMENTS + " values");
        }
        return array;
    }

    /** The value of each of the statement's variables, in their order. */
    List<@Nullable Object> bindings() throws SqlFailure {
        List<String> variables = text.variables();
        if (args.size() > variables.size()) {
            throw new SqlFailure("SQL_ARGS", "the statement has fewer parameters than arguments");
        }
        List<@Nullable Object> bindings = new ArrayList<>(args);
        for (String variable : variables.subList(args.size(), variables.size())) {
            String bare = variable.isEmpty() ? "" : variable.substring(1);
            String name = named.containsKey(variable) ? variable : bare;
            if (!named.containsKey(name)) {
                throw new SqlFailure(
                        "SQL_ARGS", "a parameter has no argument" + (bare.isEmpty() ? "" : ": " + variable));
            }
            bindings.add(named.get(name));
        }
        return bindings;
    }
}
