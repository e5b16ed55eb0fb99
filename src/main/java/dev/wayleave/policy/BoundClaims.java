package dev.wayleave.policy;

import org.jspecify.annotations.Nullable;

/** The token has every claim that an argument of the tool is bound to. */
record BoundClaims() implements Rule {
    @Override
    public @Nullable Decision judge(Question question) {
        for (String claim : question.tool().claims()) {
            if (question.caller().claim(claim).isEmpty()) {
                return new Decision.MissingClaim(
                        claim,
                        "x-mcp needs the claim " + claim + " at "
                                + question.tool().work().source());
            }
        }
        return null;
    }
}
