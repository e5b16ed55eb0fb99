package dev.wayleave.call;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.wayleave.tool.OutputSchema;
import dev.wayleave.tool.ResultShape;
import dev.wayleave.tool.Tool;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * JSON answers of one tool: checked and passed on as they stand, unless the tool shapes or promises them or they are too
 * large; only then a tree is made of them.
 */
final class JsonAnswer {
    private static final ObjectMapper JSON = JsonMapper.builder(JsonFactory.builder()
                    .streamReadConstraints(
                            StreamReadConstraints.builder().maxNestingDepth(500).build())
                    .build())
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
            .build();

    /** What the notice and the wrapping may take. */
    private static final int NOTICE = 512;

    private static final String PART =
            "This is only a part: the platform has more of it, which it tells in pages and cannot be asked for here.";

    private final @Nullable ResultShape shape;
    private final @Nullable OutputSchema promised;
    private final @Nullable Drift drift;
    private final int maxBytes;

    JsonAnswer(Tool tool, int maxBytes) {
        this.shape = tool.resultShape();
        this.promised = shape == null ? tool.outputSchema() : null;
        this.drift = promised == null ? null : new Drift(promised);
        this.maxBytes = maxBytes;
    }

    /**
     * Null where it is not one whole JSON text.
     *
     * @param type what is told of it
     * @param text of the body, with nothing secret left in it
     */
    ToolResult.@Nullable Answer of(int status, String type, String text) {
        JsonToken root = wellFormedRoot(text);
        if (root == null) {
            return null;
        }
        boolean large = text.length() > maxBytes || text.getBytes(StandardCharsets.UTF_8).length > maxBytes;
        if (shape == null && drift == null && !large) {
            return answer(status, type, text, root == JsonToken.START_OBJECT ? text : "{\"result\":" + text + "}");
        }
        return of(status, type, text, tree(text));
    }

    private ToolResult.Answer of(int status, String type, String text, JsonNode whole) {
        JsonNode left = shape == null ? whole : ShapedAnswer.of(whole, shape);
        String place = drift == null ? null : drift.in(left);
        String json = shape == null ? text : left.toString();
        boolean bare = promised == null ? left.isObject() : !promised.wrapped();
        ToolResult.Answer answer;
        if (json.getBytes(StandardCharsets.UTF_8).length <= maxBytes) {
            answer = answer(status, type, json, bare ? json : "{\"result\":" + json + "}");
        } else {
            Shortening.Shortened shorter = Shortening.of(left, Math.max(maxBytes - NOTICE, NOTICE));
            String note =
                    shorter.note() + "; the answer is too large to be passed on whole. Ask for less, where the tool"
                            + " has a filter or pages.";
            answer = answer(status, null, note + "\n" + shorter.value(), structured(shorter.value(), note, bare));
        }
        if (shape != null && ShapedAnswer.isPart(whole, shape)) {
            answer = answer.after(PART);
        }
        return place == null ? answer : answer.differing(place, "");
    }

    private static String structured(JsonNode value, String note, boolean bare) {
        ObjectNode structured = bare && value instanceof ObjectNode object
                ? object.deepCopy()
                : JsonNodeFactory.instance.objectNode().set("result", value);
        return structured.put(OutputSchema.SHORTENED, note).toString();
    }

    private static ToolResult.Answer answer(int status, @Nullable String type, String text, String structured) {
        Content.Text visible = HiddenCharacters.without(text);
        return new ToolResult.Answer(status, List.of(type == null ? visible : visible.as(type)), structured, false);
    }

    private static JsonNode tree(String text) {
        try {
            return JSON.readTree(text);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The first token of one whole JSON text, which is then passed on as it was checked; null where it is none. */
    private static @Nullable JsonToken wellFormedRoot(String text) {
        try (JsonParser parser = JSON.createParser(text)) {
            JsonToken root = parser.nextToken();
            if (root != null && root.isStructStart()) {
                parser.skipChildren();
            }
            return parser.nextToken() == null ? root : null;
        } catch (IOException e) {
            return null;
        }
    }
}
