package dev.wayleave.platform;

import dev.wayleave.caller.ClaimRules;
import dev.wayleave.config.Settings;
import java.time.Duration;
import java.util.List;

/** Reads what callers' claims must be like. */
final class CallerClaims {
    private CallerClaims() {}

    /**
     * Reads it from {@code callers}.
     *
     * @param audience where none is configured
     */
    static ClaimRules read(Settings s, List<String> audience) {
        return new ClaimRules(
                otherwise(s.texts("audience"), audience),
                s.flag("audience-exclusive", false),
                s.duration("clock-skew", ClaimRules.DEFAULT_CLOCK_SKEW),
                s.text("scope-claim").orElse(ClaimRules.DEFAULT_SCOPE_CLAIM),
                s.textLists("require-claims"),
                s.has("max-age") ? s.duration("max-age", Duration.ofDays(1)) : null);
    }

    /** Reads what one of several issuers has of its own; the rest is as for all. */
    static ClaimRules read(Settings s, ClaimRules all) {
        return new ClaimRules(
                otherwise(s.texts("audience"), all.audience()),
                all.audienceExclusive(),
                all.clockSkew(),
                s.text("scope-claim").orElse(all.scopeClaim()),
                s.has("require-claims") ? s.textLists("require-claims") : all.requireClaims(),
                all.maxAge());
    }

    static List<String> otherwise(List<String> found, List<String> otherwise) {
        return found.isEmpty() ? otherwise : found;
    }
}
