package dev.wayleave.mcp;

import com.fasterxml.jackson.databind.JsonNode;
import dev.wayleave.platform.StreamSettings;
import dev.wayleave.tool.Catalog;
import dev.wayleave.tool.Tool;
import dev.wayleave.tool.Work;
import java.time.Duration;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Answers a call that takes long with a stream of events, where its client asks to hear of it: a progress token, or in the
 * modern era a log level. In the older eras the log comes with the progress, or unasked where that is configured. Any other
 * answer, and that of a call which is quick, is one JSON text.
 */
final class SlowCalls {
    private static final Set<String> METHODS = Set.of("tools/call", "resources/read", "prompts/get");
    private static final String LEVEL = "io.modelcontextprotocol/logLevel";
    private static final Duration LEAST_PAUSE = Duration.ofMillis(200);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(5);
    private final Catalog catalog;
    private final StreamSettings settings;

    SlowCalls(Catalog catalog, StreamSettings settings) {
        this.catalog = catalog;
        this.settings = settings;
    }

    /** What the work makes of the request, whole or bit by bit. */
    Reply answer(Era era, Message.Call call, Request request, Function<Request, Reply> work) {
        JsonNode token = token(call);
        boolean steps = hasSteps(call);
        String level = level(era, call, steps && (token != null || settings.logUnasked()));
        if (!METHODS.contains(call.method()) || (token == null && level == null) || !takesEvents(request)) {
            return work.apply(request);
        }
        EventStream events = new EventStream(settings.keepAlive());
        Notifications notifications = new Notifications(token, level, steps, events);
        FutureTask<Reply> task = new FutureTask<>(() -> work.apply(request.followed(notifications)));
        long began = System.nanoTime();
        Thread.ofVirtual().start(task);
        Reply quick = within(task, settings.after());
        if (quick != null) {
            return quick;
        }
        Thread.ofVirtual().start(() -> follow(task, events, notifications, began));
        return Reply.of(events);
    }

    private void follow(FutureTask<Reply> task, EventStream events, Notifications notifications, long began) {
        Duration pause = settings.after().compareTo(LEAST_PAUSE) < 0 ? LEAST_PAUSE : settings.after();
        Duration between = pause.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : pause;
        try {
            Reply reply = within(task, Duration.ofMillis(1));
            while (reply == null) {
                notifications.waiting(Duration.ofNanos(System.nanoTime() - began));
                reply = within(task, between);
            }
            events.end(reply.body());
        } finally {
            events.finish();
        }
    }

    /** Null where it takes longer. */
    private static @Nullable Reply within(FutureTask<Reply> task, Duration atMost) {
        try {
            return task.get(atMost.toNanos(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            return null;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        } catch (ExecutionException e) {
            throw new IllegalStateException("a call failed inside", e.getCause());
        }
    }

    private static @Nullable JsonNode token(Message.Call call) {
        JsonNode token = call.params().path("_meta").path("progressToken");
        return token.isTextual() || token.isIntegralNumber() ? token : null;
    }

    private boolean hasSteps(Message.Call call) {
        Tool tool = call.method().equals("tools/call")
                ? catalog.find(call.params().path("name").asText())
                : null;
        return tool != null && tool.work() instanceof Work.Steps;
    }

    private static @Nullable String level(Era era, Message.Call call, boolean unasked) {
        if (era.isModern()) {
            String asked = call.params().path("_meta").path(LEVEL).asText();
            return Notifications.LEVELS.contains(asked) ? asked : null;
        }
        return unasked ? "info" : null;
    }

    static boolean takesEvents(Request request) {
        return String.join(",", request.all("Accept")).toLowerCase(Locale.ROOT).contains("text/event-stream");
    }
}
