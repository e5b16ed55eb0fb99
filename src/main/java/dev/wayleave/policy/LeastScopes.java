package dev.wayleave.policy;

import dev.wayleave.tool.ScopeRequirement;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The fewest of the scopes that are named with which a token satisfies every one of some requirements; of equally few, the
 * narrower are tried first. The same question has the same answer.
 *
 * @param scopes sorted
 * @param exact whether there are no fewer; otherwise the search was given up, and these are just enough
 */
public record LeastScopes(Set<String> scopes, boolean exact) {
    public LeastScopes {
        scopes = Collections.unmodifiableSet(new TreeSet<>(scopes));
    }

    /** Looks for them. */
    public static LeastScopes of(List<ScopeRequirement> required, ScopeRules rules) {
        return new Search(required, rules).least();
    }

    /**
     * By iterative deepening: any solution has some scope that the most constrained open requirement lacks. What was tried
     * at a fork is out of bounds for the branches after it, so that no set is looked at twice.
     */
    private static final class Search {
        private static final int MOST_STEPS = 50_000;
        private final List<String> names = new ArrayList<>();
        private final List<BitSet> covers = new ArrayList<>();
        private final Set<List<BitSet>> required = new LinkedHashSet<>();
        private int steps;

        Search(List<ScopeRequirement> requirements, ScopeRules rules) {
            Set<String> all = new TreeSet<>();
            requirements.forEach(one -> one.alternatives().forEach(all::addAll));
            List<String> narrowFirst = new ArrayList<>(all);
            narrowFirst.sort(Comparator.comparingInt(
                    scope -> all.size() - rules.missing(all, Set.of(scope)).size()));
            names.addAll(narrowFirst);
            for (String scope : names) {
                BitSet covered = bits(all);
                covered.andNot(bits(rules.missing(all, Set.of(scope))));
                covers.add(covered);
            }
            requirements.forEach(one ->
                    required.add(one.alternatives().stream().map(this::bits).toList()));
        }

        LeastScopes least() {
            BitSet enough = enough();
            for (int size = 0; size <= enough.cardinality(); size++) {
                BitSet found = search(new BitSet(), new BitSet(), size);
                if (found != null) {
                    return new LeastScopes(named(found), true);
                }
                if (steps > MOST_STEPS) {
                    return new LeastScopes(named(enough), size == enough.cardinality());
                }
            }
            return new LeastScopes(named(enough), true);
        }

        private @Nullable BitSet search(BitSet chosen, BitSet tried, int left) {
            if (++steps > MOST_STEPS) {
                return null;
            }
            BitSet held = held(chosen);
            Optional<List<Integer>> fork = required.stream()
                    .filter(alternatives -> !holds(alternatives, held))
                    .map(alternatives -> candidates(alternatives, held, tried))
                    .min(Comparator.comparingInt(List::size));
            if (fork.isEmpty()) {
                return chosen;
            }
            BitSet out = copy(tried);
            for (int candidate : left == 0 ? List.<Integer>of() : fork.get()) {
                BitSet more = copy(chosen);
                more.set(candidate);
                BitSet found = search(more, out, left - 1);
                if (found != null) {
                    return found;
                }
                out.set(candidate);
            }
            return null;
        }

        /** What adds something to an alternative that can still be held whole. */
        private List<Integer> candidates(List<BitSet> alternatives, BitSet held, BitSet tried) {
            BitSet free = new BitSet();
            free.set(0, names.size());
            free.andNot(tried);
            BitSet reachable = held(free);
            reachable.or(held);
            BitSet wanted = new BitSet();
            for (BitSet needed : alternatives) {
                if (isWithin(needed, reachable)) {
                    wanted.or(needed);
                }
            }
            wanted.andNot(held);
            return free.stream()
                    .filter(scope -> covers.get(scope).intersects(wanted))
                    .boxed()
                    .toList();
        }

        /** Enough, if not least: the shortest alternative of each, less what the others bring along. */
        private BitSet enough() {
            BitSet chosen = new BitSet();
            for (List<BitSet> alternatives : required) {
                if (!holds(alternatives, held(chosen))) {
                    alternatives.stream()
                            .min(Comparator.comparingInt(BitSet::cardinality))
                            .ifPresent(chosen::or);
                }
            }
            for (int scope : copy(chosen).stream().toArray()) {
                chosen.clear(scope);
                BitSet held = held(chosen);
                if (!required.stream().allMatch(alternatives -> holds(alternatives, held))) {
                    chosen.set(scope);
                }
            }
            return chosen;
        }

        private BitSet held(BitSet chosen) {
            BitSet held = new BitSet();
            chosen.stream().forEach(scope -> held.or(covers.get(scope)));
            return held;
        }

        private static boolean holds(List<BitSet> alternatives, BitSet held) {
            return alternatives.stream().anyMatch(needed -> isWithin(needed, held));
        }

        private static boolean isWithin(BitSet needed, BitSet held) {
            BitSet lacking = copy(needed);
            lacking.andNot(held);
            return lacking.isEmpty();
        }

        private static BitSet copy(BitSet bits) {
            return BitSet.valueOf(bits.toLongArray());
        }

        private BitSet bits(Set<String> scopes) {
            BitSet bits = new BitSet();
            scopes.forEach(scope -> bits.set(names.indexOf(scope)));
            return bits;
        }

        private Set<String> named(BitSet bits) {
            Set<String> scopes = new TreeSet<>();
            bits.stream().forEach(scope -> scopes.add(names.get(scope)));
            return scopes;
        }
    }
}
