package dev.wayleave.call;

import com.fasterxml.jackson.databind.JsonNode;
import dev.wayleave.openapi.MediaType;
import dev.wayleave.openapi.Parameter.Style;
import dev.wayleave.tool.PartHeaders;
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
 * @param headers of a part that it is
 */
record FieldEncoding(@Nullable ParameterStyle style, List<String> types, Map<String, String> headers) {
    static final FieldEncoding USUAL = new FieldEncoding(null, List.of(), Map.of());

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

    static FieldEncoding of(String name, JsonNode json, boolean raw) {
        List<String> types = Stream.of(json.path("contentType").asText("").split(",", 0))
                .map(type -> type.strip().toLowerCase(Locale.ROOT))
                .filter(type -> type.indexOf('/') > 0)
                .toList();
        if (!json.has("style") && !json.has("explode") && !json.has("allowReserved")) {
            return new FieldEncoding(null, types, PartHeaders.of(json));
        }
        Style style = STYLES.getOrDefault(json.path("style").asText("form"), Style.FORM);
        boolean explode = json.path("explode").asBoolean(style == Style.FORM);
        Encoder encoder =
                raw ? Encoder.RAW : json.path("allowReserved").asBoolean() ? Encoder.RESERVED_IN_QUERY : Encoder.STRICT;
        return new FieldEncoding(new ParameterStyle(name, style, explode, encoder), types, PartHeaders.of(json));
    }

    /** The one type that is told; null where none is, or a choice, or a range. */
    @Nullable
    String type() {
        return types.size() == 1 && types.getFirst().indexOf('*') < 0 ? types.getFirst() : null;
    }

    /** The first type that is told and no range; null where none is. */
    @Nullable
    String firstType() {
        return types.stream()
                .filter(range -> range.indexOf('*') < 0)
                .findFirst()
                .orElse(null);
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
