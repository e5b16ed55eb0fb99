package dev.wayleave.openapi;

import java.util.HashSet;
import java.util.Set;

/**
 * Names for {@code $defs}, each given once in a description and made of {@code [A-Za-z0-9._-]}: what the place is called
 * and, where that does not suffice, two dots and more.
 */
final class DefinitionNames {
    private static final int LONGEST = 100;
    /** Names that objects in JavaScript already have. */
    private static final Set<String> RESERVED = Set.of("__proto__", "constructor", "prototype", "toString", "valueOf");

    private static final String MORE = "..";

    private final Set<String> given = new HashSet<>();

    String of(SchemaNode node) {
        String known = node.name;
        if (known == null) {
            known = free(plain(node.place())
                    + (node.directional && node.direction() == Direction.REQUEST ? MORE + "request" : ""));
            node.name = known;
        }
        return known;
    }

    static String own(String name) {
        int more = name.indexOf(MORE);
        return more < 1 ? name : name.substring(0, more);
    }

    private static String plain(Place place) {
        String token = place.parent() == null ? fileName(place.document().name()) : place.token();
        String name = token.replaceAll("[^A-Za-z0-9._-]", "_").replaceAll("\\.{2,}", "._");
        if (name.isEmpty() || RESERVED.contains(name)) {
            name = "schema_" + name;
        }
        return name.length() <= LONGEST ? name : name.substring(0, LONGEST);
    }

    private static String fileName(String path) {
        String file = path.substring(path.lastIndexOf('/') + 1);
        int dot = file.indexOf('.');
        return dot > 0 ? file.substring(0, dot) : file;
    }

    private String free(String wanted) {
        String name = wanted;
        for (int i = 2; !given.add(name); i++) {
            name = wanted + MORE + i;
        }
        return name;
    }
}
