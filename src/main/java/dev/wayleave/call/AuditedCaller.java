package dev.wayleave.call;

import dev.wayleave.audit.AuditEvent;
import dev.wayleave.audit.AuditLog;
import dev.wayleave.audit.AuditUnavailableException;
import dev.wayleave.caller.BearerToken;
import dev.wayleave.caller.Caller;
import dev.wayleave.policy.Policy;
import dev.wayleave.tool.Served;
import dev.wayleave.tool.Slot;
import dev.wayleave.tool.Tool;
import dev.wayleave.upstream.Trail;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Remembers every call exactly once, whatever its end; of floods of those that are refused, some and their number. */
public final class AuditedCaller implements ToolCaller {
    private final AuditEvent.Where where;
    private final Served served;
    private final Policy policy;
    private final LimitedCaller calls;
    private final AuditLog audit;
    private final RecordedValues values;
    private final InstantSource clock;

    /**
     * Wraps the flow of one platform, for its tools or for its resources.
     *
     * @param where which platform that is
     * @param values which arguments are remembered with their values
     */
    public AuditedCaller(
            AuditEvent.Where where,
            Served served,
            Policy policy,
            LimitedCaller calls,
            AuditLog audit,
            RecordedValues values,
            InstantSource clock) {
        this.where = where;
        this.served = served;
        this.policy = policy;
        this.calls = calls;
        this.audit = audit;
        this.values = values;
        this.clock = clock;
    }

    @Override
    public ToolResult call(ToolCall call) {
        Tool tool = served.find(call.tool());
        boolean safe = tool == null || tool.handling().safe();
        AuditEvent.Began began = began(call, tool);
        Trail trail = call.trail().announcing(() -> safe || isStarted(began));
        Judged judged = null;
        boolean kept = false;
        try {
            judged = audit.admitsCalls() ? calls.call(call.leaving(trail)) : notRecorded(safe);
            judged = trail.isRefused() ? notRecorded(safe) : judged;
        } finally {
            trail.done();
            kept = isKept(event(began, judged, trail, call.steps().all()), judged, !safe);
        }
        return kept ? judged.result() : new ToolResult.NotRecorded(trail.attempts() > 0, safe);
    }

    private static Judged notRecorded(boolean safe) {
        return new Judged(new ToolResult.NotRecorded(false, safe), "audit.on-failure");
    }

    private boolean isStarted(AuditEvent.Began began) {
        try {
            audit.started(began);
            return true;
        } catch (AuditUnavailableException e) {
            return false;
        }
    }

    private boolean isKept(AuditEvent event, @Nullable Judged judged, boolean unsafe) {
        if (event.sent().attempts() == 0 && judged != null && isRefusal(judged.result())) {
            audit.refused(event);
            return true;
        }
        try {
            audit.ended(event, unsafe);
            return true;
        } catch (AuditUnavailableException e) {
            return false;
        }
    }

    /** Whoever is refused can be so as often as there is time for it. */
    private static boolean isRefusal(ToolResult result) {
        return result instanceof ToolResult.Shed
                || result instanceof ToolResult.Denied
                || result instanceof ToolResult.UnknownTool;
    }

    private AuditEvent.Began began(ToolCall call, @Nullable Tool tool) {
        Caller caller = call.caller();
        BearerToken token = caller.token();
        return new AuditEvent.Began(
                clock.instant(),
                call.id(),
                call.request(),
                call.trace(),
                where,
                new AuditEvent.Who(
                        caller.issuer(),
                        caller.subject(),
                        caller.clientId(),
                        policy.groups(caller),
                        caller.scopes().stream().sorted().toList(),
                        token == null ? null : audit.fingerprint(token.digest())),
                what(call, tool));
    }

    private AuditEvent.What what(ToolCall call, @Nullable Tool tool) {
        String kind = served.kind().name().toLowerCase(Locale.ROOT);
        return tool == null
                ? AuditEvent.What.none(kind)
                : new AuditEvent.What(
                        kind,
                        tool.name(),
                        served.kind() == Served.Kind.RESOURCE ? call.tool() : null,
                        tool.work().label(),
                        List.copyOf(policy.needed(call.caller(), tool)),
                        argumentNames(call, tool),
                        values.of(call, tool));
    }

    private AuditEvent event(
            AuditEvent.Began began, @Nullable Judged judged, Trail trail, List<AuditEvent.Step> steps) {
        ToolResult result = judged == null ? null : judged.result();
        return new AuditEvent(
                began,
                isDenied(result) ? "deny" : "allow",
                reason(judged),
                result == null ? "internal_error" : result.outcome(),
                new AuditEvent.Sent(
                        trail.attempts(),
                        trail.status(),
                        trail.bytes(),
                        trail.duration(),
                        trail.cache().word(),
                        trail.age()),
                Duration.between(began.time(), clock.instant()),
                steps);
    }

    /** The names that the tool knows; what else a client sends is not written down. */
    private static List<String> argumentNames(ToolCall call, Tool tool) {
        return tool.slots().stream()
                .map(Slot::argument)
                .filter(call.arguments()::has)
                .toList();
    }

    private static String reason(@Nullable Judged judged) {
        if (judged == null) {
            return "it failed inside";
        }
        return judged.result() instanceof ToolResult.NotNarrowed refused
                ? "upstream.exchange: " + refused.why()
                : judged.reason();
    }

    private static boolean isDenied(@Nullable ToolResult result) {
        return result instanceof ToolResult.UnknownTool
                || result instanceof ToolResult.Denied
                || result instanceof ToolResult.NotNarrowed
                || result instanceof ToolResult.NotRecorded
                || result instanceof ToolResult.Shed
                || (result instanceof ToolResult.Unanswered && !(result instanceof ToolResult.InputRequired));
    }
}
