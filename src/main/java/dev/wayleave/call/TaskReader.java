package dev.wayleave.call;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.wayleave.policy.Decision;
import dev.wayleave.policy.Policy;
import dev.wayleave.tool.Served;
import dev.wayleave.tool.Task;
import dev.wayleave.tool.Tool;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Finds what an id of a task stands for, and asks the platform how far it is, or to end it, as tools are called: for the
 * caller of this request, with its token, rules, limits and audit.
 */
public final class TaskReader {
    /** What says nothing of the work: another token, another plan or another time may do. */
    private static final Set<Integer> PASSING = Set.of(401, 402, 408, 425, 429);

    private static final Set<Integer> GONE = Set.of(404, 410);
    private static final Set<Integer> NOT_SHOWN = Set.of(403);
    private static final Set<Integer> OVER = Set.of(404, 409, 410);
    private static final String NOTHING = "";
    private final Served tools;
    private final TaskIds ids;
    private final Policy policy;
    private final ToolCaller calls;

    /**
     * Made once for each platform.
     *
     * @param tools those that may have begun a task
     * @param calls takes the use and the name of such a tool for the name of a tool
     */
    public TaskReader(Served tools, TaskIds ids, Policy policy, ToolCaller calls) {
        this.tools = tools;
        this.ids = ids;
        this.policy = policy;
        this.calls = calls;
    }

    /** What is known of a task. */
    public sealed interface Seen {
        /** How far it is. */
        record Told(TaskState state) implements Seen {}

        /** That it was heard. */
        record Heard() implements Seen {}

        /** There is no such task for this caller. */
        record Unknown() implements Seen {}

        /** The call came to something else. */
        record Stopped(ToolResult result) implements Seen {}
    }

    /** A task that this caller has. */
    private record Found(TaskIds.Known known, Task task) {}

    /** Whether there is anything that could be a task. */
    public boolean exist() {
        return tools.byName().values().stream().anyMatch(tool -> tool.handling().task() != null);
    }

    /**
     * How far it is.
     *
     * @param asked has the id for the name of a tool, and no arguments
     */
    public Seen look(ToolCall asked) {
        Found found = find(asked).orElse(null);
        if (found == null) {
            return unknown(asked);
        }
        Task task = found.task();
        ToolResult result = calls.call(asked.naming(
                Served.status(found.known().tool()),
                TaskStart.arguments(task.status(), found.known().names())));
        if (result instanceof ToolResult.Followed followed) {
            return told(asked, found, followed.status(), null, followed.end());
        }
        if (!(result instanceof ToolResult.UpstreamError error)) {
            return stopped(result);
        }
        return untold(asked, found, error);
    }

    /**
     * The platform does not say how far it is. What is an error of the call itself completes the task with it; only where the
     * platform knows of no such work is there no result to tell, and the task has failed.
     */
    private Seen untold(ToolCall asked, Found found, ToolResult.UpstreamError error) {
        Integer status = error.status();
        boolean passing = status == null
                ? !UpstreamErrors.LASTING.contains(error.outcome())
                : status >= 500 || PASSING.contains(status);
        if (passing) {
            return told(asked, found, TaskState.Status.WORKING, error.reserved(), null);
        }
        if (status != null && NOT_SHOWN.contains(status)) {
            return new Seen.Unknown();
        }
        return status != null && GONE.contains(status)
                ? told(asked, found, TaskState.Status.FAILED, error.reserved(), null)
                : told(asked, found, TaskState.Status.COMPLETED, null, error);
    }

    /** Asks the platform to end it, where it can; what is over already needs no ending. */
    public Seen cancel(ToolCall asked) {
        Found found = find(asked).orElse(null);
        if (found == null) {
            return unknown(asked);
        }
        Tool cancel = found.task().cancel();
        if (cancel == null) {
            return heard(asked, found);
        }
        ToolResult result = calls.call(asked.naming(
                Served.cancel(found.known().tool()),
                TaskStart.arguments(cancel, found.known().names())));
        boolean over = result instanceof ToolResult.UpstreamError error
                && error.status() != null
                && OVER.contains(error.status());
        return over || result instanceof ToolResult.Answer ? new Seen.Heard() : stopped(result);
    }

    /** Takes answers to what was asked, which is nothing: whatever a task needs to know it knows before it begins. */
    public Seen update(ToolCall asked) {
        return find(asked).map(found -> heard(asked, found)).orElseGet(() -> unknown(asked));
    }

    private Seen heard(ToolCall asked, Found found) {
        return switch (policy.decide(asked.caller(), found.task().status())) {
            case Decision.Allowed allowed -> new Seen.Heard();
            case Decision.Denied denied -> {
                // the same way, which ends there, so that it is remembered
                ToolResult result = calls.call(asked.naming(
                        Served.status(found.known().tool()),
                        TaskStart.arguments(found.task().status(), found.known().names())));
                yield stopped(result instanceof ToolResult.Denied ? result : new ToolResult.Denied(denied));
            }
        };
    }

    private Optional<Found> find(ToolCall asked) {
        return ids.open(asked.caller(), asked.tool()).flatMap(known -> {
            Tool tool = tools.find(known.tool());
            Task task = tool == null ? null : tool.handling().task();
            return task == null ? Optional.empty() : Optional.of(new Found(known, task));
        });
    }

    /** It goes the same way, so that it is remembered like any other. */
    private Seen unknown(ToolCall asked) {
        return stopped(calls.call(asked.naming(NOTHING, JsonNodeFactory.instance.objectNode())));
    }

    /** What a rule keeps from the caller does not exist; a token with too few scopes is told which it needs. */
    private static Seen stopped(ToolResult result) {
        boolean none = result instanceof ToolResult.UnknownTool
                || result instanceof ToolResult.InvalidArguments
                || result instanceof ToolResult.Unanswered
                || (result instanceof ToolResult.Denied denied
                        && !(denied.decision() instanceof Decision.InsufficientScope)
                        && !(denied.decision() instanceof Decision.Forbidden));
        return none ? new Seen.Unknown() : new Seen.Stopped(result);
    }

    private Seen told(
            ToolCall asked, Found found, TaskState.Status status, @Nullable String message, @Nullable ToolResult end) {
        return new Seen.Told(TaskState.of(asked.tool(), found.known(), found.task(), ids.now(), status, message, end));
    }
}
