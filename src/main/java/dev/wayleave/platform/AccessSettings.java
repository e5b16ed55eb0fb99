package dev.wayleave.platform;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.wayleave.caller.Caller;
import dev.wayleave.config.InvalidConfiguration;
import dev.wayleave.config.Settings;
import dev.wayleave.policy.AccessLevel;
import dev.wayleave.policy.AccessRules;
import dev.wayleave.policy.ArgumentEquals;
import dev.wayleave.policy.Condition;
import dev.wayleave.policy.Gate;
import dev.wayleave.policy.Globs;
import dev.wayleave.policy.GroupGrant;
import dev.wayleave.policy.Groups;
import dev.wayleave.policy.PlatformFact;
import dev.wayleave.policy.ScopeRules;
import dev.wayleave.tool.Catalog;
import dev.wayleave.tool.Handling.Access;
import dev.wayleave.tool.Tool;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Reads {@code access}: who may do what, beside what the description asks for. */
final class AccessSettings {
    private static final Duration USUAL_TTL = Duration.ofSeconds(5);
    private static final Duration LONGEST_TTL = Duration.ofMinutes(1);
    private static final Map<String, List<String>> USUAL_LEVELS = Map.of(
            "DISABLED", List.of(),
            "READ_ONLY", List.of("read"),
            "DATA_ONLY", List.of("read", "data"),
            "FULL", List.of("read", "data", "schema"));
    private static final Map<String, Access> CLASSES =
            Map.of("read", Access.READ, "data", Access.DATA, "schema", Access.SCHEMA);

    private final Catalog catalog;
    private final Facts facts;

    /** Makes what asks an operation of the platform for one place of its answer. */
    interface Facts {
        PlatformFact of(Tool operation, JsonPointer pointer, Duration ttl, ScopeRules scopes);
    }

    private AccessSettings(Catalog catalog, Facts facts) {
        this.catalog = catalog;
        this.facts = facts;
    }

    static AccessRules read(Settings platform, Catalog catalog, Facts facts) {
        return platform.child("access")
                .map(access -> access.read(new AccessSettings(catalog, facts)::rules))
                .orElse(AccessRules.NONE);
    }

    private AccessRules rules(Settings s) {
        boolean allowed = s.choice("unscoped", Map.of("allow", true, "deny", false), true);
        ScopeRules scopes = s.child("scopes")
                .map(child -> child.read(AccessSettings::scopes))
                .orElse(ScopeRules.USUAL);
        return new AccessRules(
                s.child("gate")
                        .map(child -> child.read(gate -> gate(gate, scopes)))
                        .orElse(null),
                allowed ? null : origin(s, "unscoped"),
                scopes,
                s.child("groups")
                        .map(child -> child.read(groups -> groups(groups, scopes)))
                        .orElse(null),
                s.child("level")
                        .map(child -> child.read(level -> level(level, scopes)))
                        .orElse(null),
                s.list("rules").stream().map(rule -> rule.read(this::condition)).toList(),
                arguments(s));
    }

    private static ScopeRules scopes(Settings s) {
        return new ScopeRules(s.flag("wildcards", true), s.textsByName("implies"));
    }

    private Groups groups(Settings s, ScopeRules scopes) {
        String claim = s.required("claim", "is the claim that lists the groups of a caller");
        List<GroupGrant> grants = new ArrayList<>();
        s.children("grants")
                .forEach((group, grant) -> grants.add(grant.read(g -> new GroupGrant(
                        group,
                        g.has("tools") ? tools(g) : null,
                        g.has("scopes") ? Set.copyOf(g.texts("scopes")) : null,
                        g.path() + " (" + g.file("tools") + ")"))));
        if (grants.isEmpty()) {
            throw new InvalidConfiguration(
                    s.path("grants") + " is missing (" + s.file("grants") + "): it says what each group may use");
        }
        return new Groups(claim, grants, scopes, origin(s, "grants"));
    }

    private List<String> tools(Settings s) {
        List<String> tools = s.texts("tools");
        for (String glob : tools) {
            boolean known = Stream.concat(catalog.tools().stream(), catalog.readable().byName().values().stream())
                    .anyMatch(tool -> Globs.any(List.of(glob), tool.name()));
            if (!known) {
                throw new InvalidConfiguration(
                        s.path("tools") + " (" + s.file("tools") + ") names " + glob + ", which is no tool");
            }
        }
        return tools;
    }

