package dev.wayleave.openapi;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A parameter object (OpenAPI 3.1 §4.8.12) with its defaults filled in.
 *
 * @param content the media type of a {@code content}-typed parameter, whose style does not apply; else null
 * @param extensions its {@code x-*} members
 */
public record Parameter(
        String name,
        In in,
        boolean required,
        boolean deprecated,
        @Nullable String description,
        Style style,
        boolean explode,
        boolean allowReserved,
        boolean allowEmptyValue,
        @Nullable MediaType content,
        Schema schema,
        Map<String, JsonNode> extensions) {
    public Parameter {
        extensions = Collections.unmodifiableMap(new LinkedHashMap<>(extensions));
    }

    /** The name of its media type; null where a style applies. */
    public @Nullable String contentType() {
        return content == null ? null : content.name();
    }

    /** Where a parameter stands in the request. {@code QUERYSTRING} is the whole query (OpenAPI 3.2). */
    public enum In {
        PATH,
        QUERY,
        QUERYSTRING,
        HEADER,
        COOKIE
    }

    /** How a value is written (OpenAPI 3.1 §4.8.12.2; {@code COOKIE} is 3.2's). */
    public enum Style {
        MATRIX,
        LABEL,
        SIMPLE,
        FORM,
        SPACE_DELIMITED,
        PIPE_DELIMITED,
        DEEP_OBJECT,
        COOKIE
    }
}
