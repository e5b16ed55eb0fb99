package dev.wayleave.call;

import com.fasterxml.jackson.databind.JsonNode;
import dev.wayleave.openapi.MediaType;
import dev.wayleave.openapi.Parameter.Style;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * An encoding object (OpenAPI 3.1 §4.8.15): how one field of a form is written.
 *
 * @param style null where the media type decides, because neither style, explode nor allowReserved is told
 * @param types the media types that it may have; empty for the usual one of its value
 */
record FieldEncoding(@Nullable ParameterStyle style, List<String> types) {
    static final FieldEncoding USUAL = new FieldEncoding(null, List.of());

    private static final Map<String, Style> STYLES = Map.of(
            "form", Style.FORM,
            "spaceDelimited", Style.SPACE_DELIMITED,
            "pipeDelimited", Style.PIPE_DELIMITED,
            "deepObject", Style.DEEP_OBJECT);

    /** @param raw whether names and values stand as they are, as in {@code multipart/form-data} */
    static Map<String, FieldEncoding> of(Map<String, JsonNode> told, boolean raw) {
        Map<String, FieldEncoding> encodings = new HashMap<>();
        told.forEach((name, json) -> encodings.put(name, of(name, json, raw)));
        return encodings;
    }

    private static FieldEncoding of(String name, JsonNode json, boolean raw) {
        List<String> types = Stream.of(json.path("contentType").asText("").split(",", 0))
                .map(type -> type.strip().toLowerCase(Locale.ROOT))
                .filter(type -> type.indexOf('/') > 0)
                .toList();
        if (!json.has("style") && !json.has("explode") && !json.has("allowReserved")) {
            return new FieldEncoding(null, types);
        }
        Style style = STYLES.getOrDefault(json.path("style").asText("form"), Style.FORM);
        boolean explode = json.path("explode").asBoolean(style == Style.FORM);
        Encoder encoder =
                raw ? Encoder.RAW : json.path("allowReserved").asBoolean() ? Encoder.RESERVED_IN_QUERY : Encoder.STRICT;
        return new FieldEncoding(new ParameterStyle(name, style, explode, encoder), types);
    }

    /** The one type that is told; null where none is, or a choice, or a range. */
    @Nullable
    String type() {
        return types.size() == 1 && types.getFirst().indexOf('*') < 0 ? types.getFirst() : null;
    }

    /** A value in the media type of its field: JSON where that is told or the value is composed, else plain text. */
    String text(JsonNode value) {
        String type = type();
        return type != null && isJson(type) ? value.toString() : PlainText.of(value);
    }

    /** Also of a type that says no more than that it is anything. */
    static boolean isJson(String type) {
        return type.indexOf('*') >= 0 || new MediaType(type, null, Map.of()).isJson();
    }
}
