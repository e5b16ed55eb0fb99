package dev.wayleave.call;

import dev.wayleave.caller.BearerToken;
import dev.wayleave.policy.Decision;
import dev.wayleave.policy.Policy;
import dev.wayleave.tool.Catalog;
import dev.wayleave.tool.Tool;
import dev.wayleave.upstream.Credential;
import dev.wayleave.upstream.Credentials;
import dev.wayleave.upstream.Upstream;
import dev.wayleave.upstream.UpstreamException;
import dev.wayleave.upstream.UpstreamRequest;
import dev.wayleave.upstream.UpstreamResponse;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The flow: find the tool, decide, bind the arguments, send with the credential for it, map the answer. */
public final class ForwardingCaller implements ToolCaller {
    private final Catalog catalog;
    private final Policy policy;
    private final Credentials credentials;
    private final Upstream upstream;
    private final Map<String, ArgumentBinder> binders = new HashMap<>();
    private final Map<String, ResultMapper> mappers = new HashMap<>();

    /**
     * Made once for each platform.
     *
     * @param boundaries makes what divides the parts of a multipart body
     */
    public ForwardingCaller(
            Catalog catalog,
            Policy policy,
            Credentials credentials,
            Upstream upstream,
            Delivery delivery,
            Supplier<String> boundaries) {
        this.catalog = catalog;
        this.policy = policy;
        this.credentials = credentials;
        this.upstream = upstream;
        for (Tool tool : catalog.tools()) {
            binders.put(tool.name(), new ArgumentBinder(tool, boundaries));
            mappers.put(tool.name(), new ResultMapper(tool, delivery));
        }
    }

    @Override
    public ToolResult call(ToolCall call) {
        Tool tool = catalog.find(call.tool());
        ArgumentBinder binder = binders.get(call.tool());
        ResultMapper mapper = mappers.get(call.tool());
        if (tool == null || binder == null || mapper == null) {
            return new ToolResult.UnknownTool();
        }
        return switch (policy.decide(call.caller(), tool)) {
            case Decision.InsufficientScope insufficient -> new ToolResult.Denied(insufficient);
            case Decision.MissingClaim missing -> new ToolResult.ClaimMissing(missing);
            case Decision.Allowed allowed ->
                switch (binder.bind(call.arguments(), call.caller())) {
                    case Binding.Unfit unfit -> new ToolResult.InvalidArguments(unfit.problems());
                    case Binding.Bound bound -> send(call, tool, bound, mapper, true);
                };
        };
    }

    private ToolResult send(ToolCall call, Tool tool, Binding.Bound bound, ResultMapper mapper, boolean again) {
        Set<String> scopes = tool.scopes().leastOf(call.caller().scopes());
        return switch (tool.isPublic() ? Credential.NONE : credentials.of(call.caller(), scopes, call.deadline())) {
            case Credential.Refused refused -> new ToolResult.NotNarrowed(refused.why());
            case Credential.Unavailable unavailable -> UpstreamErrors.notNarrowedNow();
            case Credential.Granted granted -> {
                BearerToken token = granted.token();
                try {
                    UpstreamResponse response = upstream.send(request(call, tool, bound, token));
                    boolean another = response.status() == 401
                            && token != null
                            && credentials.refused(call.caller(), scopes, token);
                    if (another && again && tool.handling().safe()) {
                        yield send(call, tool, bound, mapper, false);
                    }
                    boolean own = Objects.equals(token, call.caller().token());
                    yield noted(mapper.map(call.carrying(token), own, response), bound);
                } catch (UpstreamException e) {
                    yield ResultMapper.map(e, tool.handling().safe());
                }
            }
        };
    }

    private static UpstreamRequest request(ToolCall call, Tool tool, Binding.Bound bound, @Nullable BearerToken token) {
        return new UpstreamRequest(
                tool.operation().method(),
                bound.target(),
                bound.headers(),
                bound.body(),
                token,
                tool.handling().repeatable(),
                call.deadline());
    }

    /** Tells what was changed in the arguments, after the answer. */
    private static ToolResult noted(ToolResult result, Binding.Bound bound) {
        return result instanceof ToolResult.Answer answer && !bound.notes().isEmpty()
                ? answer.before("Note: " + String.join("; ", bound.notes()) + ".")
                : result;
    }
}
