package dev.wayleave.call;

import dev.wayleave.caller.BearerToken;
import dev.wayleave.caller.Caller;
import dev.wayleave.tool.Tool;
import dev.wayleave.tool.Work;
import dev.wayleave.upstream.Credential;
import dev.wayleave.upstream.Credentials;
import dev.wayleave.upstream.ReadCache;
import dev.wayleave.upstream.Trail;
import dev.wayleave.upstream.Upstream;
import dev.wayleave.upstream.UpstreamException;
import dev.wayleave.upstream.UpstreamRequest;
import dev.wayleave.upstream.UpstreamResponse;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Sends one bound operation with the credential for it: none where the description says that nobody needs one, else what
 * the credentials give for the scopes that it needs.
 *
 * @param platform the way to the platform, which may remember what it answered
 * @param scopes what a call may use of the caller's scopes
 * @param elsewhere what further origins are reached with, by the names that operations call them by
 */
public record Sender(ReadCache platform, Credentials credentials, Needs scopes, Map<String, Upstream> elsewhere) {
    public Sender {
        elsewhere = Map.copyOf(elsewhere);
    }

    /** One that reaches the platform alone, and remembers nothing. */
    public Sender(Upstream upstream, Credentials credentials, Needs scopes) {
        this(ReadCache.none(upstream), credentials, scopes, Map.of());
    }

    /** Tells the scopes that a call of a tool uses up of those that the caller has. */
    public interface Needs {
        Set<String> needed(Caller caller, Tool tool);
    }

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
        String origin = tool.work() instanceof Work.OneCall one ? one.origin() : null;
        if (origin != null) {
            return abroad(origin, caller, tool, bound, deadline, trail);
        }
        Set<String> needed = scopes.needed(caller, tool);
        return switch (tool.isPublic() ? Credential.NONE : credentials.of(caller, needed, deadline)) {
            case Credential.Refused refused -> new Sent.NotNarrowed(refused.why());
            case Credential.Unavailable unavailable -> new Sent.NotNarrowedNow();
            case Credential.Granted granted -> {
                BearerToken token = granted.token();
                UpstreamResponse response = asked(caller, tool, request(tool, bound, token, deadline, trail));
                boolean another =
                        response.status() == 401 && token != null && credentials.refused(caller, needed, token);
                yield another && again && tool.handling().safe()
                        ? send(caller, tool, bound, deadline, trail, false)
                        : new Sent.Answered(response, token);
            }
        };
    }

    /** Another origin gets nothing that is the caller's, and an origin that nobody allowed gets nothing. */
    private Sent abroad(String origin, Caller caller, Tool tool, Binding.Bound bound, Instant deadline, Trail trail)
            throws UpstreamException {
        Upstream other = elsewhere.get(origin);
        return other == null
                ? new Sent.NotNarrowed("upstream.origins has no " + origin)
                : new Sent.Answered(elsewhere(other, caller, tool, request(tool, bound, null, deadline, trail)), null);
    }

    /** Only here, where the call is allowed and has its credential, may anything be told that is remembered. */
    private UpstreamResponse asked(Caller caller, Tool tool, UpstreamRequest request) throws UpstreamException {
        return tool.handling().safe()
                ? platform.read(
                        request, caller, tool.work().label(), tool.handling().cacheTtl())
                : platform.change(request, caller);
    }

    /** To another origin: nothing of it is remembered, and what it may change is not known. */
    UpstreamResponse elsewhere(Upstream other, Caller caller, Tool tool, UpstreamRequest request)
            throws UpstreamException {
        return tool.handling().safe() ? other.send(request) : platform.changeElsewhere(other, request, caller);
    }

    private static UpstreamRequest request(
            Tool tool, Binding.Bound bound, @Nullable BearerToken token, Instant deadline, Trail trail) {
        return new UpstreamRequest(
                bound.method(),
                bound.target(),
                bound.headers(),
                bound.body(),
                token,
                tool.handling().repeatable() || bound.isKeyed(tool.handling().keyHeader()),
                tool.handling().safe(),
                deadline,
                trail);
    }
}
