package dev.wayleave.call;

import dev.wayleave.audit.AuditEvent;
import dev.wayleave.audit.AuditLog;
import dev.wayleave.audit.AuditUnavailableException;
import dev.wayleave.caller.BearerToken;
import dev.wayleave.caller.Caller;
import dev.wayleave.policy.Policy;
import dev.wayleave.tool.Catalog;
import dev.wayleave.tool.Slot;
import dev.wayleave.tool.Tool;
import dev.wayleave.upstream.Trail;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Remembers every call exactly once, whatever its end. */
public final class AuditedCaller implements ToolCaller {
    private final String platform;
    private final Catalog catalog;
    private final Policy policy;
    private final ToolCaller calls;
    private final AuditLog audit;
    private final RecordedValues values;
    private final InstantSource clock;

    /**
     * Wraps the flow of one platform.
     *
     * @param values which arguments are remembered with their values
     */
    public AuditedCaller(
            String platform,
            Catalog catalog,
            Policy policy,
            ToolCaller calls,
            AuditLog audit,
            RecordedValues values,
            InstantSource clock) {
        this.platform = platform;
        this.catalog = catalog;
        this.policy = policy;
        this.calls = calls;
        this.audit = audit;
        this.values = values;
        this.clock = clock;
    }

    @Override
    public ToolResult call(ToolCall call) {
        Tool tool = catalog.find(call.tool());
        boolean safe = tool == null || tool.handling().safe();
        AuditEvent.Began began = began(call, tool);
        Trail trail = new Trail(() -> safe || isStarted(began));
        ToolResult result = null;
        boolean kept = false;
        try {
            result = audit.admitsCalls() ? calls.call(call.leaving(trail)) : new ToolResult.NotRecorded(false, safe);
            result = trail.isRefused() ? new ToolResult.NotRecorded(false, safe) : result;
        } finally {
            kept = isKept(event(began, tool, result, trail), !safe);
        }
        return kept ? result : new ToolResult.NotRecorded(trail.attempts() > 0, safe);
    }

    private boolean isStarted(AuditEvent.Began began) {
        try {
            audit.started(began);
            return true;
        } catch (AuditUnavailableException e) {
            return false;
        }
    }

    private boolean isKept(AuditEvent event, boolean durable) {
        try {
            audit.ended(event, durable);
            return true;
        } catch (AuditUnavailableException e) {
            return false;
        }
    }

    private AuditEvent.Began began(ToolCall call, @Nullable Tool tool) {
        Caller caller = call.caller();
        BearerToken token = caller.token();
        return new AuditEvent.Began(
                clock.instant(),
                call.id(),
                call.request(),
                call.trace(),
                platform,
                new AuditEvent.Who(
                        caller.issuer(),
                        caller.subject(),
                        caller.clientId(),
                        policy.groups(caller),
                        caller.scopes().stream().sorted().toList(),
                        token == null ? null : audit.fingerprint(token.digest())),
                tool == null
                        ? AuditEvent.What.NOTHING
                        : new AuditEvent.What(
                                tool.name(),
                                tool.operation().method() + " "
                                        + tool.operation().path(),
                                List.copyOf(policy.needed(caller, tool)),
                                argumentNames(call, tool),
                                values.of(call, tool)));
    }

    private AuditEvent event(AuditEvent.Began began, @Nullable Tool tool, @Nullable ToolResult result, Trail trail) {
        return new AuditEvent(
                began,
                isDenied(result) ? "deny" : "allow",
                reason(tool, result),
                result == null ? "internal_error" : result.outcome(),
                new AuditEvent.Sent(trail.attempts(), trail.status(), trail.bytes(), trail.duration(), "none"),
                Duration.between(began.time(), clock.instant()));
    }

    /** The names that the tool knows; what else a client sends is not written down. */
    private static List<String> argumentNames(ToolCall call, Tool tool) {
        return tool.slots().stream()
                .map(Slot::argument)
                .filter(call.arguments()::has)
                .toList();
    }

    private static String reason(@Nullable Tool tool, @Nullable ToolResult result) {
        if (tool == null) {
            return "no such tool";
        }
        return switch (result) {
            case ToolResult.Denied denied -> denied.decision().reason();
            case ToolResult.NotNarrowed refused -> "upstream.exchange: " + refused.why();
            case ToolResult.NotRecorded forgotten -> "audit.on-failure";
            case null, default -> tool.scopes().origin();
        };
    }

    private static boolean isDenied(@Nullable ToolResult result) {
        return result instanceof ToolResult.UnknownTool
                || result instanceof ToolResult.Denied
                || result instanceof ToolResult.NotNarrowed
                || result instanceof ToolResult.NotRecorded;
    }
}
