package dev.wayleave.openapi;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A whole document, read.
 *
 * @param operations in the document's order, without those that could not be read
 * @param securitySchemes the scheme objects by name
 * @param extensions the document's {@code x-*} members
 * @param source the document itself
 * @param findings what was left out or changed, in the document's order
 * @param files that were read for it; empty where it came from none
 */
public record ApiDescription(
        String title,
        String version,
        @Nullable String description,
        List<Operation> operations,
        Map<String, JsonNode> securitySchemes,
        Map<String, JsonNode> extensions,
        Source source,
        List<Finding> findings,
        Set<Path> files) {
    public ApiDescription {
        operations = List.copyOf(operations);
        securitySchemes = Collections.unmodifiableMap(new LinkedHashMap<>(securitySchemes));
        extensions = Collections.unmodifiableMap(new LinkedHashMap<>(extensions));
        findings = List.copyOf(findings);
        files = Set.copyOf(files);
    }
}
