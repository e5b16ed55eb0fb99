package dev.wayleave.openapi;

import com.fasterxml.jackson.databind.JsonNode;
import dev.wayleave.jsonpath.InvalidJsonPathException;
import dev.wayleave.jsonpath.JsonPath;
import dev.wayleave.openapi.Overlay.Version;
import dev.wayleave.openapi.OverlayAction.Change;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads an overlay document. Whatever its version does not know is an error: an action half understood is not applied. */
final class OverlayReader {
    private static final String REUSABLE = "#/components/actions/";
    private final Document document;
    private final Place root;
    private final Version version;

    OverlayReader(Document document) throws DocumentException {
        this.document = document;
        this.root = Place.rootOf(document);
        this.version = version(root);
    }

    Overlay read() throws DocumentException {
        Set<String> known = new HashSet<>(Set.of("overlay", "info", "extends", "actions"));
        if (version.isAtLeast(Version.V1_2)) {
            known.addAll(Set.of("components", "$self"));
        }
        check(root, known);
        Place info = object(root.member("info"));
        check(info, Set.of("title", "version", "description"));
        required(text(info, "title"), info.member("title"));
        required(text(info, "version"), info.member("version"));
        text(info, "description");
        components();
        return new Overlay(document, version, reference("$self"), reference("extends"), actions());
    }

    private static Version version(Place root) throws DocumentException {
        String given = root.node().path("overlay").asText("");
        for (Version version : Version.values()) {
            if (given.matches(version.feature().replace(".", "\\.") + "\\.[0-9]+")) {
                return version;
            }
        }
        throw new DocumentException(
                root.member("overlay").source(), "`overlay` is one of these versions: 1.0.x, 1.1.x, 1.2.x");
    }

    private List<OverlayAction> actions() throws DocumentException {
        Place list = root.member("actions");
        if (!list.node().isArray() || list.node().isEmpty()) {
            throw new DocumentException(list.source(), "`actions` is a list with at least one action");
        }
        Set<JsonNode> seen = new HashSet<>();
        List<OverlayAction> actions = new ArrayList<>();
        for (Place action : list.elements()) {
            if (!seen.add(action.node())) {
                throw new DocumentException(action.source(), "the same action stands above already");
            }
            actions.add(action(object(action)));
        }
        return actions;
    }

    private OverlayAction action(Place action) throws DocumentException {
        boolean refers = version.isAtLeast(Version.V1_2) && action.node().has("$ref");
        if (refers) {
            check(action, Set.of("$ref", "target", "description"));
        } else {
            check(action, fields("target"));
        }
        Place target = action.member("target");
        JsonPath path = path(target);
        text(action, "description");
        return new OverlayAction(target, path, change(refers ? reusable(action.member("$ref")) : action));
    }

    private Set<String> fields(String more) {
        Set<String> fields = new HashSet<>(List.of("description", "update", "remove", more));
        if (version.isAtLeast(Version.V1_1)) {
            fields.add("copy");
        }
        return fields;
    }

    /** What an action does. Of {@code update} and {@code copy} each is said to yield to the other, so both is neither. */
    private Change change(Place fields) throws DocumentException {
        Place remove = fields.member("remove");
        if (remove.exists() && !remove.node().isBoolean()) {
            throw new DocumentException(remove.source(), "`remove` is true or false");
        }
        if (remove.node().booleanValue()) {
            return new Change.Remove();
        }
        Place update = fields.member("update");
        Place copy = fields.member("copy");
        if (update.exists() && copy.exists()) {
            throw new DocumentException(copy.source(), "an action has `update` or `copy`, not both");
        }
        if (copy.exists()) {
            return new Change.Copy(copy, path(copy));
        }
        return update.exists() ? new Change.Update(update) : new Change.Nothing();
    }

    private void components() throws DocumentException {
        Place components = root.member("components");
        if (!components.exists()) {
            return;
        }
        check(object(components), Set.of("actions"));
        Place actions = components.member("actions");
        for (Place reusable : actions.exists() ? object(actions).members() : List.<Place>of()) {
            check(object(reusable), Set.of("description", "fields"));
            Place fields = reusable.member("fields");
            if (fields.exists()) {
                check(object(fields), fields("description"));
                change(fields);
            }
        }
    }

    private Place reusable(Place reference) throws DocumentException {
        String pointer = reference.node().asText("");
        String token = pointer.startsWith(REUSABLE) ? pointer.substring(REUSABLE.length()) : "";
        Place found = root.member("components")
                .member("actions")
                .member(token.replace("~1", "/").replace("~0", "~"));
        if (token.isEmpty() || token.contains("/") || !found.exists()) {
            throw new DocumentException(reference.source(), "`$ref` is " + REUSABLE + "NAME of one that is there");
        }
        return found.member("fields");
    }

    private JsonPath path(Place place) throws DocumentException {
        if (!place.node().isTextual()) {
            throw new DocumentException(place.source(), "`" + place.token() + "` is a JSONPath expression");
        }
        try {
            return JsonPath.compile(place.node().textValue());
        } catch (InvalidJsonPathException invalid) {
            throw new DocumentException(
                    place.source(),
                    "\"" + Texts.excerpt(place.node().textValue()) + "\" is no JSONPath of RFC 9535: "
                            + invalid.getMessage());
        }
    }

    private @Nullable Place reference(String name) throws DocumentException {
        String reference = text(root, name);
        if (reference != null && reference.contains("#") && version.isAtLeast(Version.V1_2)) {
            throw new DocumentException(root.member(name).source(), "`" + name + "` names a whole document, without #");
        }
        return reference == null ? null : root.member(name);
    }

    private static @Nullable String text(Place object, String name) throws DocumentException {
        Place member = object.member(name);
        if (member.exists() && !member.node().isTextual()) {
            throw new DocumentException(member.source(), "`" + name + "` is text");
        }
        return member.exists() ? member.node().textValue() : null;
    }

    private static void required(@Nullable String text, Place place) throws DocumentException {
        if (text == null) {
            throw new DocumentException(place.source(), "`" + place.token() + "` is missing");
        }
    }

    private static Place object(Place place) throws DocumentException {
        if (!place.node().isObject()) {
            throw new DocumentException(place.source(), "`" + Texts.excerpt(place.token()) + "` is an object");
        }
        return place;
    }

    private void check(Place object, Set<String> known) throws DocumentException {
        for (Place member : object.members()) {
            if (!known.contains(member.token()) && !member.token().startsWith("x-")) {
                throw new DocumentException(
                        member.source(),
                        "`" + Texts.excerpt(member.token()) + "` is no member of this in Overlay " + version.feature()
                                + "; the members are "
                                + String.join(", ", known.stream().sorted().toList()));
            }
        }
    }
}
