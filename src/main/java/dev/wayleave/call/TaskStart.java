package dev.wayleave.call;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.wayleave.caller.Caller;
import dev.wayleave.policy.Decision;
import dev.wayleave.policy.Policy;
import dev.wayleave.tool.Slot;
import dev.wayleave.tool.Task;
import dev.wayleave.tool.Tool;
import dev.wayleave.tool.Work;
import dev.wayleave.upstream.UpstreamResponse;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * Makes a task of an answer that says that the work was accepted, where the client can follow it, the caller may, and it is
 * certain which work is meant. Where any of this is in doubt the answer is told as it is.
 */
final class TaskStart implements Telling {
    private static final int ACCEPTED = 202;
    private static final int LONGEST_NAME = 512;
    private final Tool tool;
    private final Task task;
    private final ArgumentBinder status;
    private final Policy policy;
    private final Delivery delivery;
    private final TaskIds ids;

    private TaskStart(Tool tool, Task task, Work.OneCall status, Means means) {
        this.tool = tool;
        this.task = task;
        this.status = new ArgumentBinder(task.status(), status.operation(), () -> "");
        this.policy = means.policy();
        this.delivery = means.delivery();
        this.ids = means.tasks();
    }

    /** For a tool whose work may go on behind its answer. */
    static Telling of(Tool tool, Means means) {
        Task task = tool.handling().task();
        return task != null && task.status().work() instanceof Work.OneCall status
                ? new TaskStart(tool, task, status, means)
                : PLAIN;
    }

    @Override
    public ToolResult of(ToolCall call, Binding.Bound bound, Sender.Sent.Answered answered, ToolResult plain) {
        UpstreamResponse response = answered.response();
        Caller caller = call.caller();
        boolean followed = response.status() == ACCEPTED
                && call.inputs().abilities().contains(Inputs.Ability.TASKS)
                && policy.decide(caller, task.status()) instanceof Decision.Allowed;
        return followed
                ? names(bound, response)
                        .filter(names -> isReadable(caller, names))
                        .map(names -> ids.begin(tool.name(), names))
                        .flatMap(known -> ids.seal(caller, known, task.ttl())
                                .<ToolResult>map(id -> new ToolResult.Started(
                                        TaskState.working(id, known, task, known.began(), null))))
                        .orElse(plain)
                : plain;
    }

    private Optional<Map<String, String>> names(Binding.Bound bound, UpstreamResponse response) {
        return switch (task.id()) {
            case Task.Id.Header header ->
                response.header(header.name())
                        .map(delivery::path)
                        .filter(path -> !path.isEmpty())
                        .flatMap(task.path()::match);
            case Task.Id.Place place ->
                AnswerTree.at(response, place.pointer())
                        .filter(node -> node.isTextual() || node.isIntegralNumber())
                        .map(node -> names(bound, node));
        };
    }

    /** Its own name for the last variable, and what the call was sent with for the others. */
    private Map<String, String> names(Binding.Bound bound, JsonNode last) {
        Map<String, String> names = new HashMap<>();
        for (Slot.InParameter slot : tool.pathSlots()) {
            JsonNode value = bound.arguments().path(slot.argument());
            if (value.isValueNode()
                    && task.path().variables().contains(slot.parameter().name())) {
                names.put(slot.parameter().name(), value.asText());
            }
        }
        names.put(Objects.requireNonNull(task.path().lastVariable()), last.asText());
        return names;
    }

    /** Whether its state would be asked of exactly this path; what is bound for the caller must not differ from it. */
    private boolean isReadable(Caller caller, Map<String, String> names) {
        if (names.values().stream().anyMatch(name -> name.isBlank() || name.length() > LONGEST_NAME)
                || !(status.bind(arguments(task.status(), names), caller) instanceof Binding.Bound bound)) {
            return false;
        }
        return task.status().pathSlots().stream().allMatch(slot -> {
            String name = names.get(slot.parameter().name());
            return name == null
                    || name.equals(bound.arguments().path(slot.argument()).asText());
        });
    }

    /** What a tool that follows the task is called with: nothing that agents could not set. */
    static ObjectNode arguments(Tool follower, Map<String, String> names) {
        ObjectNode arguments = JsonNodeFactory.instance.objectNode();
        for (Slot.InParameter slot : follower.pathSlots()) {
            String name = names.get(slot.parameter().name());
            if (name != null && follower.inputSchema().path("properties").has(slot.argument())) {
                arguments.put(slot.argument(), name);
            }
        }
        return arguments;
    }
}
