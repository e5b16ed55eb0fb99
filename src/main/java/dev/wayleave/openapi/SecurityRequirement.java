package dev.wayleave.openapi;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A security requirement object: every scheme in it must be satisfied, each with all of its scopes.
 *
 * @param schemes scopes (or, from 3.1 on, role names) by the scheme's name, in the document's order; empty for "no
 *     credentials"
 */
public record SecurityRequirement(Map<String, List<String>> schemes) {
    public SecurityRequirement {
        schemes = Collections.unmodifiableMap(new LinkedHashMap<>(schemes));
    }
}
