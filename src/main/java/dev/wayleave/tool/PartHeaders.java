package dev.wayleave.tool;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The headers of a part whose description leaves them one value: a constant, the only one of an enumeration, a default. */
public final class PartHeaders {
    private static final Pattern NAME = Pattern.compile("[!#$%&'*+.^_`|~0-9A-Za-z-]{1,64}");
    private static final Pattern VALUE = Pattern.compile("[\\x21-\\x7e]([\\x20-\\x7e]{0,1000}[\\x21-\\x7e])?");

    private PartHeaders() {}

    /** Those of one encoding object, as they are sent. */
    public static Map<String, String> of(@Nullable JsonNode encoding) {
        Map<String, String> headers = new LinkedHashMap<>();
        if (encoding != null) {
            for (var header : encoding.path("headers").properties()) {
                JsonNode value = value(header.getValue().path("schema"));
                if (value.isValueNode()
                        && NAME.matcher(header.getKey()).matches()
                        && VALUE.matcher(value.asText()).matches()) {
                    headers.put(header.getKey(), value.asText());
                }
            }
        }
        return headers;
    }

    /** Those that a part should have and that no description gives a value. */
    static List<String> missing(@Nullable JsonNode encoding) {
        List<String> missing = new ArrayList<>();
        if (encoding != null) {
            Map<String, String> sent = of(encoding);
            for (var header : encoding.path("headers").properties()) {
                if (header.getValue().path("required").asBoolean() && !sent.containsKey(header.getKey())) {
                    missing.add(header.getKey());
                }
            }
        }
        return missing;
    }

    private static JsonNode value(JsonNode schema) {
        if (schema.has("const")) {
            return schema.path("const");
        }
        return schema.path("enum").size() == 1 ? schema.path("enum").path(0) : schema.path("default");
    }
}
