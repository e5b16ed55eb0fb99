package dev.wayleave.call;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.Error;
import com.networknt.schema.Schema;
import java.util.List;

/** Checks arguments against a tool's input schema, compiled once, and heals what came as text of JSON. */
final class ArgumentValidator {
    private final Schema schema;
    private final ArgumentProblems problems;

    ArgumentValidator(ObjectNode inputSchema) {
        this.schema = JsonSchemas.compile(inputSchema);
        this.problems = new ArgumentProblems(inputSchema);
    }

    /** What became of the arguments. */
    sealed interface Checked {}

    /** They fit, as given or healed. */
    record Fit(ObjectNode arguments) implements Checked {}

    /** They do not: each problem names the argument, the rule, and what would be right. */
    record Unfit(List<String> problems) implements Checked {}

    Checked check(ObjectNode given) {
        List<Error> errors = schema.validate(given);
        if (errors.isEmpty()) {
            return new Fit(given);
        }
        ObjectNode healed = new StringifiedJson(schema).heal(given, errors);
        List<Error> left = schema.validate(healed);
        return left.isEmpty() ? new Fit(healed) : new Unfit(problems.of(left));
    }
}
