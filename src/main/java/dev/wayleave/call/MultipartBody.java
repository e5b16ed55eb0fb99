package dev.wayleave.call;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.wayleave.openapi.MediaType;
import dev.wayleave.openapi.Schema;
import dev.wayleave.tool.BodyChoice;
import dev.wayleave.tool.PartShape;
import dev.wayleave.upstream.UpstreamRequest;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Writes a multipart body (RFC 2046, RFC 7578): a part for each member of an object and for each item of its arrays, or for
 * each item of an array in its order; files as they are, what is composed as JSON.
 */
final class MultipartBody implements BodyWriter {
    private final MediaType type;
    private final boolean byPosition;
    private final Map<String, FieldEncoding> encodings;
    private final Supplier<String> boundaries;

    /** One part; a file where it has a file's name, of a form where it has a field's. */
    @SuppressWarnings("ArrayRecordComponent")
    private record Part(
            @Nullable String field,
            @Nullable String fileName,
            @Nullable String contentType,
            Map<String, String> headers,
            byte[] content) {}

    MultipartBody(BodyChoice choice, Supplier<String> boundaries) {
        this.type = choice.type();
        this.byPosition = choice.byPosition();
        this.encodings = FieldEncoding.of(type.encoding(), true);
        this.boundaries = boundaries;
    }

    @Override
    public UpstreamRequest.Body write(JsonNode value) throws UnfitArgument {
        List<Part> parts = byPosition ? positions(value) : members(value);
        String boundary = boundaries.get();
        while (isIn(parts, boundary)) {
            boundary = boundary + "-" + boundaries.get();
        }
        String name = type.name().contains("boundary") ? type.essence() : type.name();
        return new UpstreamRequest.Body(name + "; boundary=" + boundary, bytes(parts, boundary));
    }

    private List<Part> members(JsonNode value) throws UnfitArgument {
        if (!value.isObject()) {
            throw new UnfitArgument("must be an object, because it is a form");
        }
        List<Part> parts = new ArrayList<>();
        for (Map.Entry<String, JsonNode> member : value.properties()) {
            if (!member.getValue().isNull()) {
                try {
                    add(parts, member.getKey(), member.getValue());
                } catch (UnfitArgument e) {
                    throw e.in(member.getKey());
                }
            }
        }
        return parts;
    }

    private void add(List<Part> parts, String field, JsonNode value) throws UnfitArgument {
        FieldEncoding encoding = encodings.getOrDefault(field, FieldEncoding.USUAL);
        if (encoding.style() != null) {
            for (Pair pair : encoding.style().pairs(value)) {
                parts.add(new Part(
                        pair.name(),
                        null,
                        null,
                        encoding.headers(),
                        pair.value().getBytes(StandardCharsets.UTF_8)));
            }
            return;
        }
        PartShape shape = PartShape.of(type.schema(), field, type.encoding().get(field));
        for (JsonNode item : value.isArray() && shape.many() ? value : List.of(value)) {
            if (!item.isNull()) {
                parts.add(shape.file() ? file(field, item, encoding) : text(field, item, encoding));
            }
        }
    }

    private List<Part> positions(JsonNode value) throws UnfitArgument {
        if (!value.isArray()) {
            throw new UnfitArgument("must be an array, because its parts have an order and no names");
        }
        Schema whole =
                type.schema() == null ? new Schema(JsonNodeFactory.instance.objectNode(), Map.of()) : type.schema();
        List<Part> parts = new ArrayList<>();
        for (int i = 0; i < value.size(); i++) {
            JsonNode told =
                    i < type.prefixEncoding().size() ? type.prefixEncoding().get(i) : type.itemEncoding();
            JsonNode first = whole.json().path("prefixItems").path(i);
            JsonNode item = first.isMissingNode() ? whole.json().path("items") : first;
            Schema schema =
                    new Schema(item.isObject() ? item : JsonNodeFactory.instance.objectNode(), whole.definitions());
            try {
                parts.add(position(value.get(i), schema, told));
            } catch (UnfitArgument e) {
                throw e.in("[" + i + "]");
            }
        }
        return parts;
    }

