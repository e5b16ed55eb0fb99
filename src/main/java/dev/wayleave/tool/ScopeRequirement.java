package dev.wayleave.tool;

import dev.wayleave.openapi.Operation;
import dev.wayleave.openapi.SecurityRequirement;
import dev.wayleave.openapi.Source;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;

/**
 * The scopes that an operation needs: alternatives, each of which is a set that must be held whole.
 *
 * @param alternatives never empty; an empty alternative asks for no scope
 * @param declared whether anybody said so; otherwise the description is silent, and no scope is asked for
 * @param origin where that is said, for people
 */
public record ScopeRequirement(List<Set<String>> alternatives, boolean declared, String origin) {
    /** A scope token (RFC 6749 §3.3). */
    private static final Pattern SCOPE = Pattern.compile("[\\x21\\x23-\\x5b\\x5d-\\x7e]+");

    private static final int MOST_ALTERNATIVES = 64;

    public ScopeRequirement {
        alternatives = List.copyOf(alternatives);
        if (alternatives.isEmpty()) {
            throw new IllegalArgumentException("no alternative");
        }
    }

    static ScopeRequirement of(Operation operation) throws UnusableOperation {
        List<SecurityRequirement> security = operation.security();
        if (security == null) {
            return new ScopeRequirement(List.of(Set.of()), false, "no security declared for " + operation.source());
        }
        if (security.isEmpty()) {
            return new ScopeRequirement(List.of(Set.of()), true, "security: [] of " + operation.source());
        }
        List<Set<String>> alternatives =
                security.stream().map(ScopeRequirement::scopes).toList();
        for (Set<String> alternative : alternatives) {
            if (!alternative.stream().allMatch(ScopeRequirement::isScope)) {
                throw new UnusableOperation("its security names a scope that no token can hold");
            }
        }
        return new ScopeRequirement(alternatives, true, "security of " + operation.source());
    }

    /** What {@code x-mcp} says in place of the description: alternatives, each of which must be held whole. */
    static ScopeRequirement said(List<List<String>> alternatives, Source source) {
        return new ScopeRequirement(
                alternatives.stream()
                        .map(needed -> Collections.unmodifiableSet(new LinkedHashSet<>(needed)))
                        .toList(),
                true,
                "x-mcp.scopes of " + source);
    }

    /** What all of these need together: one alternative of each. */
    static ScopeRequirement all(List<ScopeRequirement> parts, String origin) throws UnusableOperation {
        Set<Set<String>> together = new LinkedHashSet<>(List.of(Set.of()));
        for (ScopeRequirement part : parts) {
            Set<Set<String>> longer = new LinkedHashSet<>();
            for (Set<String> one : together) {
                for (Set<String> other : part.alternatives) {
                    Set<String> both = new LinkedHashSet<>(one);
                    both.addAll(other);
                    longer.add(Collections.unmodifiableSet(both));
                }
            }
            if (longer.size() > MOST_ALTERNATIVES) {
                throw new UnusableOperation("its steps need too many alternative scopes; say which with x-mcp.scopes");
            }
            together = longer;
        }
        return new ScopeRequirement(List.copyOf(together), parts.stream().allMatch(ScopeRequirement::declared), origin);
    }

    static boolean isScope(String text) {
        return SCOPE.matcher(text).matches();
    }

    /**
     * The alternative that lacks least; of several, the one that asks for least.
     *
     * @param lacking what is not held of one
     */
    public Set<String> nearest(Function<Set<String>, Set<String>> lacking) {
        return alternatives.stream()
                .min(Comparator.comparingInt(
                                (Set<String> needed) -> lacking.apply(needed).size())
                        .thenComparingInt(Set::size))
                .orElseThrow();
    }

    /**
     * What a token for one call has to have: of the alternatives that are held whole, the one with the fewest scopes that
     * asks for any, or none at all; where none is held, the one that lacks least.
     *
     * @param lacking what is not held of one
     */
    public Set<String> leastOf(Function<Set<String>, Set<String>> lacking) {
        return alternatives.stream()
                .filter(needed -> lacking.apply(needed).isEmpty())
                .min(Comparator.comparingInt(needed -> needed.isEmpty() ? Integer.MAX_VALUE : needed.size()))
                .orElseGet(() -> nearest(lacking));
    }

    private static Set<String> scopes(SecurityRequirement requirement) {
        Set<String> scopes = new LinkedHashSet<>();
        requirement.schemes().values().forEach(scopes::addAll);
        return Collections.unmodifiableSet(scopes);
    }
}
