package dev.wayleave.tool;

import dev.wayleave.openapi.MediaType;
import java.util.Set;

/** The ways in which a body is written, the most wanted first. */
public enum BodyKind {
    JSON,
    FORM,
    MULTIPART,
    /** One JSON text a line. */
    JSON_LINES,
    TEXT,
    XML,
    BINARY;

    private static final Set<String> ANYTHING = Set.of("*/*", "application/*", "text/json");
    private static final Set<String> LINES =
            Set.of("application/jsonl", "application/x-jsonlines", "application/x-ndjson", "application/ndjson");
    private static final Set<String> TEXTS = Set.of(
            "application/yaml",
            "application/x-yaml",
            "application/graphql",
            "application/sql",
            "application/toml",
            "application/javascript");

    static BodyKind of(MediaType type) {
        String essence = type.essence();
        if (type.isJson() || ANYTHING.contains(essence)) {
            return JSON;
        }
        if (essence.equals("application/x-www-form-urlencoded")) {
            return FORM;
        }
        if (essence.startsWith("multipart/")) {
            return MULTIPART;
        }
        if (essence.endsWith("/xml") || essence.endsWith("+xml")) {
            return XML;
        }
        if (LINES.contains(essence)) {
            return JSON_LINES;
        }
        boolean text = essence.startsWith("text/") || TEXTS.contains(essence) || essence.endsWith("+yaml");
        return text ? TEXT : BINARY;
    }
}
