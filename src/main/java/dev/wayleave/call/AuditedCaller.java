package dev.wayleave.call;

import dev.wayleave.audit.AuditEvent;
import dev.wayleave.audit.AuditLog;
import dev.wayleave.caller.Caller;
import dev.wayleave.policy.Policy;
import dev.wayleave.tool.Served;
import dev.wayleave.tool.Slot;
import dev.wayleave.tool.Tool;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Remembers every call exactly once, whatever its end. */
public final class AuditedCaller implements ToolCaller {
    private final String platform;
    private final Served served;
    private final Policy policy;
    private final ForwardingCaller calls;
    private final AuditLog audit;
    private final InstantSource clock;

    public AuditedCaller(
            String platform,
            Served served,
            Policy policy,
            ForwardingCaller calls,
            AuditLog audit,
            InstantSource clock) {
        this.platform = platform;
        this.served = served;
        this.policy = policy;
        this.calls = calls;
        this.audit = audit;
        this.clock = clock;
    }

    @Override
    public ToolResult call(ToolCall call) {
        Instant began = clock.instant();
        Judged judged = null;
        try {
            judged = calls.call(call);
            return judged.result();
        } finally {
            audit.record(event(call, judged, began));
        }
    }

    private AuditEvent event(ToolCall call, @Nullable Judged judged, Instant began) {
        ToolResult result = judged == null ? null : judged.result();
        Caller caller = call.caller();
        Tool tool = served.find(call.tool());
        return new AuditEvent(
                began,
                call.id(),
                platform,
                caller.issuer(),
                caller.subject(),
                caller.clientId(),
                policy.groups(caller),
                caller.scopes().stream().sorted().toList(),
                served.kind().name().toLowerCase(Locale.ROOT),
                tool == null ? null : tool.name(),
                tool == null || served.kind() != Served.Kind.RESOURCE ? null : call.tool(),
                tool == null ? null : tool.work().label(),
                tool == null ? List.of() : List.copyOf(policy.needed(caller, tool)),
                argumentNames(call, tool),
                isDenied(result) ? "deny" : "allow",
                reason(judged),
                result == null ? "internal_error" : result.outcome(),
                status(result),
                Duration.between(began, clock.instant()),
                call.steps().all());
    }

    /** The names that the tool knows; what else a client sends is not written down. */
    private static List<String> argumentNames(ToolCall call, @Nullable Tool tool) {
        return tool == null
                ? List.of()
                : tool.slots().stream()
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
                || (result instanceof ToolResult.Unanswered && !(result instanceof ToolResult.InputRequired));
    }

    private static @Nullable Integer status(@Nullable ToolResult result) {
        return switch (result) {
            case null -> null;
            case ToolResult.Answer answer -> answer.status() == 0 ? null : answer.status();
            case ToolResult.UpstreamError error -> error.status();
            case ToolResult.TokenRefused refused -> refused.status();
            case ToolResult.InvalidArguments invalid -> null;
            case ToolResult.UnknownTool unknown -> null;
            case ToolResult.Denied denied -> null;
            case ToolResult.NotNarrowed refused -> null;
            case ToolResult.Unanswered unanswered -> null;
        };
    }
}
