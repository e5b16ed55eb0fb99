package dev.wayleave.policy;

import dev.wayleave.caller.Caller;
import dev.wayleave.tool.ScopeRequirement;
import dev.wayleave.tool.Tool;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Some group of the caller is granted the tool, with the scopes that it needs. What no group grants is for nobody.
 *
 * @param claim the claim that lists the caller's groups; anything but a list of texts is no group at all
 */
public record Groups(String claim, List<GroupGrant> grants, ScopeRules rules, String origin) implements Rule {
    private static final String TOLD = "None of your groups may use this tool.";

    public Groups {
        grants = List.copyOf(grants);
    }

    /** The groups that the caller's token names, whether they are granted anything or not. */
    List<String> of(Caller caller) {
        List<String> groups = new ArrayList<>();
        if (caller.claimValue(claim) instanceof List<?> list) {
            for (Object group : list) {
                if (!(group instanceof String name)) {
                    return List.of();
                }
                groups.add(name);
            }
        }
        return groups;
    }

    @Override
    public Decision judge(Question question) {
        List<String> groups = of(question.caller());
        String why = groups.isEmpty() ? "the claim " + claim + " names no group" : "no group of the caller grants it";
        for (GroupGrant grant : grants) {
            if (!isFor(grant, groups, question.tool())) {
                continue;
            }
            if (!enough(grant, question.caller(), question.tool()).isEmpty()) {
                return new Decision.Allowed(grant.origin());
            }
            why = "the scopes of " + grant.origin() + " are not enough";
        }
        return new Decision.Forbidden(TOLD, why + " (" + origin + ")");
    }

    /** The alternatives of the tool that the token and one grant hold; empty where no grant is enough. */
    Optional<ScopeRequirement> granted(Caller caller, Tool tool) {
        List<String> groups = of(caller);
        Set<Set<String>> alternatives = new LinkedHashSet<>();
        for (GroupGrant grant : grants) {
            if (isFor(grant, groups, tool)) {
                alternatives.addAll(enough(grant, caller, tool));
            }
        }
        ScopeRequirement all = tool.scopes();
        return alternatives.isEmpty()
                ? Optional.empty()
                : Optional.of(new ScopeRequirement(List.copyOf(alternatives), all.declared(), all.origin()));
    }

    private static boolean isFor(GroupGrant grant, List<String> groups, Tool tool) {
        return groups.contains(grant.group()) && Globs.any(grant.tools(), tool.name());
    }

    /** The alternatives that are held by the grant, and by the token of whoever has one. */
    private List<Set<String>> enough(GroupGrant grant, Caller caller, Tool tool) {
        Set<String> granted = grant.scopes();
        return tool.scopes().alternatives().stream()
                .filter(needed ->
                        granted == null || rules.missing(needed, granted).isEmpty())
                .filter(needed -> caller.isAnonymous()
                        || rules.missing(needed, caller.scopes()).isEmpty())
                .toList();
    }
}
