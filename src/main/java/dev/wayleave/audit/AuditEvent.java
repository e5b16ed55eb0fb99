package dev.wayleave.audit;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is remembered of one call, whatever its end. It holds no argument's value and no token.
 *
 * @param id one for each call, also told to the client where something went wrong inside
 * @param kind what was asked for, {@code tool} or {@code resource}; null where the request got no further than the door
 * @param tool what rules know it by; null where there is no such thing
 * @param resource the URI of the resource, or the template for it, without values; null where none was read
 * @param operation method and path template; null where there is none
 * @param groups that the token names, where groups play a part
 * @param scopes that the token holds
 * @param needed those that the tool asks for
 * @param arguments those of the names that the tool knows, without values
 * @param decision {@code allow} or {@code deny}
 * @param reason the rule that denied, or every rule that allowed, and where each stands
 * @param outcome one word for how the call ended
 * @param upstreamStatus the platform's status; null where it was not asked or did not answer
 * @param steps what was done one by one, where the tool has steps
 */
public record AuditEvent(
        Instant time,
        String id,
        String platform,
        @Nullable String issuer,
        @Nullable String subject,
        @Nullable String client,
        List<String> groups,
        List<String> scopes,
        @Nullable String kind,
        @Nullable String tool,
        @Nullable String resource,
        @Nullable String operation,
        List<String> needed,
        List<String> arguments,
        String decision,
        String reason,
        String outcome,
        @Nullable Integer upstreamStatus,
        Duration duration,
        List<Step> steps) {
    /**
     * One step of the tool.
     *
     * @param id as the workflow names it
     * @param operation method and path template
     * @param outcome one word for how it ended
     * @param status null where nothing was answered
     */
    public record Step(
            String id,
            String operation,
            String outcome,
            @Nullable Integer status,
            Duration duration) {}

    public AuditEvent {
        groups = List.copyOf(groups);
        scopes = List.copyOf(scopes);
        needed = List.copyOf(needed);
        arguments = List.copyOf(arguments);
        steps = List.copyOf(steps);
    }
}
