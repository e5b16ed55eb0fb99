package dev.wayleave.platform;

import dev.wayleave.caller.ClaimRules;
import dev.wayleave.config.InvalidConfiguration;
import dev.wayleave.config.Nearest;
import dev.wayleave.config.Settings;
import dev.wayleave.policy.AccessRules;
import dev.wayleave.tool.Catalog;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What decides who may use which tool of a platform, put together without anything that could reach it and without any
 * secret: what the platform itself would be asked is not known.
 *
 * @param verified whether callers are verified; otherwise nothing about them counts
 * @param scopeClaim the claim that holds the scopes
 * @param scopeClaims those of issuers that have one of their own, by issuer
 * @param issuer who vouches for callers
 */
public record PlatformAccess(
        String name,
        Catalog catalog,
        AccessRules rules,
        boolean verified,
        String scopeClaim,
        Map<String, String> scopeClaims,
        String issuer) {
    private static final String ANY = "any";

    /** Keys that say nothing of who may do what; whoever serves reads them. */
    private static final List<String> OTHERS = List.of("path", "constants", "page-size", "limits");

    public PlatformAccess {
        scopeClaims = Map.copyOf(scopeClaims);
    }

    /** Tools without any configuration: whoever holds the scopes that the description asks for. */
    public static PlatformAccess of(Catalog catalog) {
        return new PlatformAccess(
                catalog.title(), catalog, AccessRules.NONE, true, ClaimRules.DEFAULT_SCOPE_CLAIM, Map.of(), ANY);
    }

    /**
     * Reads one platform of a configuration.
     *
     * @param root what stands below {@code wayleave}
     * @param named null where there is only one
     * @throws InvalidConfiguration where there is no such platform, or it cannot be served like that
     */
    public static PlatformAccess read(Settings root, @Nullable String named) {
        Map<String, Settings> all = root.children("platforms");
        if (all.isEmpty()) {
            throw new InvalidConfiguration(root.path("platforms") + " is empty (" + root.file("platforms")
                    + "): name a configuration, or a description with --openapi");
        }
        String name = named == null && all.size() == 1 ? all.keySet().iterator().next() : named;
        Settings settings = name == null ? null : all.get(name);
        if (name == null || settings == null) {
            throw new InvalidConfiguration(
                    (name == null ? "There are several platforms: " : "There is no such platform; ")
                            + Optional.ofNullable(name)
                                    .flatMap(wrong -> Nearest.to(wrong, all.keySet()))
                                    .map(near -> "the nearest is " + near)
                                    .orElse("--platform is one of " + String.join(", ", all.keySet())));
        }
        return settings.read(s -> of(name, s));
    }

    /** The claim that holds the scopes in the tokens of an issuer. */
    public String scopeClaim(String ofIssuer) {
        return scopeClaims.getOrDefault(ofIssuer, scopeClaim);
    }

    /** The same where the platform tells everybody this level. */
    public PlatformAccess at(String level) {
        return new PlatformAccess(name, catalog, rules.at(level), verified, scopeClaim, scopeClaims, issuer);
    }

    /** The same with its gate open. */
    public PlatformAccess open() {
        return new PlatformAccess(name, catalog, rules.open(), verified, scopeClaim, scopeClaims, issuer);
    }

    private static PlatformAccess of(String name, Settings s) {
        OTHERS.forEach(s::has);
        String location = s.required("openapi", "is the OpenAPI description to serve");
        Catalog catalog = new DescriptionFiles(s)
                .catalog(
                        location,
                        s.child("upstream")
                                .flatMap(u -> u.text("credential-header"))
                                .orElse("Authorization"));
        Optional<Settings> callers = s.child("callers");
        return new PlatformAccess(
                name,
                catalog,
                AccessSettings.read(s, catalog, (operation, pointer, ttl, scopes) -> caller -> Optional.empty()),
                !callers.flatMap(c -> c.text("verify")).equals(Optional.of("none")),
                callers.flatMap(c -> c.text("scope-claim")).orElse(ClaimRules.DEFAULT_SCOPE_CLAIM),
                callers.map(PlatformAccess::ownScopeClaims).orElse(Map.of()),
                callers.flatMap(c -> c.text("issuer"))
                        .filter(issuer -> !issuer.isBlank())
                        .orElse(ANY));
    }

    private static Map<String, String> ownScopeClaims(Settings callers) {
        Map<String, String> claims = new HashMap<>();
        callers.children("issuers")
                .values()
                .forEach(one -> one.text("issuer")
                        .ifPresent(name -> one.text("scope-claim").ifPresent(claim -> claims.put(name, claim))));
        return claims;
    }
}
