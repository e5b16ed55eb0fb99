package dev.wayleave.policy;

import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What the members of one group may use, of what their tokens allow.
 *
 * @param tools names, in which {@code *} stands for any characters; null for every tool
 * @param scopes the most that they may use of the token's scopes; null for all of them
 * @param origin where that is said
 */
public record GroupGrant(
        String group,
        @Nullable List<String> tools,
        @Nullable Set<String> scopes,
        String origin) {
    public GroupGrant {
        tools = tools == null ? null : List.copyOf(tools);
        scopes = scopes == null ? null : Set.copyOf(scopes);
    }
}
