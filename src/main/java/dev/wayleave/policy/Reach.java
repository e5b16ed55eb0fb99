package dev.wayleave.policy;

import dev.wayleave.caller.Caller;
import dev.wayleave.tool.Tool;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Tells the tools that no grant could ever reach, by asking the policy for a caller with every scope, claim and group that
 * counts, at every level. Gate, conditions and rules about arguments are left aside: what they say of every caller that
 * may come, nobody can tell.
 */
public final class Reach {
    private final List<Policy> levels;
    private final Map<String, Object> groups;

    public Reach(AccessRules access) {
        AccessRules always = new AccessRules(
                null, access.unscopedDenied(), access.scopes(), access.groups(), access.level(), List.of(), List.of());
        AccessLevel level = access.level();
        this.levels = level == null
                ? List.of(new Policy(always))
                : level.levels().keySet().stream()
                        .map(name -> new Policy(always.at(name)))
                        .toList();
        Groups named = access.groups();
        this.groups = named == null
                ? Map.of()
                : Map.of(
                        named.claim(),
                        named.grants().stream().map(GroupGrant::group).toList());
    }

    /** The reason why nobody can be allowed to use the tool; empty where somebody can. */
    public Optional<String> barred(Tool tool) {
        Set<String> scopes = new HashSet<>();
        tool.scopes().alternatives().forEach(scopes::addAll);
        Map<String, Object> claims = new HashMap<>();
        tool.claims().forEach(claim -> claims.put(claim, "any"));
        claims.putAll(groups);
        Caller most = new Caller("any", "any", null, scopes, claims, Instant.MAX, null);
        String reason = "there is no level";
        for (Policy policy : levels) {
            switch (policy.decide(most, tool)) {
                case Decision.Allowed allowed -> {
                    return Optional.empty();
                }
                case Decision.Denied denied -> reason = denied.reason();
            }
        }
        return Optional.of(reason);
    }
}
