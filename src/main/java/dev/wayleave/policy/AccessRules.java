package dev.wayleave.policy;

import com.fasterxml.jackson.databind.node.TextNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What is configured of who may do what, beside what the description asks for.
 *
 * @param gate what opens everything; null where everything is open
 * @param unscopedDenied where it is said that tools without declared security are for nobody; null where nobody said so
 * @param groups what groups are granted; null where groups play no part
 * @param level what the platform's own level allows; null where there is none
 * @param conditions what else must be true
 * @param arguments what named arguments must be
 */
public record AccessRules(
        @Nullable Gate gate,
        @Nullable String unscopedDenied,
        ScopeRules scopes,
        @Nullable Groups groups,
        @Nullable AccessLevel level,
        List<Condition> conditions,
        List<ArgumentEquals> arguments) {
    /** Nothing beside what the description asks for. */
    public static final AccessRules NONE =
            new AccessRules(null, null, ScopeRules.USUAL, null, null, List.of(), List.of());

    public AccessRules {
        conditions = List.copyOf(conditions);
        arguments = List.copyOf(arguments);
    }

    /** The same where the platform tells everybody this level; unchanged where levels play no part. */
    public AccessRules at(String name) {
        AccessLevel stated = level == null
                ? null
                : new AccessLevel(caller -> Optional.of(TextNode.valueOf(name)), level.levels(), level.origin());
        return new AccessRules(gate, unscopedDenied, scopes, groups, stated, conditions, arguments);
    }

    /** The same with its gate open. */
    public AccessRules open() {
        return new AccessRules(null, unscopedDenied, scopes, groups, level, conditions, arguments);
    }

    /** In the order in which they are asked. */
    List<Rule> inOrder() {
        List<Rule> rules = new ArrayList<>();
        add(rules, gate);
        rules.add(new BoundClaims());
        if (unscopedDenied != null) {
            rules.add(new UndeclaredSecurity(unscopedDenied));
        }
        rules.add(new TokenScopes(scopes));
        add(rules, groups);
        add(rules, level);
        rules.addAll(conditions);
        rules.addAll(arguments);
        return List.copyOf(rules);
    }

    private static void add(List<Rule> rules, @Nullable Rule rule) {
        if (rule != null) {
            rules.add(rule);
        }
    }
}
