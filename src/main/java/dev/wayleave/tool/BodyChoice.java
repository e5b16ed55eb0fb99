package dev.wayleave.tool;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.wayleave.openapi.MediaType;
import dev.wayleave.openapi.RequestBody;
import dev.wayleave.openapi.Schema;
import java.util.Comparator;
import java.util.Map;
import java.util.Optional;

/**
 * The one content type in which a body is sent where its description offers several: by kind, plain
 * {@code application/json} before other JSON, else in the document's order.
 */
public record BodyChoice(MediaType type, BodyKind kind) {
    /** Empty where none can be sent: a {@code multipart} that is not described by its named parts. */
    public static Optional<BodyChoice> of(RequestBody body) {
        return body.content().stream()
                .map(type -> new BodyChoice(type, BodyKind.of(type)))
                .filter(choice -> choice.kind != BodyKind.MULTIPART || choice.hasNamedParts())
                .min(Comparator.comparing(BodyChoice::kind)
                        .thenComparing(choice -> !choice.type.essence().equals("application/json")));
    }

    private boolean hasNamedParts() {
        return type.schema() == null
                || !type.schema().json().path("type").asText("object").equals("array");
    }

    /** What an agent is asked for: the described schema, where the body is not text or bytes that JSON has to carry. */
    Schema asked() {
        Schema described = type.schema() == null ? new Schema(InputSchema.JSON.objectNode(), Map.of()) : type.schema();
        return switch (kind) {
            case JSON, JSON_LINES -> described;
            case FORM -> isObject(described) ? described : plain("object", "The fields of the form.");
            case MULTIPART ->
                isObject(described)
                        ? FileProperty.inside(described, type.encoding())
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
        return schema.json().path("type").asText().equals("string")
                && !schema.json().has("contentEncoding")
                && !schema.json().has("contentMediaType");
    }

    private static Schema plain(String type, String description) {
        ObjectNode json = InputSchema.JSON.objectNode().put("type", type).put("description", description);
        return new Schema(json, Map.of());
    }
}
