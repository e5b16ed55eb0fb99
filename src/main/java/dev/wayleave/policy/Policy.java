package dev.wayleave.policy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.wayleave.caller.Caller;
import dev.wayleave.tool.ScopeRequirement;
import dev.wayleave.tool.Tool;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The one function that {@code tools/list} filters with, {@code tools/call} guards with and {@code explain} prints: rules
 * in their order, of which the first that denies decides.
 */
public final class Policy {
    private final AccessRules access;
    private final List<Rule> rules;

    public Policy(AccessRules access) {
        this.access = access;
        this.rules = access.inOrder();
    }

    /** Whether the caller is to be offered the tool, and may call it with arguments that the rules allow. */
    public Decision decide(Caller caller, Tool tool) {
        return decide(new Question(caller, tool, null));
    }

    /**
     * Whether the caller may make this call.
     *
     * @param arguments as they would be sent, by their names in the tool
     */
    public Decision decide(Caller caller, Tool tool, ObjectNode arguments) {
        return decide(new Question(caller, tool, arguments));
    }

    /** Why the caller gets nothing at all here; null where the door is open. */
    public Decision.@Nullable Forbidden closed(Caller caller) {
        Gate gate = access.gate();
        return gate != null && gate.judge(caller) instanceof Decision.Forbidden closed ? closed : null;
    }

    /** The scopes that this caller's token uses up for the tool: of those that the caller's groups are granted, where they play a part. */
    public Set<String> needed(Caller caller, Tool tool) {
        Groups groups = access.groups();
        ScopeRequirement required =
                groups == null ? tool.scopes() : groups.granted(caller, tool).orElse(tool.scopes());
        return access.scopes().needed(caller.scopes(), required);
    }

    /** The groups that the caller's token names; none where groups play no part. */
    public List<String> groups(Caller caller) {
        Groups groups = access.groups();
        return groups == null ? List.of() : groups.of(caller);
    }

    private Decision decide(Question question) {
        List<String> reasons = new ArrayList<>();
        for (Rule rule : rules) {
            switch (rule.judge(question)) {
                case Decision.Denied denied -> {
                    return denied;
                }
                case Decision.Allowed allowed -> reasons.add(allowed.reason());
                case null -> {}
            }
        }
        return new Decision.Allowed(String.join("; ", reasons));
    }
}
