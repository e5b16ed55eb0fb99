package dev.wayleave.tool;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An operation that only reads, under a URI or a template for URIs (MCP 2026-07-28, server/resources).
 *
 * @param name for programs and people; need not be unique
 * @param mimeType what its answers usually are; null where nobody says
 * @param values what a variable may be, where the description names all of it
 * @param tool what reading it calls, promising no shape; rules know it by its name, which is that of the operation's tool
 *     where it has one
 */
public record Resource(
        UriTemplate uri,
        String name,
        @Nullable String title,
        @Nullable String description,
        @Nullable String mimeType,
        Map<String, List<String>> values,
        Tool tool) {
    public Resource {
        values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
    }
}
