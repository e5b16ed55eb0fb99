package dev.wayleave.openapi;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The security of operations. Whatever cannot be understood makes the operation unreadable, so that none is ever less protected than described. */
final class SecurityReader {
    private final Reading reading;
    private final Place root;
    private final Map<String, JsonNode> schemes;

    SecurityReader(Reading reading, Place root) {
        this.reading = reading;
        this.root = root;
        this.schemes = schemes();
    }

    Map<String, JsonNode> declared() {
        return schemes;
    }

    /** Null where neither the operation nor the document says anything. */
    @Nullable
    List<SecurityRequirement> of(Place operation) throws Unreadable {
        Place own = operation.member("security");
        Place security = own.exists() ? own : root.member("security");
        if (!security.exists()) {
            return null;
        }
        if (!security.node().isArray()) {
            throw new Unreadable(security, "`security` is a list");
        }
        List<SecurityRequirement> alternatives = new ArrayList<>();
        for (Place alternative : security.elements()) {
            if (!alternative.node().isObject()) {
                throw new Unreadable(alternative, "a security requirement is an object");
            }
            Map<String, List<String>> required = new LinkedHashMap<>();
            for (Place scheme : alternative.members()) {
                defined(scheme);
                required.put(scheme.token(), scopes(scheme));
            }
            alternatives.add(new SecurityRequirement(required));
        }
        return alternatives;
    }

    private void defined(Place scheme) throws Unreadable {
        if (schemes.containsKey(scheme.token())) {
            return;
        }
        if (reading.version() == Version.V3_2 && scheme.token().matches(".*[#/.].*")) {
            Place named = reading.object(reading.references().resolve(scheme, scheme.token()), "a security scheme");
            schemes.put(scheme.token(), named.node());
            return;
        }
        throw new Unreadable(scheme, "the security scheme \"" + Texts.excerpt(scheme.token()) + "\" is not defined");
    }

    private static List<String> scopes(Place scheme) throws Unreadable {
        List<String> scopes = new ArrayList<>();
        for (Place scope : scheme.elements()) {
            if (!scope.node().isTextual()) {
                throw new Unreadable(scope, "a scope is text");
            }
            scopes.add(scope.node().textValue());
        }
        if (!scheme.node().isArray()) {
            throw new Unreadable(scheme, "the scopes of a security requirement are a list");
        }
        return scopes;
    }

    private Map<String, JsonNode> schemes() {
        Place all = reading.version() == Version.V2_0
                ? root.member("securityDefinitions")
                : root.member("components").member("securitySchemes");
        Map<String, JsonNode> known = new LinkedHashMap<>();
        for (Place use : all.members()) {
            try {
                Place scheme = reading.object(use, "a security scheme");
                if (!scheme.node().path("type").isTextual()) {
                    throw new Unreadable(scheme, "a security scheme has a `type`");
                }
                known.put(
                        use.token(),
                        reading.version() == Version.V2_0 ? Swagger2Security.scheme(scheme.node()) : scheme.node());
            } catch (Unreadable undefined) {
                reading.findings().error(undefined.source(), undefined.reason());
            }
        }
        return known;
    }
}
