package dev.wayleave.call;

import com.fasterxml.jackson.databind.JsonNode;
import dev.wayleave.tool.Task;
import dev.wayleave.tool.Tool;
import dev.wayleave.upstream.UpstreamResponse;
import java.util.stream.Collectors;

/** Reads in an answer how far a task is, as its description says, and what came of it once it is done. */
final class TaskProgress implements Telling {
    private static final int ACCEPTED = 202;
    private static final int DONE = 200;
    private final Task task;
    private final AnswerMapper results;

    private TaskProgress(Task task, Delivery delivery) {
        this.task = task;
        this.results = new AnswerMapper(task.status().shaped(task.result()), delivery);
    }

    /** For what reads a task's state; what ends one tells nothing of it. */
    static Telling of(Tool follower, Means means) {
        Task task = follower.handling().task();
        return task == null ? PLAIN : new TaskProgress(task, means.delivery());
    }

    @Override
    public ToolResult of(ToolCall call, Binding.Bound bound, Sender.Sent.Answered answered, ToolResult plain) {
        if (!(plain instanceof ToolResult.Answer answer)) {
            return plain;
        }
        UpstreamResponse response = answered.response();
        Task.State state = task.state();
        if (state == null) {
            return response.status() == ACCEPTED ? working() : completed(call, answered);
        }
        JsonNode said = AnswerTree.at(response, state.pointer()).orElse(null);
        if (said == null || !said.isValueNode()) {
            return new ToolResult.UpstreamError(
                    null, "task_unreadable", "The platform's answer does not say how far it is.");
        }
        String word = said.asText();
        if (state.completed().contains(word)) {
            return completed(call, answered);
        }
        if (state.failed().contains(word)) {
            String told = "The platform says that it failed.\n" + text(answer);
            return new ToolResult.Followed(
                    TaskState.Status.COMPLETED, new ToolResult.UpstreamError(response.status(), "task_failed", told));
        }
        return state.cancelled().contains(word) ? new ToolResult.Followed(TaskState.Status.CANCELLED, null) : working();
    }

    private static ToolResult working() {
        return new ToolResult.Followed(TaskState.Status.WORKING, null);
    }

    /** Of work that is done nothing is told of an acceptance. */
    private ToolResult completed(ToolCall call, Sender.Sent.Answered answered) {
        UpstreamResponse response = answered.response();
        ToolResult end = results.map(
                call.carrying(answered.token()), new UpstreamResponse(DONE, response.headers(), response.body()));
        return new ToolResult.Followed(TaskState.Status.COMPLETED, end);
    }

    private static String text(ToolResult.Answer answer) {
        return answer.content().stream()
                .filter(Content.Text.class::isInstance)
                .map(content -> ((Content.Text) content).text())
                .collect(Collectors.joining("\n"));
    }
}
