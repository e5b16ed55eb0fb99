package dev.wayleave.mcp;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.wayleave.call.Inputs;
import dev.wayleave.call.TaskReader;
import dev.wayleave.call.TaskState;
import dev.wayleave.call.ToolCall;
import dev.wayleave.call.ToolResult;
import dev.wayleave.platform.Platform;
import java.io.IOException;
import java.util.Locale;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** What clients ask of tasks (extension io.modelcontextprotocol/tasks of MCP 2026-07-28). */
final class TaskMethods {
    static final String EXTENSION = "io.modelcontextprotocol/tasks";
    private static final Set<String> METHODS = Set.of("tasks/get", "tasks/update", "tasks/cancel");
    private final Platform platform;
    private final ToolResults results;
    private final Supplier<String> ids;

    TaskMethods(Platform platform, ToolResults results, Supplier<String> ids) {
        this.platform = platform;
        this.results = results;
        this.ids = ids;
    }

    boolean exist() {
        return platform.tasks().exist();
    }

    /** Whether the method is one of these, and served. */
    boolean serve(String method) {
        return METHODS.contains(method) && exist();
    }

    /** Refuses a client that does not declare the extension. */
    void require(Era era, Message.Call call) throws ProtocolError {
        JsonNode declared = call.params().path("_meta").path(EraSelector.CAPABILITIES);
        if (!ClientInputs.abilities(declared).contains(Inputs.Ability.TASKS)) {
            results.members(
                    era, new ToolResult.CannotAsk(Set.of(Inputs.Ability.TASKS), "The client does not declare tasks."));
        }
    }

    JsonRpc.Members answer(Era era, Asked asked, Message.Call call) throws ProtocolError {
        require(era, call);
        if (call.method().equals("tasks/update")
                && !call.params().path("inputResponses").isObject()) {
            throw ProtocolError.of(200, ProtocolError.INVALID_PARAMS, "params.inputResponses must be an object.");
        }
        ToolCall about = asked.call(ids.get(), call.text("taskId"), JsonNodeFactory.instance.objectNode());
        return switch (call.method()) {
            case "tasks/get" -> seen(era, platform.tasks().look(about));
            case "tasks/cancel" -> seen(era, platform.tasks().cancel(about));
            default -> seen(era, platform.tasks().update(about));
        };
    }

    private JsonRpc.Members seen(Era era, TaskReader.Seen seen) throws ProtocolError {
        return switch (seen) {
            case TaskReader.Seen.Told told ->
                new Detailed(told.state(), end(era, told.state().end()));
            case TaskReader.Seen.Heard heard -> json -> {};
            case TaskReader.Seen.Unknown unknown ->
                throw ProtocolError.of(200, ProtocolError.INVALID_PARAMS, "There is no such task.");
            case TaskReader.Seen.Stopped stopped -> throw stopped(era, stopped.result());
        };
    }

    private JsonRpc.@Nullable Members end(Era era, @Nullable ToolResult end) throws ProtocolError {
        return end == null ? null : results.members(era, end);
    }

    /** What is a fault of a tool's call is one of the protocol here, where there is no result that could tell it. */
    private ProtocolError stopped(Era era, ToolResult result) throws ProtocolError {
        results.members(era, result);
        return ProtocolError.of(
                200,
                ProtocolError.INTERNAL_ERROR,
                result instanceof ToolResult.UpstreamError error
                        ? error.reserved()
                        : "Your access could not be narrowed for this. Nothing was sent.");
    }

    /** That the work goes on, in the place of its result. */
    record Created(TaskState task) implements JsonRpc.Members {
        @Override
        public String resultType() {
            return "task";
        }

        @Override
        public void write(JsonGenerator json) throws IOException {
            writeTask(json, task);
        }
    }

    /**
     * A task with what came of it.
     *
     * @param end null where there is nothing yet
     */
    private record Detailed(TaskState task, JsonRpc.@Nullable Members end) implements JsonRpc.Members {
        @Override
        public void write(JsonGenerator json) throws IOException {
            writeTask(json, task);
            if (end != null) {
                json.writeObjectFieldStart("result");
                end.write(json);
                json.writeEndObject();
            }
            if (task.status() == TaskState.Status.FAILED) {
                ObjectNode error = JsonNodeFactory.instance.objectNode();
                error.put("code", ProtocolError.INTERNAL_ERROR).put("message", String.valueOf(task.message()));
                json.writeFieldName("error");
                json.writeTree(error);
            }
        }
    }

    private static void writeTask(JsonGenerator json, TaskState task) throws IOException {
        json.writeStringField("taskId", task.id());
        json.writeStringField("status", task.status().name().toLowerCase(Locale.ROOT));
        if (task.message() != null) {
            json.writeStringField("statusMessage", task.message());
        }
        json.writeStringField("createdAt", task.created().toString());
        json.writeStringField("lastUpdatedAt", task.updated().toString());
        json.writeNumberField("ttlMs", task.ttl().toMillis());
        json.writeNumberField("pollIntervalMs", task.poll().toMillis());
    }
}
