package dev.wayleave.policy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wayleave.tool.ScopeRequirement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class LeastScopesTest {
    private static final ScopeRules EXACT = new ScopeRules(false, Map.of());

    /** Each text an alternative of scopes parted by blanks. */
    private static ScopeRequirement needs(String... alternatives) {
        return new ScopeRequirement(
                Arrays.stream(alternatives)
                        .map(text -> text.isEmpty() ? Set.<String>of() : Set.of(text.split(" ", -1)))
                        .toList(),
                true,
                "test");
    }

    private static Set<String> least(ScopeRules rules, ScopeRequirement... required) {
        LeastScopes least = LeastScopes.of(List.of(required), rules);
        assertThat(least.exact()).isTrue();
        return least.scopes();
    }

    @Test
    void alternativesAreChosenSoThatTheyOverlap() {
        assertThat(least(EXACT, needs("a", "x"), needs("b", "x"), needs("c d", "x c")))
                .containsExactly("c", "x");
    }

    @Test
    void whatAsksForNothingCostsNothing() {
        assertThat(least(EXACT, needs(""), needs("a", ""))).isEmpty();
    }

    @Test
    void aScopeThatBringsAnotherAlongStandsForBoth() {
        ScopeRules rules = new ScopeRules(true, Map.of("write", List.of("read")));

        assertThat(least(rules, needs("read"), needs("write"))).containsExactly("write");
        assertThat(least(rules, needs("db:read"), needs("db:*"))).containsExactly("db:*");
    }

    @Test
    void ofEquallyFewTheNarrowerIsTaken() {
        ScopeRules rules = new ScopeRules(false, Map.of("all", List.of("read")));

        assertThat(least(rules, needs("all", "read"))).containsExactly("read");
    }

    @Test
    void aSearchThatIsGivenUpStillGivesEnough() {
        Random random = new Random(7);
        List<ScopeRequirement> required = new ArrayList<>();
        for (int i = 0; i < 120; i++) {
            Set<Set<String>> alternatives = new HashSet<>();
            for (int j = 0; j < 4; j++) {
                alternatives.add(Set.of("s" + random.nextInt(60)));
            }
            required.add(new ScopeRequirement(List.copyOf(alternatives), true, "test"));
        }
        LeastScopes least = LeastScopes.of(required, EXACT);

        assertThat(least.exact()).isFalse();
        assertThat(required).allMatch(one -> isEnough(least.scopes(), one, EXACT));
    }

    @Test
    void noSetOfTheSameScopesIsSmaller() {
        long seed = Long.getLong("seed", System.nanoTime());
        System.out.println("least scopes: seed " + seed);
        Random random = new Random(seed);
        for (int round = 0; round < 300; round++) {
            int scopes = 1 + random.nextInt(12);
            ScopeRules rules = rules(random, scopes);
            List<ScopeRequirement> required = IntStream.rangeClosed(0, random.nextInt(8))
                    .mapToObj(i -> requirement(random, scopes))
                    .toList();
            LeastScopes least = LeastScopes.of(required, rules);

            assertThat(least.exact()).isTrue();
            assertThat(required)
                    .as("seed " + seed + " round " + round + ": " + required + " " + rules)
                    .allMatch(one -> isEnough(least.scopes(), one, rules));
            assertThat(least.scopes())
                    .as("seed " + seed + " round " + round + ": " + required + " " + rules)
                    .hasSize(bruteForce(required, rules));
            assertThat(LeastScopes.of(required, rules)).isEqualTo(least);
        }
    }

    private static ScopeRules rules(Random random, int scopes) {
        return random.nextBoolean()
                ? EXACT
                : new ScopeRules(
                        true,
                        Map.of(
                                name(random, scopes),
                                List.of(name(random, scopes), name(random, scopes)),
                                "none",
                                List.of(name(random, scopes))));
    }

    private static String name(Random random, int scopes) {
        int number = random.nextInt(scopes);
        return number == 0 ? "s:*" : "s:" + (char) ('a' + number);
    }

    private static ScopeRequirement requirement(Random random, int scopes) {
        List<Set<String>> alternatives = new ArrayList<>();
        for (int i = 0; i <= random.nextInt(4); i++) {
            Set<String> alternative = new HashSet<>();
            for (int j = 0; j < random.nextInt(5) + (random.nextInt(8) == 0 ? 0 : 1); j++) {
                alternative.add(name(random, scopes));
            }
            alternatives.add(alternative);
        }
        return new ScopeRequirement(alternatives, true, "test");
    }

    private static boolean isEnough(Set<String> held, ScopeRequirement required, ScopeRules rules) {
        return required.alternatives().stream()
                .anyMatch(needed -> rules.missing(needed, held).isEmpty());
    }

    private static int bruteForce(List<ScopeRequirement> required, ScopeRules rules) {
        Set<String> all = new TreeSet<>();
        required.forEach(one -> one.alternatives().forEach(all::addAll));
        List<String> names = List.copyOf(all);
        return IntStream.range(0, 1 << names.size())
                .filter(bits -> {
                    Set<String> held = new HashSet<>();
                    IntStream.range(0, names.size())
                            .filter(i -> (bits >> i & 1) == 1)
                            .forEach(i -> held.add(names.get(i)));
                    return required.stream().allMatch(one -> isEnough(held, one, rules));
                })
                .map(Integer::bitCount)
                .min()
                .orElseThrow();
    }
}
