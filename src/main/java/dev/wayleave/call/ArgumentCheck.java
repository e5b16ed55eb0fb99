package dev.wayleave.call;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.wayleave.caller.Caller;
import dev.wayleave.tool.Tool;
import java.util.List;

/** Prepares and checks the arguments of one tool, and then binds what no agent can set; made once for each tool. */
final class ArgumentCheck {
    private final Tool tool;
    private final ArgumentValidator validator;
    private final Preparation preparation;
    private final Smuggling smuggling;

    /**
     * Made once for each tool.
     *
     * @param smuggling whether what an agent set could become a second value for what it cannot set
     */
    ArgumentCheck(Tool tool, Smuggling smuggling) {
        this.tool = tool;
        this.preparation = new Preparation(tool);
        this.validator = new ArgumentValidator(tool.inputSchema());
        this.smuggling = smuggling;
    }

    /** Looks at arguments as they would be written. */
    interface Smuggling {
        boolean in(ObjectNode arguments) throws UnfitArgument;
    }

    /** What became of the arguments. */
    sealed interface Checked {
        /**
         * All of them, also those that no agent can set.
         *
         * @param notes what was changed in them, for the agent
         */
        record Fit(ObjectNode arguments, List<String> notes) implements Checked {}

        /** Why they do not fit. */
        record Unfit(List<String> problems) implements Checked {}
    }

    Checked check(ObjectNode given, Caller caller) throws UnfitArgument {
        return check(preparation.prepare(given), caller, true);
    }

    /** What was JSON in a string is prepared once more, like what was not. */
    private Checked check(Preparation.Prepared prepared, Caller caller, boolean first) throws UnfitArgument {
        if (!prepared.problems().isEmpty()) {
            return new Checked.Unfit(prepared.problems());
        }
        ArgumentValidator.Checked checked = validator.check(prepared.arguments());
        if (checked.healed() && first && !tool.treatments().isEmpty()) {
            return check(preparation.prepareAgain(checked.arguments(), prepared.notes()), caller, false);
        }
        return switch (checked) {
            case ArgumentValidator.Unfit unfit -> new Checked.Unfit(unfit.problems());
            case ArgumentValidator.Fit fit -> bound(fit.arguments(), prepared.notes(), caller);
        };
    }

    /** Binds what no agent can set after everything that it did set has been looked at. */
    private Checked bound(ObjectNode arguments, List<String> notes, Caller caller) throws UnfitArgument {
        if (smuggling.in(arguments)) {
            return new Checked.Unfit(List.of("a member of an object has the name of something that is no argument"));
        }
        List<String> unbound = preparation.bind(arguments, caller);
        return unbound.isEmpty() ? new Checked.Fit(arguments, notes) : new Checked.Unfit(unbound);
    }
}
