package dev.wayleave.mcp;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.wayleave.audit.AuditEvent;
import dev.wayleave.call.StepLog;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is told of one call while it goes on: progress, by the token that the client gave, and what becomes of its steps, to
 * whoever wants to hear it (MCP 2026-07-28, basic/patterns/progress and server/utilities/logging). Steps and outcomes are
 * ours to name; nothing of arguments, answers or tokens is told.
 */
final class Notifications implements StepLog.Listener {
    static final List<String> LEVELS =
            List.of("debug", "info", "notice", "warning", "error", "critical", "alert", "emergency");

    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
    private final @Nullable JsonNode token;
    private final @Nullable String level;
    private final EventStream events;
    private final boolean steps;
    private BigDecimal told = BigDecimal.ZERO;

    /**
     * @param token null where no progress is asked for
     * @param level the least that is logged; null for nothing
     * @param steps whether the call is done in steps, which are counted then; else the seconds are
     */
    Notifications(@Nullable JsonNode token, @Nullable String level, boolean steps, EventStream events) {
        this.token = token;
        this.level = level;
        this.steps = steps;
        this.events = events;
    }

    /** Time goes by, which is all that can be told of a call without steps. */
    synchronized void waiting(Duration since) {
        if (!steps) {
            BigDecimal seconds = BigDecimal.valueOf(since.toMillis(), 3);
            progress(seconds, null, "Waiting for the platform for " + since.toSeconds() + " s.");
        }
    }

    @Override
    public synchronized void passed(String step, int done, int total) {
        if (steps) {
            progress(BigDecimal.valueOf(done), done > total ? null : total, "Step " + step + " is done.");
        }
    }

    private void progress(BigDecimal progress, @Nullable Integer total, String message) {
        if (token == null || progress.compareTo(told) <= 0) {
            return;
        }
        told = progress;
        ObjectNode params = JSON.objectNode();
        params.set("progressToken", token);
        params.put("progress", progress);
        if (total != null) {
            params.put("total", total);
        }
        params.put("message", message);
        tell("notifications/progress", params);
    }

    @Override
    public void ended(AuditEvent.Step step) {
        String own = step.outcome().equals("ok") ? "info" : "warning";
        if (level == null || LEVELS.indexOf(own) < LEVELS.indexOf(level)) {
            return;
        }
        // a text, since some clients take no other data
        String data = "Step " + step.id() + ": " + step.outcome()
                + (step.status() == null ? "" : ", status " + step.status()) + ", "
                + step.duration().toMillis() + " ms.";
        tell(
                "notifications/message",
                JSON.objectNode().put("level", own).put("logger", "wayleave").put("data", data));
    }

    private void tell(String method, ObjectNode params) {
        ObjectNode message = JSON.objectNode().put("jsonrpc", "2.0").put("method", method);
        message.set("params", params);
        events.tell(JsonRpc.bytes(message));
    }
}
