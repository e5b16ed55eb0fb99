package dev.wayleave.call;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.wayleave.caller.Caller;
import java.util.List;

/** The work of one tool, made ready once; the way that its arguments are looked at before anything is done. */
interface Job {
    /** Checks and binds the arguments, and does nothing else yet. */
    Prepared prepare(ObjectNode arguments, Caller caller);

    /** What became of the arguments. */
    sealed interface Prepared {
        /**
         * The work can be done.
         *
         * @param arguments all of them, also those that no agent can set
         * @param notes what was changed in them, for the agent
         * @param work does it with them
         */
        record Ready(ObjectNode arguments, List<String> notes, ToolCaller work) implements Prepared {}

        /** Why they do not fit; nothing may be done. */
        record Unfit(List<String> problems) implements Prepared {}
    }
}
