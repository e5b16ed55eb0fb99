package dev.wayleave.policy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.wayleave.caller.Caller;
import dev.wayleave.tool.Tool;
import org.jspecify.annotations.Nullable;

/**
 * May this caller use this tool?
 *
 * @param arguments as they would be sent, by their names in the tool; null where the tool is only to be offered
 */
record Question(Caller caller, Tool tool, @Nullable ObjectNode arguments) {}
