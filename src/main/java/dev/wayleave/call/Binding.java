package dev.wayleave.call;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.wayleave.upstream.UpstreamRequest;
import java.util.ArrayList;
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
            implements Binding {
        /** The same with a key by which the platform knows it when it is sent again. */
        Bound keyed(@Nullable String header, String key) {
            if (header == null) {
                return this;
            }
            List<UpstreamRequest.Header> more = new ArrayList<>(headers);
            more.add(new UpstreamRequest.Header(header, key));
            return new Bound(arguments, method, target, more, body, notes);
        }

        /** Whether it has such a key. */
        boolean isKeyed(@Nullable String header) {
            return headers.stream().anyMatch(one -> one.name().equals(header));
        }
    }

    /** Why they do not fit; nothing may be sent. */
    record Unfit(List<String> problems) implements Binding {}
}
