package dev.wayleave.call;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.wayleave.caller.BearerToken;
import dev.wayleave.caller.Caller;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One call of a tool, or of what is behind a resource, by a verified caller.
 *
 * @param id of this call, in the audit and wherever people must find it again
 * @param tool the name as the client sent it; of a resource its URI, or the template that the URI fits
 * @param deadline when the caller is to have an answer, whatever happened until then
 * @param inputs what the client says about being asked
 * @param once the same for every request that must have one effect together; the call's own id where nothing was asked
 * @param answers what was answered, by the names of asks
 * @param steps hears of what is done one by one, where the tool has steps
 */
public record ToolCall(
        String id,
        Caller caller,
        String tool,
        ObjectNode arguments,
        Instant deadline,
        Inputs inputs,
        String once,
        Map<String, ObjectNode> answers,
        StepLog steps) {
    public ToolCall(String id, Caller caller, String tool, ObjectNode arguments, Instant deadline, Inputs inputs) {
        this(id, caller, tool, arguments, deadline, inputs, id, Map.of(), new StepLog());
    }

    /** One of a client that can be asked for nothing. */
    public ToolCall(String id, Caller caller, String tool, ObjectNode arguments, Instant deadline) {
        this(id, caller, tool, arguments, deadline, Inputs.NONE);
    }

    /** The same after everything was asked. */
    ToolCall answered(@Nullable String key, Map<String, ObjectNode> all) {
        return new ToolCall(
                id, caller, tool, arguments, deadline, inputs, key == null ? id : key, Map.copyOf(all), steps);
    }

    /** What the platform is told to make two requests one: nothing that could be brought back to us as a state. */
    String key() {
        try {
            byte[] digest =
                    MessageDigest.getInstance("SHA-256").digest(("key " + once).getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest, 0, 16);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    /** The same for a part of it that has less time. */
    ToolCall until(Instant earlier) {
        return new ToolCall(id, caller, tool, arguments, earlier, inputs, once, answers, steps);
    }

    /** The same with the token that goes to the platform. */
    ToolCall carrying(@Nullable BearerToken token) {
        return new ToolCall(id, caller.presenting(token), tool, arguments, deadline, inputs, once, answers, steps);
    }
}
