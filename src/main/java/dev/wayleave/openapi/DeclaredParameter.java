package dev.wayleave.openapi;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * A parameter object of an operation or of its path, before its version of OpenAPI is asked what it means.
 *
 * @param use where it stands or is referred to
 * @param place where it is defined
 */
record DeclaredParameter(Place use, Place place, String name, String in) {
    /** OpenAPI 3.1 §4.8.12.1: what these headers say is said elsewhere. */
    private static final Set<String> NOT_PARAMETERS = Set.of("accept", "content-type", "authorization");

    /** RFC 9110 §5.6.2. */
    private static final Pattern TOKEN = Pattern.compile("[!#$%&'*+.^_`|~0-9A-Za-z-]{1,256}");

    /** All of an operation, its own in place of those of its path. */
    static List<DeclaredParameter> of(Place pathItem, Place operation, Reading reading) throws Unreadable {
        Map<String, DeclaredParameter> all = declared(pathItem.member("parameters"), reading);
        all.putAll(declared(operation.member("parameters"), reading));
        Set<String> headers = new HashSet<>();
        for (DeclaredParameter one : all.values()) {
            // servers that hand headers to programs as variables take an underscore for a hyphen
            if (one.isHeader() && !headers.add(one.key().replace('_', '-'))) {
                throw new Unreadable(one.use, "a server may take this header for another one that stands here");
            }
        }
        return new ArrayList<>(all.values());
    }

    private static Map<String, DeclaredParameter> declared(Place list, Reading reading) throws Unreadable {
        if (list.exists() && !list.node().isArray()) {
            throw new Unreadable(list, "`parameters` is a list");
        }
        Map<String, DeclaredParameter> declared = new LinkedHashMap<>();
        for (Place use : list.elements()) {
            Place place = reading.object(use, "a parameter");
            String name = reading.text(place, "name");
            String in = reading.text(place, "in");
            if (name == null || name.isEmpty() || in == null) {
                throw new Unreadable(place, "a parameter has a `name` and an `in`");
            }
            DeclaredParameter parameter = new DeclaredParameter(use, place, name, in);
            if (parameter.isHeader() && !TOKEN.matcher(name).matches()) {
                throw new Unreadable(place, "the name of a header is a token of RFC 9110");
            }
            if (parameter.isHeader() && NOT_PARAMETERS.contains(name.toLowerCase(Locale.ROOT))) {
                reading.findings().warning(use, "the header " + name + " is not a parameter; left out");
            } else if (declared.putIfAbsent(parameter.key(), parameter) != null) {
                reading.findings().warning(use, "the parameter " + Texts.excerpt(name) + " stands here twice");
            }
        }
        return declared;
    }

    private boolean isHeader() {
        return in.equals("header");
    }

    /** Same name, same place: the same parameter (header names ignore case). */
    private String key() {
        return in + " " + (isHeader() ? name.toLowerCase(Locale.ROOT) : name);
    }
}
