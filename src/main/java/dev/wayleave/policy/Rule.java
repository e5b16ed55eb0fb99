package dev.wayleave.policy;

import org.jspecify.annotations.Nullable;

/** One thing that must hold. */
interface Rule {
    /** What this rule says, or null where it has nothing to say of such a question. */
    @Nullable
    Decision judge(Question question);
}
