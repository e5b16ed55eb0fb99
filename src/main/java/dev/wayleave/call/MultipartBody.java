package dev.wayleave.call;

import com.fasterxml.jackson.databind.JsonNode;
import dev.wayleave.openapi.MediaType;
import dev.wayleave.tool.FileProperty;
import dev.wayleave.upstream.UpstreamRequest;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Writes an object as {@code multipart/form-data} (RFC 7578): a part for each member and for each item of an array, files
 * as they are, what is composed as JSON.
 */
final class MultipartBody implements BodyWriter {
    private final MediaType type;
    private final Map<String, FieldEncoding> encodings;
    private final Supplier<String> boundaries;

    /** One part; a file where it has a name. */
    @SuppressWarnings("ArrayRecordComponent")
    private record Part(
            String field,
            @Nullable String fileName,
            @Nullable String contentType,
            byte[] content) {}

    MultipartBody(MediaType type, Supplier<String> boundaries) {
        this.type = type;
        this.encodings = FieldEncoding.of(type.encoding(), true);
        this.boundaries = boundaries;
    }

    @Override
    public UpstreamRequest.Body write(JsonNode value) throws UnfitArgument {
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
        String boundary = boundaries.get();
        while (isIn(parts, boundary)) {
            boundary = boundary + "-" + boundaries.get();
        }
        return new UpstreamRequest.Body(type.essence() + "; boundary=" + boundary, bytes(parts, boundary));
    }

    private void add(List<Part> parts, String field, JsonNode value) throws UnfitArgument {
        FieldEncoding encoding = encodings.getOrDefault(field, FieldEncoding.USUAL);
        if (encoding.style() != null) {
            for (Pair pair : encoding.style().pairs(value)) {
                parts.add(new Part(pair.name(), null, null, pair.value().getBytes(StandardCharsets.UTF_8)));
            }
            return;
        }
        JsonNode schema = type.schema() == null
                ? value
                : type.schema().json().path("properties").path(field);
        boolean many = value.isArray() && schema.path("type").asText("array").equals("array");
        for (JsonNode item : many ? value : List.of(value)) {
            boolean file = FileProperty.isFile(
                    many ? schema.path("items") : schema, type.encoding().get(field));
            if (!item.isNull()) {
                parts.add(file ? file(field, item, encoding) : text(field, item, encoding));
            }
        }
    }

    private static Part file(String field, JsonNode value, FieldEncoding encoding) throws UnfitArgument {
        FileArgument file = FileArgument.of(value);
        String told = file.type();
        List<String> allowed = encoding.types();
        if (told != null && !allowed.isEmpty() && allowed.stream().noneMatch(range -> isIn(told, range))) {
            throw new UnfitArgument("must be a file of type " + String.join(" or ", allowed) + ", not " + told);
        }
        String type = told != null
                ? told
                : allowed.stream()
                        .filter(range -> range.indexOf('*') < 0)
                        .findFirst()
                        .orElse("application/octet-stream");
        return new Part(field, file.name() == null ? "file" : file.name(), type, file.content());
    }

    private static boolean isIn(String type, String range) {
        String essence = type.split(";", 2)[0].strip();
        return range.equals("*/*")
                || (range.endsWith("/*")
                        ? essence.startsWith(range.substring(0, range.length() - 1))
                        : essence.equals(range.split(";", 2)[0].strip()));
    }

    private static Part text(String field, JsonNode value, FieldEncoding encoding) {
        String type = encoding.type() == null && value.isContainerNode() ? "application/json" : encoding.type();
        return new Part(field, null, type, encoding.text(value).getBytes(StandardCharsets.UTF_8));
    }

    private static boolean isIn(List<Part> parts, String boundary) {
        return parts.stream()
                .anyMatch(part -> new String(part.content(), StandardCharsets.ISO_8859_1).contains(boundary));
    }

    private static byte[] bytes(List<Part> parts, String boundary) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (Part part : parts) {
            StringBuilder head = new StringBuilder("--" + boundary + "\r\n");
            head.append("Content-Disposition: form-data; name=\"")
                    .append(quoted(part.field()))
                    .append('"');
            if (part.fileName() != null) {
                head.append("; filename=\"").append(quoted(part.fileName())).append('"');
            }
            if (part.contentType() != null) {
                head.append("\r\nContent-Type: ").append(part.contentType());
            }
            out.writeBytes(head.append("\r\n\r\n").toString().getBytes(StandardCharsets.UTF_8));
            out.writeBytes(part.content());
            out.writeBytes("\r\n".getBytes(StandardCharsets.UTF_8));
        }
        out.writeBytes(("--" + boundary + "--\r\n").getBytes(StandardCharsets.UTF_8));
        return out.toByteArray();
    }

    /** As browsers escape names (WHATWG HTML §4.10.21.8); other controls cannot be said and are left out. */
    private static String quoted(String name) {
        return name.replace("\"", "%22")
                .replace("\r", "%0D")
                .replace("\n", "%0A")
                .replaceAll("\\p{Cc}", "");
    }
}
