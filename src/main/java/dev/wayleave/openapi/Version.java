package dev.wayleave.openapi;

import com.fasterxml.jackson.databind.JsonNode;

/** The versions of OpenAPI that are read, as far as they differ. */
enum Version {
    V2_0("2.0"),
    V3_0("3.0"),
    V3_1("3.1"),
    V3_2("3.2");

    private final String feature;

    Version(String feature) {
        this.feature = feature;
    }

    static Version of(Document document) throws DocumentException {
        JsonNode root = document.root();
        if (!root.isObject()) {
            throw new DocumentException(document.source(), "an OpenAPI document is an object");
        }
        Place place = Place.rootOf(document).member(root.has("swagger") ? "swagger" : "openapi");
        String given = place.node().asText("");
        for (Version version : values()) {
            boolean named = given.equals(version.feature)
                    || given.startsWith(version.feature + ".")
                    || given.startsWith(version.feature + "-");
            if (named && root.has("swagger") == (version == V2_0)) {
                return version;
            }
        }
        String found = given.isEmpty()
                ? "no version stands in `openapi`"
                : "the version \"" + Texts.excerpt(given) + "\" is not one of these";
        throw new DocumentException(place.source(), found + ": 2.0, 3.0.x, 3.1.x, 3.2.x");
    }

    /** Whether schemas are JSON Schema 2020-12 as they stand, where members beside {@code $ref} count. */
    boolean hasJsonSchema() {
        return compareTo(V3_1) >= 0;
    }
}
