package dev.wayleave.call;

import dev.wayleave.limit.Admission;
import dev.wayleave.limit.Limits;
import dev.wayleave.tool.Served;
import dev.wayleave.tool.Tool;
import dev.wayleave.tool.Work;
import dev.wayleave.upstream.Trail;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Makes calls of the platform as far as its limits have room for them; what is nothing to the platform is always made. */
public final class LimitedCaller {
    private final Served served;
    private final ForwardingCaller calls;
    private final Limits limits;

    public LimitedCaller(Served served, ForwardingCaller calls, Limits limits) {
        this.served = served;
        this.calls = calls;
        this.limits = limits;
    }

    Judged call(ToolCall call) {
        Tool tool = served.find(call.tool());
        if (tool == null || tool.work() instanceof Work.Fixed) {
            return calls.call(call);
        }
        return switch (limits.admit(call.caller(), tool.handling().safe())) {
            case Admission.Refused refused -> new Judged(new ToolResult.Shed(refused), refused.rule());
            case Admission.Place place -> made(call, tool, place);
        };
    }

    private Judged made(ToolCall call, Tool tool, Admission.Place place) {
        Judged judged = null;
        try {
            judged = calls.call(call);
            return judged;
        } finally {
            place.leave(tool.name(), judged == null ? null : took(judged.result(), call.trail()));
        }
    }

    /** Null where the platform was not asked, or failed at once: that says nothing of how much it can take. */
    private static @Nullable Duration took(ToolResult result, Trail trail) {
        boolean told = switch (result) {
            case ToolResult.Answer answer -> true;
            case ToolResult.Started started -> true;
            case ToolResult.Followed followed -> true;
            case ToolResult.UpstreamError error -> {
                Integer status = error.status();
                yield status == null ? error.outcome().equals("upstream_timeout") : status < 500;
            }
            case ToolResult.TokenRefused refused -> false;
            case ToolResult.InvalidArguments unfit -> false;
            case ToolResult.UnknownTool unknown -> false;
            case ToolResult.Denied denied -> false;
            case ToolResult.NotNarrowed refused -> false;
            case ToolResult.NotRecorded forgotten -> false;
            case ToolResult.Unanswered unanswered -> false;
            case ToolResult.Shed shed -> false;
        };
        return told && trail.attempts() > 0 ? trail.duration() : null;
    }
}
