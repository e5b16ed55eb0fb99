package dev.wayleave.call;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.wayleave.caller.BearerToken;
import dev.wayleave.caller.Caller;
import dev.wayleave.policy.PlatformFact;
import dev.wayleave.tool.Tool;
import dev.wayleave.tool.Work;
import dev.wayleave.upstream.UpstreamException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Asks one operation of the platform with the caller's own token and takes one place of its answer. What came of it is
 * remembered for each caller, for a while where there was an answer and for a second where there was none; whoever asks
 * meanwhile waits for the same answer.
 */
public final class PlatformReading implements PlatformFact {
    private static final Duration LONGEST = Duration.ofSeconds(5);
    private static final Duration DOUBT = Duration.ofSeconds(1);
    private static final int MOST_CALLERS = 10_000;

    private final Tool tool;
    private final ArgumentBinder binder;
    private final JsonPointer pointer;
    private final Sender sender;
    private final InstantSource clock;
    private final Duration ttl;
    private final Cache<String, Reading> readings;

    /**
     * Made once for each operation.
     *
     * @param tool the operation, all of whose required arguments are bound
     * @param ttl how long an answer is good for
     */
    public PlatformReading(Tool tool, JsonPointer pointer, Duration ttl, Sender sender, InstantSource clock) {
        this.tool = tool;
        this.binder = switch (tool.work()) {
            case Work.OneCall one -> new ArgumentBinder(tool, one.operation(), () -> "");
            case Work.Fixed fixed -> throw new IllegalArgumentException("a text is nothing that the platform says");
            case Work.Steps several -> throw new IllegalArgumentException("a fact is one operation");
        };
        this.pointer = pointer;
        this.sender = sender;
        this.clock = clock;
        this.ttl = ttl;
        this.readings = Caffeine.newBuilder()
                .maximumSize(MOST_CALLERS)
                .executor(Runnable::run)
                .build();
    }

    @Override
    public Optional<JsonNode> of(Caller caller) {
        String key = key(caller);
        Reading known = readings.get(key, absent -> new Reading(caller));
        if (known.isOver()) {
            known = readings.asMap()
                    .compute(
                            key,
                            (same, current) -> current == null || current.isOver() ? new Reading(caller) : current);
        }
        return known.get();
    }

    private Optional<JsonNode> ask(Caller caller) {
        if (!(binder.bind(JsonNodeFactory.instance.objectNode(), caller) instanceof Binding.Bound bound)) {
            return Optional.empty();
        }
        try {
            Sender.Sent sent = sender.send(caller, tool, bound, clock.instant().plus(LONGEST));
            if (!(sent instanceof Sender.Sent.Answered answered)
                    || !answered.response().isSuccess()) {
                return Optional.empty();
            }
            return AnswerTree.at(answered.response(), pointer);
        } catch (UpstreamException e) {
            return Optional.empty();
        }
    }

    private static String key(Caller caller) {
        BearerToken token = caller.token();
        return caller.issuer()
                + '\n'
                + caller.subject()
                + '\n'
                + (token == null ? "" : HexFormat.of().formatHex(token.digest()));
    }

    /** One asking, done by whoever comes first. */
    private final class Reading {
        private final FutureTask<Optional<JsonNode>> task;
        private volatile long endsMillis = Long.MAX_VALUE;

        Reading(Caller caller) {
            task = new FutureTask<>(() -> {
                Duration good = DOUBT;
                try {
                    Optional<JsonNode> found = ask(caller);
                    good = found.isPresent() ? ttl : DOUBT;
                    return found;
                } finally {
                    endsMillis = clock.millis() + good.toMillis();
                }
            });
        }

        boolean isOver() {
            return clock.millis() >= endsMillis;
        }

        Optional<JsonNode> get() {
            task.run();
            try {
                return task.get(LONGEST.toMillis() + DOUBT.toMillis(), TimeUnit.MILLISECONDS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return Optional.empty();
            } catch (ExecutionException | TimeoutException e) {
                return Optional.empty();
            }
        }
    }
}
