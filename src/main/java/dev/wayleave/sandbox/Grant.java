package dev.wayleave.sandbox;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a person gave to a client.
 *
 * @param id shared by all tokens that come from one approval
 * @param group the one group it is pinned to; null for the whole organization
 */
record Grant(
        String id,
        String subject,
        String client,
        String organization,
        @Nullable String group,
        Set<Scope> scopes) {
    Grant {
        scopes = Set.copyOf(scopes);
        if (scopes.isEmpty()) {
            throw new IllegalArgumentException("a grant has at least one scope");
        }
    }

    Grant narrowedTo(Set<Scope> fewer) {
        return new Grant(id, subject, client, organization, group, fewer);
    }

    /** Refuses with 403 where the scope was not granted. */
    void require(Scope scope) {
        if (!scopes.contains(scope)) {
            throw Refused.insufficientScope(scope);
        }
    }

    /** Whether a group, and what is in it, may be seen. */
    boolean sees(String otherGroup) {
        return group == null || group.equals(otherGroup);
    }
}
