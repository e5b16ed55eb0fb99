package dev.wayleave.policy;

import dev.wayleave.caller.Caller;
import dev.wayleave.tool.ScopeRequirement;
import dev.wayleave.tool.Tool;
import java.util.Set;

/** The one function that {@code tools/list} filters with and {@code tools/call} guards with. */
public final class Policy {
    /** Decides from the caller's claims and scopes, and what the tool's operation declares. */
    public Decision decide(Caller caller, Tool tool) {
        for (String claim : tool.claims()) {
            if (caller.claim(claim).isEmpty()) {
                return new Decision.MissingClaim(claim, "x-mcp.bind of an argument to the claim " + claim);
            }
        }
        if (caller.isAnonymous()) {
            return new Decision.Allowed("callers.verify: none");
        }
        ScopeRequirement required = tool.scopes();
        Set<String> missing = required.missing(caller.scopes());
        return missing.isEmpty()
                ? new Decision.Allowed(required.origin())
                : new Decision.InsufficientScope(required.nearest(caller.scopes()), missing, required.origin());
    }
}
