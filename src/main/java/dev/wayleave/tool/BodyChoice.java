package dev.wayleave.tool;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.wayleave.openapi.MediaType;
import dev.wayleave.openapi.RequestBody;
import dev.wayleave.openapi.Schema;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The one content type in which a body is sent where its description offers several: by kind, plain
 * {@code application/json} before other JSON, else in the document's order.
 */
public record BodyChoice(MediaType type, BodyKind kind) {
    /** Empty where none can be sent: a form whose fields or parts have neither names nor places. */
    public static Optional<BodyChoice> of(RequestBody body) {
        return body.content().stream()
                .map(type -> new BodyChoice(type, BodyKind.of(type)))
                .filter(choice -> choice.kind != BodyKind.MULTIPART || choice.isSendable())
                .filter(choice -> choice.kind != BodyKind.FORM || choice.hasFields())
                .min(Comparator.comparing(BodyChoice::kind)
                        .thenComparing(choice -> !choice.type.essence().equals("application/json")));
    }

    /** Whether its root may be an object: items and single values have no names to stand under in a form. */
    private boolean hasFields() {
        if (type.schema() == null) {
            return true;
        }
        JsonNode told = PartShape.followed(type.schema().json(), type.schema().definitions());
        JsonNode types = told.path("type");
        return types.isMissingNode()
                || types.asText().equals("object")
                || types.valueStream().anyMatch(one -> one.asText().equals("object"));
    }

    private boolean isSendable() {
        return !type.essence().equals("multipart/form-data")
                || !byPosition()
                || !type.prefixEncoding().isEmpty()
                || type.itemEncoding() != null;
    }

    /** Whether the parts of a {@code multipart} are the items of an array (OpenAPI 3.2 §4.14.5.2). */
    public boolean byPosition() {
        JsonNode json = type.schema() == null
                ? InputSchema.JSON.objectNode()
                : PartShape.followed(type.schema().json(), type.schema().definitions());
        return !type.prefixEncoding().isEmpty()
                || type.itemEncoding() != null
                || PartShape.type(json).equals("array")
                || json.has("prefixItems");
    }

    /** What a part is that is a multipart itself; empty for any other (OpenAPI 3.2 §4.15). */
    public static Optional<BodyChoice> nested(@Nullable JsonNode encoding, Schema part) {
        String told = PartShape.told(encoding);
        if (encoding == null || !told.startsWith("multipart/")) {
            return Optional.empty();
        }
        Map<String, JsonNode> byName = new LinkedHashMap<>();
        encoding.path("encoding").properties().forEach(inner -> byName.put(inner.getKey(), inner.getValue()));
        List<JsonNode> first = new ArrayList<>();
        encoding.path("prefixEncoding").forEach(first::add);
        MediaType inner = new MediaType(
                told, part, byName, first, encoding.has("itemEncoding") ? encoding.get("itemEncoding") : null);
        return Optional.of(new BodyChoice(inner, BodyKind.MULTIPART)).filter(BodyChoice::isSendable);
    }

    /** The headers that parts should have and cannot get. */
    List<String> missingHeaders() {
        Set<String> missing = new LinkedHashSet<>();
        if (kind == BodyKind.MULTIPART) {
            type.encoding().values().forEach(encoding -> missing.addAll(PartHeaders.missing(encoding)));
            type.prefixEncoding().forEach(encoding -> missing.addAll(PartHeaders.missing(encoding)));
            missing.addAll(PartHeaders.missing(type.itemEncoding()));
        }
        return List.copyOf(missing);
    }

    /** What an agent is asked for: the described schema, where the body is not text or bytes that JSON has to carry. */
    Schema asked() {
        Schema described = type.schema() == null ? new Schema(InputSchema.JSON.objectNode(), Map.of()) : type.schema();
        return switch (kind) {
            case JSON, JSON_LINES -> described;
            case FORM -> isObject(described) ? described : plain("object", "The fields of the form.");
            case MULTIPART ->
                isObject(described) || byPosition()
                        ? FileProperty.inside(described, type, byPosition())
                        : plain("object", "The parts of the form.");
            case TEXT ->
                isText(described) ? described : plain("string", "The body, as text of type " + type.essence() + ".");
            case XML -> plain("string", "The body, as XML.");
            case BINARY ->
                plain("string", "The body's bytes of type " + type.essence() + ", in Base64 or as a data URI.");
        };
    }

    /** Whether nothing of what the described schema says of its parts can be kept to. */
    boolean isReplaced() {
        return kind != BodyKind.MULTIPART && !asked().equals(type.schema());
    }

    private static boolean isObject(Schema schema) {
        JsonNode json = schema.json();
        return json.isObject() && !json.isEmpty();
    }

    private static boolean isText(Schema schema) {
        return List.of("string", "integer", "number", "boolean").contains(PartShape.type(schema.json()))
                && !schema.json().has("contentEncoding")
                && !schema.json().has("contentMediaType");
    }

    private static Schema plain(String type, String description) {
        ObjectNode json = InputSchema.JSON.objectNode().put("type", type).put("description", description);
        return new Schema(json, Map.of());
    }
}
