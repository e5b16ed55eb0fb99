package dev.wayleave.policy;

import org.jspecify.annotations.Nullable;

/**
 * A tool whose description asks for no particular scope, because it declares no security, is for nobody.
 *
 * @param origin where that is said
 */
record UndeclaredSecurity(String origin) implements Rule {
    @Override
    public @Nullable Decision judge(Question question) {
        return question.tool().isUnscoped()
                ? new Decision.Forbidden(
                        "This tool is not offered.",
                        "access.unscoped: deny at " + origin + "; "
                                + question.tool().scopes().origin())
                : null;
    }
}
