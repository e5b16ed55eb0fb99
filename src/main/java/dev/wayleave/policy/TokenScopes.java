package dev.wayleave.policy;

import dev.wayleave.tool.ScopeRequirement;
import java.util.Set;

/** The token holds the scopes of one of the tool's alternatives. Nobody who was not verified is asked for any. */
record TokenScopes(ScopeRules rules) implements Rule {
    @Override
    public Decision judge(Question question) {
        if (question.caller().isAnonymous()) {
            return new Decision.Allowed("callers.verify: none");
        }
        ScopeRequirement required = question.tool().scopes();
        Set<String> held = question.caller().scopes();
        Set<String> nearest = required.nearest(needed -> rules.missing(needed, held));
        Set<String> missing = rules.missing(nearest, held);
        return missing.isEmpty()
                ? new Decision.Allowed(required.origin())
                : new Decision.InsufficientScope(nearest, missing, required.origin());
    }
}
