package dev.wayleave.audit;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is remembered of one call, whatever its end. It holds no token, and values of arguments only where they are asked for.
 *
 * @param decision {@code allow} or {@code deny}
 * @param reason the rule that denied, or every rule that allowed, and where each stands
 * @param outcome one word for how the call ended
 * @param steps what was done one by one, where the tool has steps
 */
public record AuditEvent(
        Began began, String decision, String reason, String outcome, Sent sent, Duration duration, List<Step> steps) {
    /**
     * One step of the tool.
     *
     * @param id as the workflow names it
     * @param operation method and path template
     * @param outcome one word for how it ended
     * @param attempts how often its request was sent
     * @param status null where nothing was answered
     * @param cache what the cache did, in one word
     */
    public record Step(
            String id,
            String operation,
            String outcome,
            int attempts,
            @Nullable Integer status,
            String cache,
            Duration duration) {}

    public AuditEvent {
        steps = List.copyOf(steps);
    }

    /**
     * What is known of a call before anything is done about it.
     *
     * @param id one for each call, also told to the client where something went wrong inside
     * @param request the id that the client gave its request; null where there is none
     * @param trace the trace id of W3C Trace Context; null where the client told none that is well-formed
     */
    public record Began(
            Instant time,
            String id,
            @Nullable String request,
            @Nullable String trace,
            Where where,
            Who who,
            What what) {}

    /**
     * Where it was called.
     *
     * @param generation names the description and the settings that the platform was built from
     */
    public record Where(String platform, String generation) {}

    /**
     * Who called.
     *
     * @param groups that the token names, where groups play a part
     * @param scopes that the token holds
     * @param token a keyed hash of it; null where there is none
     */
    public record Who(
            @Nullable String issuer,
            @Nullable String subject,
            @Nullable String client,
            List<String> groups,
            List<String> scopes,
            @Nullable String token) {
        /** Somebody of whom nothing is known. */
        public static final Who NOBODY = new Who(null, null, null, List.of(), List.of(), null);

        public Who {
            groups = List.copyOf(groups);
            scopes = List.copyOf(scopes);
        }
    }

    /**
     * What was called.
     *
     * @param kind {@code tool}, {@code resource}, {@code prompt} or {@code task}; null where the request got no further than the
     *     door
     * @param tool what rules know it by; null where there is no such thing
     * @param resource the URI of the resource, or the template for it, without values; null where none was read
     * @param operation method and path template; null where there is none
     * @param needed the scopes that the tool asks for
     * @param arguments those of the names that the tool knows, without values
     * @param values those that are to be remembered
     */
    public record What(
            @Nullable String kind,
            @Nullable String tool,
            @Nullable String resource,
            @Nullable String operation,
            List<String> needed,
            List<String> arguments,
            List<Value> values) {
        /** Nothing that could be called. */
        public static final What NOTHING = none(null);

        public What {
            needed = List.copyOf(needed);
            arguments = List.copyOf(arguments);
            values = List.copyOf(values);
        }

        /** Something of that kind that does not exist. */
        public static What none(@Nullable String kind) {
            return new What(kind, null, null, null, List.of(), List.of(), List.of());
        }
    }

    /**
     * One argument with its value, or with a keyed hash of it.
     *
     * @param in where it goes in the request: {@code path}, {@code query}, {@code header}, {@code cookie}, {@code property}
     *     of the body, or {@code body} for all of it
     * @param name what it is called there
     * @param value null where it is a secret or too long to be kept
     * @param hmac of the value as JSON; null where the value is kept
     */
    public record Value(
            String argument,
            String in,
            String name,
            @Nullable JsonNode value,
            @Nullable String hmac) {}

    /**
     * What went to the platform, and what came of it.
     *
     * @param attempts how often the request was sent
     * @param status the last one that it answered; null where it did not
     * @param bytes of the last answer's body
     * @param duration from the first byte sent to the end of the last answer
     * @param cache what the cache did, in one word; {@code none} where it was not asked
     * @param age of the oldest that the cache told without asking the platform; null where it told nothing so
     */
    public record Sent(
            int attempts,
            @Nullable Integer status,
            long bytes,
            Duration duration,
            String cache,
            @Nullable Duration age) {
        /** Nothing at all. */
        public static final Sent NOTHING = new Sent(0, null, 0, Duration.ZERO, "none", null);
    }
}
