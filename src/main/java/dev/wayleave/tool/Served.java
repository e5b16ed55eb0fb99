package dev.wayleave.tool;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What calls of one kind may name, and what each of them calls.
 *
 * @param byName tools by their names, or those behind resources by the text of their URIs
 */
public record Served(Kind kind, Map<String, Tool> byName) {
    /** How agents reach it. */
    public enum Kind {
        TOOL,
        RESOURCE
    }

    public Served {
        byName = Collections.unmodifiableMap(new LinkedHashMap<>(byName));
    }

    /** What reading these calls. */
    static Served resources(List<Resource> resources) {
        Map<String, Tool> byUri = new LinkedHashMap<>();
        resources.forEach(resource -> byUri.put(resource.uri().text(), resource.tool()));
        return new Served(Kind.RESOURCE, byUri);
    }

    public @Nullable Tool find(String name) {
        return byName.get(name);
    }
}
