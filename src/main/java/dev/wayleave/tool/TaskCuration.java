package dev.wayleave.tool;

import com.fasterxml.jackson.core.JsonPointer;
import dev.wayleave.openapi.Source;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What {@code x-mcp.task} says of an operation, before its operations are looked up.
 *
 * @param status names the operation that tells how far the work is
 * @param cancel names the one that ends it; null for none
 * @param source where it stands
 */
record TaskCuration(
        String status,
        @Nullable String cancel,
        Task.Id id,
        Task.@Nullable State state,
        @Nullable ResultShape result,
        Duration poll,
        Duration ttl,
        boolean required,
        Source source) {
    private static final Duration USUAL_POLL = Duration.ofSeconds(5);
    private static final Duration USUAL_TTL = Duration.ofHours(24);
    private static final String A_DURATION = "a duration such as 500ms, 60s, 5m or 1h";

    static TaskCuration read(Extension x) throws UnusableOperation {
        String status = x.text("status");
        Task.Id id = x.parsed(
                "id", "a JSON pointer such as /job/id, or the name of a header such as Location", TaskCuration::id);
        if (status == null || id == null) {
            throw x.wrong(status == null ? "status" : "id", "is missing");
        }
        return new TaskCuration(
                status,
                x.text("cancel"),
                id,
                x.child("state", TaskCuration::state),
                x.child("result", OperationCuration::result),
                duration(x, "poll", USUAL_POLL),
                duration(x, "ttl", USUAL_TTL),
                Boolean.TRUE.equals(x.flag("required")),
                x.source());
    }

    private static Duration duration(Extension x, String key, Duration usual) throws UnusableOperation {
        Duration said = x.parsed(key, A_DURATION, OperationCuration::duration);
        return said == null ? usual : said;
    }

    private static Task.@Nullable Id id(String text) {
        if (text.startsWith("/")) {
            return OperationCuration.isPointer(text) ? new Task.Id.Place(JsonPointer.compile(text)) : null;
        }
        return OperationCuration.isHeader(text) ? new Task.Id.Header(text) : null;
    }

    private static Task.State state(Extension x) throws UnusableOperation {
        JsonPointer pointer = x.parsed(
                "pointer",
                "a JSON pointer such as /status",
                text -> text.startsWith("/") && OperationCuration.isPointer(text) ? JsonPointer.compile(text) : null);
        Set<String> completed = words(x, "completed", Set.of());
        if (pointer == null || completed.isEmpty()) {
            throw x.wrong(pointer == null ? "pointer" : "completed", "is missing");
        }
        Set<String> failed = words(x, "failed", completed);
        Set<String> ended = new HashSet<>(completed);
        ended.addAll(failed);
        return new Task.State(pointer, completed, failed, words(x, "cancelled", ended));
    }

    /** @param others what none of them may be */
    private static Set<String> words(Extension x, String key, Set<String> others) throws UnusableOperation {
        List<String> words = x.texts(key);
        if (words == null) {
            return Set.of();
        }
        if (words.isEmpty() || words.stream().anyMatch(others::contains)) {
            throw x.wrong(key, words.isEmpty() ? "is empty" : "has a word that means something else already");
        }
        return Set.copyOf(words);
    }
}
