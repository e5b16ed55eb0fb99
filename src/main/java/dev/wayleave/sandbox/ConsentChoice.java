package dev.wayleave.sandbox;

import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a person picked on the consent page.
 *
 * @param group null for the whole organization
 */
record ConsentChoice(String organization, @Nullable String group, Set<Scope> scopes) {
    ConsentChoice {
        scopes = Set.copyOf(scopes);
    }

    /** Reads the form; refuses with 400 what the page does not offer. */
    static ConsentChoice read(Parameters form, Organizations organizations) {
        Organization organization = Optional.ofNullable(form.find("organization"))
                .flatMap(organizations::find)
                .orElseThrow(() -> Refused.badRequest("Pick one of the organizations."));
        String group = form.find("group", "");
        // The page says "acme/research", because groups of different organizations share names.
        int slash = group.indexOf('/');
        String name = group.substring(slash + 1);
        boolean elsewhere = slash >= 0 && !group.substring(0, slash).equals(organization.slug());
        if (elsewhere || (!group.isEmpty() && !organization.hasGroup(name))) {
            throw Refused.badRequest("That group is not one of the organization " + organization.slug() + ".");
        }
        return new ConsentChoice(organization.slug(), group.isEmpty() ? null : name, scopes(form));
    }

    private static Set<Scope> scopes(Parameters form) {
        return switch (form.find("permissions", "")) {
            case "read-only" -> EnumSet.of(Scope.READ);
            case "full-access" -> EnumSet.allOf(Scope.class);
            case "custom" -> {
                Set<Scope> picked = EnumSet.noneOf(Scope.class);
                for (String text : form.all("scope")) {
                    picked.add(Scope.find(text).orElseThrow(() -> Refused.badRequest("There is no such permission.")));
                }
                if (picked.isEmpty()) {
                    throw Refused.badRequest("Custom permissions need at least one ticked box.");
                }
                yield picked;
            }
            default -> throw Refused.badRequest("Pick the permissions.");
        };
    }
}