    private Part position(JsonNode value, Schema schema, @Nullable JsonNode told) throws UnfitArgument {
        FieldEncoding encoding = told == null ? FieldEncoding.USUAL : FieldEncoding.of("", told, true);
        BodyChoice nested = BodyChoice.nested(told, schema).orElse(null);
        if (nested != null) {
            UpstreamRequest.Body inner = new MultipartBody(nested, boundaries).write(value);
            return new Part(null, null, inner.contentType(), encoding.headers(), inner.bytes());
        }
        PartShape shape = PartShape.of(schema.json(), told, schema.definitions());
        return shape.file() && !shape.many() ? file(null, value, encoding) : text(null, value, encoding);
    }

    private static Part file(@Nullable String field, JsonNode value, FieldEncoding encoding) throws UnfitArgument {
        FileArgument file = FileArgument.of(value);
        String told = file.type();
        List<String> allowed = encoding.types();
        if (told != null && !allowed.isEmpty() && allowed.stream().noneMatch(range -> isIn(told, range))) {
            throw new UnfitArgument("must be a file of type " + String.join(" or ", allowed) + ", not " + told);
        }
        String usual = encoding.firstType() == null ? "application/octet-stream" : encoding.firstType();
        String type = told == null ? usual : told;
        String name = file.name() == null && field != null ? "file" : file.name();
        boolean asText = encoding.headers().entrySet().stream()
                .anyMatch(header -> header.getKey().equalsIgnoreCase("Content-Transfer-Encoding")
                        && header.getValue().equalsIgnoreCase("base64"));
        byte[] content = asText ? Base64.getEncoder().encode(file.content()) : file.content();
        return new Part(field, name, type, encoding.headers(), content);
    }

    private static boolean isIn(String type, String range) {
        String essence = type.split(";", 2)[0].strip();
        return range.equals("*/*")
                || (range.endsWith("/*")
                        ? essence.startsWith(range.substring(0, range.length() - 1))
                        : essence.equals(range.split(";", 2)[0].strip()));
    }

    private static Part text(@Nullable String field, JsonNode value, FieldEncoding encoding) {
        String type = value.isContainerNode() && encoding.type() == null ? "application/json" : encoding.firstType();
        return new Part(
                field, null, type, encoding.headers(), encoding.text(value).getBytes(StandardCharsets.UTF_8));
    }

    private static boolean isIn(List<Part> parts, String boundary) {
        return parts.stream()
                .anyMatch(part -> new String(part.content(), StandardCharsets.ISO_8859_1).contains(boundary));
    }

    private static byte[] bytes(List<Part> parts, String boundary) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (Part part : parts) {
            StringBuilder head = new StringBuilder("--" + boundary + "\r\n");
            head.append(disposition(part));
            if (part.contentType() != null) {
                head.append("Content-Type: ").append(part.contentType()).append("\r\n");
            }
            part.headers().forEach((name, value) -> {
                if (part.field() == null || !name.equalsIgnoreCase("Content-Disposition")) {
                    head.append(name).append(": ").append(value).append("\r\n");
                }
            });
            out.writeBytes(head.append("\r\n").toString().getBytes(StandardCharsets.UTF_8));
            out.writeBytes(part.content());
            out.writeBytes("\r\n".getBytes(StandardCharsets.UTF_8));
        }
        out.writeBytes(("--" + boundary + "--\r\n").getBytes(StandardCharsets.UTF_8));
        return out.toByteArray();
    }

    private static String disposition(Part part) {
        boolean told = part.headers().keySet().stream().anyMatch("Content-Disposition"::equalsIgnoreCase);
        if (part.field() == null && (part.fileName() == null || told)) {
            return "";
        }
        String kind = part.field() == null ? "attachment" : "form-data; name=\"" + quoted(part.field()) + "\"";
        String file = part.fileName() == null ? "" : "; filename=\"" + quoted(part.fileName()) + "\"";
        return "Content-Disposition: " + kind + file + "\r\n";
    }

    /** As browsers escape names (WHATWG HTML §4.10.21.8); other controls cannot be said and are left out. */
    private static String quoted(String name) {
        return name.replace("\"", "%22")
                .replace("\r", "%0D")
                .replace("\n", "%0A")
                .replaceAll("\\p{Cc}", "");
    }
}
