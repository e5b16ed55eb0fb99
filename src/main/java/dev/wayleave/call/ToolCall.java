package dev.wayleave.call;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.wayleave.caller.Caller;
import java.time.Instant;

/**
 * One call of a tool by a verified caller.
 *
 * @param id of this call, in the audit and wherever people must find it again
 * @param tool the name as the client sent it
 * @param deadline when the caller is to have an answer, whatever happened until then
 */
public record ToolCall(String id, Caller caller, String tool, ObjectNode arguments, Instant deadline) {}
