package dev.wayleave.call;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.wayleave.upstream.UpstreamRequest;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What became of the arguments. */
sealed interface Binding {
    /**
     * Their places in the request: everything that the operation and its arguments decide.
     *
     * @param arguments all of them, also those that no agent can set
     * @param notes what was changed in the arguments, for the agent
     */
    record Bound(
            ObjectNode arguments,
            String method,
            String target,
            List<UpstreamRequest.Header> headers,
            UpstreamRequest.@Nullable Body body,
            List<String> notes)
            implements Binding {}

    /** Why they do not fit; nothing may be sent. */
    record Unfit(List<String> problems) implements Binding {}
}