    private AccessLevel level(Settings s, ScopeRules scopes) {
        Map<String, List<String>> named = s.textsByName("levels");
        Map<String, Set<Access>> levels = new LinkedHashMap<>();
        (named.isEmpty() ? USUAL_LEVELS : named).forEach((level, classes) -> levels.put(level, classes(s, classes)));
        return new AccessLevel(fact(s, scopes), levels, origin(s, "operation"));
    }

    private static Set<Access> classes(Settings s, List<String> names) {
        Set<Access> classes = new LinkedHashSet<>();
        for (String name : names) {
            Access access = CLASSES.get(name);
            if (access == null) {
                throw s.wrong("levels", "lists of read, data and schema by level");
            }
            classes.add(access);
        }
        return classes;
    }

    private Gate gate(Settings s, ScopeRules scopes) {
        String message = s.required("message", "is what a client is told where the gate is closed");
        String wanted = s.text("contains").orElse(null);
        Optional<String> claim = s.text("claim");
        if (claim.isPresent() == s.has("operation")) {
            throw new InvalidConfiguration(s.path() + " (" + s.file("message")
                    + ") needs a claim or an operation to look at, and only one of them");
        }
        Function<Caller, Optional<JsonNode>> value = claim.<Function<Caller, Optional<JsonNode>>>map(
                        name -> caller -> json(caller.claimValue(name)))
                .orElseGet(() -> fact(s, scopes)::of);
        return new Gate(value, wanted, message, origin(s, "message"));
    }

    private static Optional<JsonNode> json(@Nullable Object claim) {
        return switch (claim) {
            case String text -> Optional.of(TextNode.valueOf(text));
            case Boolean flag -> Optional.of(BooleanNode.valueOf(flag));
            case Number number -> Optional.of(TextNode.valueOf(number.toString()));
            case List<?> list -> {
                var array = JsonNodeFactory.instance.arrayNode();
                list.forEach(element -> array.add(String.valueOf(element)));
                yield Optional.of(array);
            }
            case null, default -> Optional.empty();
        };
    }

    private PlatformFact fact(Settings s, ScopeRules scopes) {
        String named = s.required("operation", "is the operation that is asked: an operationId, or GET /path");
        Tool operation = catalog.internal(named)
                .orElseThrow(() -> s.wrong("operation", "an operation of the description that can be called"));
        if (!operation.handling().safe()
                || !operation.inputSchema().path("required").isEmpty()) {
            throw s.wrong("operation", "one that only reads, with every required argument bound by x-mcp");
        }
        Duration ttl = s.duration("ttl", USUAL_TTL);
        if (ttl.compareTo(LONGEST_TTL) > 0) {
            throw s.wrong("ttl", "at most 1m");
        }
        return facts.of(operation, pointer(s), ttl, scopes);
    }

    private static JsonPointer pointer(Settings s) {
        try {
            return JsonPointer.compile(s.required("pointer", "is the place of the answer to look at, such as /level"));
        } catch (IllegalArgumentException e) {
            throw s.wrong("pointer", "a JSON pointer such as /data/level");
        }
    }

    private Condition condition(Settings s) {
        String expression = s.required("require", "is a condition in CEL that must be true");
        try {
            return new Condition(
                    expression,
                    s.has("tools") ? tools(s) : null,
                    s.text("message").orElse(null),
                    origin(s, "require"));
        } catch (IllegalArgumentException e) {
            throw new InvalidConfiguration(
                    s.path("require") + " (" + s.file("require") + ") is no condition: " + e.getMessage());
        }
    }

    private static List<ArgumentEquals> arguments(Settings s) {
        List<ArgumentEquals> rules = new ArrayList<>();
        s.children("arguments")
                .forEach((name, rule) -> rules.add(rule.read(r -> {
                    List<String> places = places(name, r);
                    String claim = r.required("claim", "is the claim that the argument must equal");
                    return new ArgumentEquals(name, claim, places, origin(r, "claim"));
                })));
        return rules;
    }

    private static List<String> places(String name, Settings s) {
        List<String> places = s.texts("at");
        if ((s.has("at") && places.isEmpty())
                || !places.stream().allMatch(place -> ArgumentEquals.isPlaceOf(place, name))) {
            throw s.wrong("at", "places among the arguments that end in " + name + ", such as body." + name);
        }
        return places;
    }

    private static String origin(Settings s, String key) {
        return s.path(key) + " (" + s.file(key) + ")";
    }
}
