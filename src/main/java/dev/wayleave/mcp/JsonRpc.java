package dev.wayleave.mcp;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** Reads and writes JSON-RPC 2.0, strictly: one text, no duplicate members, bounded in every direction. */
final class JsonRpc {
    private static final ObjectMapper JSON = JsonMapper.builder(JsonFactory.builder()
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNestingDepth(64)
                            .maxNumberLength(100)
                            .maxStringLength(1 << 20)
                            .maxNameLength(1024)
                            .maxTokenCount(100_000)
                            .build())
                    .build())
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
            .build();

    private static final int LARGEST_EXPONENT = 400;

    private JsonRpc() {}

    /** Writes the members of an object. */
    interface Members {
        void write(JsonGenerator json) throws IOException;

        /** What a modern result says that it is. */
        default String resultType() {
            return "complete";
        }
    }

    /** The body as a tree: an object, or an array for a batch. */
    static JsonNode read(byte[] body) throws ProtocolError {
        try {
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(body))
                    .toString();
            JsonNode tree = JSON.readTree(text);
            if (tree == null || tree.isMissingNode()) {
                throw ProtocolError.of(400, ProtocolError.PARSE_ERROR, "The body is empty.");
            }
            refuseAbsurdNumbers(tree);
            return tree;
        } catch (JsonProcessingException e) {
            boolean duplicate = e.getOriginalMessage().startsWith("Duplicate");
            throw duplicate
                    ? ProtocolError.of(400, ProtocolError.INVALID_REQUEST, "A member is there more than once.")
                    : notJson();
        } catch (CharacterCodingException | NumberFormatException e) {
            throw notJson();
        }
    }

    private static ProtocolError notJson() {
        return ProtocolError.of(400, ProtocolError.PARSE_ERROR, "The body is not one well-formed JSON text.");
    }

    /** An exponent of a few characters can stand for more digits than there is memory. */
    private static void refuseAbsurdNumbers(JsonNode tree) throws ProtocolError {
        if (tree.isBigDecimal() && Math.abs((long) tree.decimalValue().scale()) > LARGEST_EXPONENT) {
            throw ProtocolError.of(400, ProtocolError.PARSE_ERROR, "A number is too large or too small.");
        }
        for (JsonNode child : tree) {
            refuseAbsurdNumbers(child);
        }
    }

    /** One message of a body. */
    static Message message(JsonNode tree) throws ProtocolError {
        if (!(tree instanceof ObjectNode object)
                || !"2.0".equals(object.path("jsonrpc").textValue())) {
            throw ProtocolError.of(400, ProtocolError.INVALID_REQUEST, "That is not a JSON-RPC 2.0 message.");
        }
        JsonNode method = object.path("method");
        JsonNode params = object.path("params");
        if (!method.isTextual()) {
            if (method.isMissingNode() && (object.has("result") || object.has("error"))) {
                return new Message.Answer();
            }
            throw ProtocolError.of(400, ProtocolError.INVALID_REQUEST, "method must be a string.");
        }
        if (!params.isMissingNode() && !params.isObject()) {
            throw ProtocolError.of(400, ProtocolError.INVALID_REQUEST, "params must be an object.");
        }
        JsonNode id = object.get("id");
        if (id == null) {
            return new Message.Notification(method.textValue());
        }
        if (!id.isTextual() && !id.isIntegralNumber()) {
            throw ProtocolError.of(400, ProtocolError.INVALID_REQUEST, "id must be a string or an integer.");
        }
        return new Message.Call(
                id, method.textValue(), params instanceof ObjectNode o ? o : JsonNodeFactory.instance.objectNode());
    }

    /** The id of a body that may be anything, where it has one that can be echoed. */
    static @Nullable JsonNode idOf(@Nullable JsonNode tree) {
        JsonNode id = tree == null ? null : tree.get("id");
        return id != null && (id.isTextual() || id.isIntegralNumber()) ? id : null;
    }

    static byte[] result(JsonNode id, Members members) {
        return write(json -> {
            json.writeFieldName("id");
            json.writeTree(id);
            json.writeObjectFieldStart("result");
            members.write(json);
            json.writeEndObject();
        });
    }

    /** A message that wants no answer. */
    static byte[] notification(String method, Members params) {
        return write(json -> {
            json.writeStringField("method", method);
            json.writeObjectFieldStart("params");
            params.write(json);
            json.writeEndObject();
        });
    }

    /** An error; without an id where none could be read. */
    static byte[] error(@Nullable JsonNode id, ProtocolError error) {
        return write(json -> {
            if (id != null) {
                json.writeFieldName("id");
                json.writeTree(id);
            }
            json.writeObjectFieldStart("error");
            json.writeNumberField("code", error.code());
            json.writeStringField("message", error.text());
            if (error.data() != null) {
                json.writeFieldName("data");
                json.writeTree(error.data());
            }
            json.writeEndObject();
        });
    }

    /** Any JSON value as bytes. */
    static byte[] bytes(JsonNode value) {
        try {
            return JSON.writeValueAsBytes(value);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static byte[] write(Members members) {
        ByteArrayOutputStream out = new ByteArrayOutputStream(1024);
        try (JsonGenerator json = JSON.createGenerator(out)) {
            json.writeStartObject();
            json.writeStringField("jsonrpc", "2.0");
            members.write(json);
            json.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }
}
