package dev.wayleave.call;

import dev.wayleave.caller.BearerToken;
import dev.wayleave.caller.Caller;
import dev.wayleave.policy.ScopeRules;
import dev.wayleave.tool.Tool;
import dev.wayleave.upstream.Credential;
import dev.wayleave.upstream.Credentials;
import dev.wayleave.upstream.Trail;
import dev.wayleave.upstream.Upstream;
import dev.wayleave.upstream.UpstreamException;
import dev.wayleave.upstream.UpstreamRequest;
import dev.wayleave.upstream.UpstreamResponse;
import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Sends one bound operation with the credential for it: none where the description says that nobody needs one, else what
 * the credentials give for the scopes that it needs.
 *
 * @param scopes how the caller's scopes count
 */
public record Sender(Upstream upstream, Credentials credentials, ScopeRules scopes) {
    /** What became of it. */
    sealed interface Sent {
        /**
         * The platform answered.
         *
         * @param token what the request carried; null for nothing
         */
        record Answered(UpstreamResponse response, @Nullable BearerToken token) implements Sent {}

        /** There is no credential that is narrow enough; nothing was sent. */
        record NotNarrowed(String why) implements Sent {}

        /** None can be had just now; nothing was sent. */
        record NotNarrowedNow() implements Sent {}
    }

    /** For what is no tool call's own request. */
    Sent send(Caller caller, Tool tool, Binding.Bound bound, Instant deadline) throws UpstreamException {
        return send(caller, tool, bound, deadline, Trail.none());
    }

    Sent send(Caller caller, Tool tool, Binding.Bound bound, Instant deadline, Trail trail) throws UpstreamException {
        return send(caller, tool, bound, deadline, trail, true);
    }

    /** A token that the platform does not take is asked for once more, where the operation only reads. */
    private Sent send(Caller caller, Tool tool, Binding.Bound bound, Instant deadline, Trail trail, boolean again)
            throws UpstreamException {
        Set<String> needed = scopes.needed(caller.scopes(), tool.scopes());
        return switch (tool.isPublic() ? Credential.NONE : credentials.of(caller, needed, deadline)) {
            case Credential.Refused refused -> new Sent.NotNarrowed(refused.why());
            case Credential.Unavailable unavailable -> new Sent.NotNarrowedNow();
            case Credential.Granted granted -> {
                BearerToken token = granted.token();
                UpstreamResponse response = upstream.send(request(tool, bound, token, deadline, trail));
                boolean another =
                        response.status() == 401 && token != null && credentials.refused(caller, needed, token);
                yield another && again && tool.handling().safe()
                        ? send(caller, tool, bound, deadline, trail, false)
                        : new Sent.Answered(response, token);
            }
        };
    }

    private static UpstreamRequest request(
            Tool tool, Binding.Bound bound, @Nullable BearerToken token, Instant deadline, Trail trail) {
        return new UpstreamRequest(
                tool.operation().method(),
                bound.target(),
                bound.headers(),
                bound.body(),
                token,
                tool.handling().repeatable(),
                deadline,
                trail);
    }
}
