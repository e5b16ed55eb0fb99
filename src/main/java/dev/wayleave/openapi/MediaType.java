package dev.wayleave.openapi;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One content type of a request body or of an answer.
 *
 * @param name such as {@code application/json}, lower-case, parameters kept
 * @param schema null where the description gives none
 * @param encoding the encoding objects by property (OpenAPI 3.1 §4.8.15), the schemas of their headers read
 * @param prefixEncoding those of the first parts, by position (3.2)
 * @param itemEncoding that of all further parts; null for none
 */
public record MediaType(
        String name,
        @Nullable Schema schema,
        Map<String, JsonNode> encoding,
        List<JsonNode> prefixEncoding,
        @Nullable JsonNode itemEncoding) {
    public MediaType {
        encoding = Collections.unmodifiableMap(new LinkedHashMap<>(encoding));
        prefixEncoding = List.copyOf(prefixEncoding);
    }

    /** One whose parts, if it has any, have names. */
    public MediaType(String name, @Nullable Schema schema, Map<String, JsonNode> encoding) {
        this(name, schema, encoding, List.of(), null);
    }

    /** The type without parameters. */
    public String essence() {
        int end = name.indexOf(';');
        return end < 0 ? name : name.substring(0, end).strip();
    }

    /** Whether it carries JSON: {@code application/json} or a {@code +json} suffix (RFC 6839). */
    public boolean isJson() {
        String essence = essence();
        return essence.equals("application/json") || essence.endsWith("+json");
    }
}
