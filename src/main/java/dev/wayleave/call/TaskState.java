package dev.wayleave.call;

import dev.wayleave.tool.Task;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A task as its client is told of it (extension io.modelcontextprotocol/tasks).
 *
 * @param updated when this was known
 * @param ttl from {@code created} on
 * @param message for people and models; null for nothing
 * @param end what came of it where it is completed, else null
 */
public record TaskState(
        String id,
        Status status,
        Instant created,
        Instant updated,
        Duration ttl,
        Duration poll,
        @Nullable String message,
        @Nullable ToolResult end) {
    /** How far it is. */
    public enum Status {
        WORKING,
        COMPLETED,
        FAILED,
        CANCELLED
    }

    /** One of which nothing is known but that it goes on. */
    static TaskState working(String id, TaskIds.Known known, Task task, Instant now, @Nullable String message) {
        return of(id, known, task, now, Status.WORKING, message, null);
    }

    static TaskState of(
            String id,
            TaskIds.Known known,
            Task task,
            Instant now,
            Status status,
            @Nullable String message,
            @Nullable ToolResult end) {
        return new TaskState(id, status, known.began(), now, task.ttl(), task.poll(), message, end);
    }
}
