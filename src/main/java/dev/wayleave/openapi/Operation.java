package dev.wayleave.openapi;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One method on one path, whatever version of OpenAPI described it.
 *
 * @param operationId as the document spells it; null where it has none
 * @param method as it is sent: letter case counts (RFC 9110 §9.1)
 * @param path the template, such as {@code /pets/{petId}}; {@code servers} play no part in it
 * @param parameters the path item's and the operation's own, the operation's winning by name and place
 * @param responses by status code, range ({@code 4XX}) or {@code default}
 * @param security alternatives, any of which suffices; null where neither the operation nor the document declares any,
 *     empty where it is declared to need none
 * @param extensions its {@code x-*} members
 */
public record Operation(
        @Nullable String operationId,
        String method,
        String path,
        @Nullable String summary,
        @Nullable String description,
        boolean deprecated,
        List<String> tags,
        List<Parameter> parameters,
        @Nullable RequestBody requestBody,
        Map<String, Response> responses,
        @Nullable List<SecurityRequirement> security,
        Map<String, JsonNode> extensions,
        Source source) {
    private static final Set<String> SAFE = Set.of("GET", "HEAD", "OPTIONS", "TRACE", "QUERY");

    public Operation {
        tags = List.copyOf(tags);
        parameters = List.copyOf(parameters);
        responses = Collections.unmodifiableMap(new LinkedHashMap<>(responses));
        security = security == null ? null : List.copyOf(security);
        extensions = Collections.unmodifiableMap(new LinkedHashMap<>(extensions));
    }

    /** Whether its method only reads (RFC 9110 §9.2.1). */
    public boolean isSafe() {
        return SAFE.contains(method);
    }

    /** Whether sending it twice is the same as once (RFC 9110 §9.2.2). */
    public boolean isIdempotent() {
        return isSafe() || method.equals("PUT") || method.equals("DELETE");
    }
}
