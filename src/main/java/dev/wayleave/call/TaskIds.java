package dev.wayleave.call;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.wayleave.caller.Caller;
import dev.wayleave.caller.StrictJson;
import dev.wayleave.seal.Binding;
import dev.wayleave.seal.Seal;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Gives tasks their ids. An id is all that is known of a task, sealed for its caller, so that any instance can go on with it
 * and nobody else can read, make or use one.
 */
public final class TaskIds {
    /** In bytes, the most that an id holds: it must fit into a header. */
    private static final int MOST = 2_048;

    private static final String TOOL = "tool";
    private static final String BEGAN = "began";
    private static final String NAMES = "names";
    private final Seal seal;
    private final String path;
    private final InstantSource clock;

    /**
     * Made once for each platform.
     *
     * @param path of its endpoint
     */
    public TaskIds(Seal seal, String path, InstantSource clock) {
        this.seal = seal;
        this.path = path;
        this.clock = clock;
    }

    /**
     * What an id stands for.
     *
     * @param tool that began it
     * @param began when, in whole milliseconds
     * @param names what the path of its status has for its variables
     */
    record Known(String tool, Instant began, Map<String, String> names) {
        Known {
            names = Map.copyOf(names);
        }
    }

    /** One that begins now. */
    Known begin(String tool, Map<String, String> names) {
        return new Known(tool, now(), names);
    }

    Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MILLIS);
    }

    /** Empty where there is more than an id holds. */
    Optional<String> seal(Caller caller, Known task, Duration ttl) {
        ObjectNode json = JsonNodeFactory.instance
                .objectNode()
                .put(TOOL, task.tool())
                .put(BEGAN, task.began().toEpochMilli());
        ObjectNode names = json.putObject(NAMES);
        task.names().forEach(names::put);
        byte[] bytes = json.toString().getBytes(StandardCharsets.UTF_8);
        // a seal counts whole seconds, and no task ends before its time
        Instant expires = task.began().plus(ttl).plusSeconds(1);
        return bytes.length > MOST ? Optional.empty() : Optional.of(seal.seal(binding(caller), bytes, expires));
    }

    /** Empty for whatever is no id of this caller's here and now. */
    Optional<Known> open(Caller caller, String id) {
        return seal.open(binding(caller), id, clock.instant()).map(TaskIds::known);
    }

    private Binding binding(Caller caller) {
        return Binding.of("task", path, caller);
    }

    private static Known known(byte[] bytes) {
        try {
            ObjectNode json = StrictJson.object(bytes);
            Map<String, String> names = new LinkedHashMap<>();
            json.path(NAMES)
                    .properties()
                    .forEach(name -> names.put(name.getKey(), name.getValue().asText()));
            return new Known(
                    json.path(TOOL).asText(),
                    Instant.ofEpochMilli(json.path(BEGAN).asLong()),
                    names);
        } catch (IOException e) {
            throw new IllegalStateException("it was sealed by us", e);
        }
    }
}
