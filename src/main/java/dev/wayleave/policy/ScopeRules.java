package dev.wayleave.policy;

import dev.wayleave.tool.ScopeRequirement;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Collections;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Which scopes a held scope stands for, beside itself.
 *
 * @param wildcards whether {@code *} as one of the parts between colons stands for any one part, never for more or fewer:
 *     {@code table:*} holds {@code table:read} and not {@code table:data:read}; a lone {@code *} stands for nothing
 * @param implies scopes that a scope brings along, and what those bring along in turn
 */
public record ScopeRules(boolean wildcards, Map<String, List<String>> implies) {
    /** What holds where nothing is configured. */
    public static final ScopeRules USUAL = new ScopeRules(true, Map.of());

    private static final int MOST_PARTS = 16;

    public ScopeRules {
        Map<String, List<String>> copy = new LinkedHashMap<>();
        implies.forEach((scope, others) -> copy.put(scope, List.copyOf(others)));
        implies = Collections.unmodifiableMap(copy);
    }

    /** What a call uses up of the held scopes: the least of the alternatives that are held, or what comes nearest. */
    public Set<String> needed(Set<String> held, ScopeRequirement required) {
        return required.leastOf(needed -> missing(needed, held));
    }

    /** Those of the needed scopes that are not held, in the order in which they are needed. */
    public Set<String> missing(Collection<String> needed, Set<String> held) {
        Set<String> missing = new LinkedHashSet<>(needed);
        missing.removeAll(held);
        if (!missing.isEmpty() && (wildcards || !implies.isEmpty())) {
            Set<String> all = implied(held);
            missing.removeIf(scope -> all.contains(scope) || all.stream().anyMatch(one -> covers(one, scope)));
        }
        return missing;
    }

    private Set<String> implied(Set<String> held) {
        if (implies.isEmpty()) {
            return held;
        }
        Set<String> all = new LinkedHashSet<>(held);
        Deque<String> open = new ArrayDeque<>(held);
        while (!open.isEmpty()) {
            String scope = open.pop();
            implies.forEach((from, others) -> {
                if (from.equals(scope) || covers(scope, from)) {
                    others.stream().filter(all::add).forEach(open::push);
                }
            });
        }
        return all;
    }

    private boolean covers(String held, String needed) {
        if (!wildcards || held.indexOf('*') < 0 || held.indexOf(':') < 0) {
            return false;
        }
        String[] pattern = held.split(":", MOST_PARTS);
        String[] parts = needed.split(":", MOST_PARTS);
        if (pattern.length != parts.length) {
            return false;
        }
        for (int i = 0; i < parts.length; i++) {
            if (!pattern[i].equals(parts[i]) && !(pattern[i].equals("*") && !parts[i].isEmpty())) {
                return false;
            }
        }
        return true;
    }
}
