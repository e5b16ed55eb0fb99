package dev.wayleave.call;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.Error;
import com.networknt.schema.Schema;
import java.util.List;

/** Checks arguments against a tool's input schema, compiled once, and heals what came as text of JSON. */
final class ArgumentValidator {
    /** What neither fits nor does not, within reason, is not sent. */
    private static final String ENDLESS =
            "they are too long or too deep to be checked: shorten the longest text, or nest less";

    private final Schema schema;
    private final ArgumentProblems problems;

    ArgumentValidator(ObjectNode inputSchema) {
        this.schema = JsonSchemas.compile(inputSchema);
        this.problems = new ArgumentProblems(inputSchema);
    }

    /** What became of the arguments. */
    sealed interface Checked {
        /** As given or healed. */
        ObjectNode arguments();

        boolean healed();
    }

    /** They fit. */
    record Fit(ObjectNode arguments, boolean healed) implements Checked {}

    /** They do not: each problem names the argument, the rule, and what would be right. */
    record Unfit(List<String> problems, ObjectNode arguments, boolean healed) implements Checked {}

    Checked check(ObjectNode given) {
        try {
            return checked(given);
        } catch (BoundedPattern.TooManySteps | StackOverflowError endless) {
            return new Unfit(List.of(ENDLESS), given, false);
        }
    }

    private Checked checked(ObjectNode given) {
        List<Error> errors = schema.validate(given);
        if (errors.isEmpty()) {
            return new Fit(given, false);
        }
        ObjectNode after = new StringifiedJson(schema).heal(given, errors);
        boolean healed = !after.equals(given);
        List<Error> left = schema.validate(after);
        return left.isEmpty() ? new Fit(after, healed) : new Unfit(problems.of(left), after, healed);
    }
}
