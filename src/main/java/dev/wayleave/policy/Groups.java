package dev.wayleave.policy;

import dev.wayleave.caller.Caller;
import dev.wayleave.tool.ScopeRequirement;
import java.util.ArrayList;
import java.util.List;
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
            if (!groups.contains(grant.group())) {
                continue;
            }
            if (!Globs.any(grant.tools(), question.tool().name())) {
                continue;
            }
            if (enough(grant, question)) {
                return new Decision.Allowed(grant.origin());
            }
            why = "the scopes of " + grant.origin() + " are not enough";
        }
        return new Decision.Forbidden(TOLD, why + " (" + origin + ")");
    }

    /** Whether an alternative is held by the token and by the grant. */
    private boolean enough(GroupGrant grant, Question question) {
        Set<String> granted = grant.scopes();
        if (granted == null) {
            return true;
        }
        ScopeRequirement required = question.tool().scopes();
        Set<String> held = question.caller().scopes();
        return required.alternatives().stream()
                .anyMatch(needed -> rules.missing(needed, granted).isEmpty()
                        && (question.caller().isAnonymous()
                                || rules.missing(needed, held).isEmpty()));
    }
}
