package dev.wayleave.call;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.wayleave.tool.Slot;
import dev.wayleave.tool.Tool;
import dev.wayleave.upstream.UpstreamResponse;
import dev.wayleave.workflow.Exchange;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/** Makes of a request and its answer what expressions can ask. */
final class Exchanges {
    private static final ObjectMapper JSON = JsonMapper.builder(JsonFactory.builder()
                    .streamReadConstraints(
                            StreamReadConstraints.builder().maxNestingDepth(500).build())
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .build())
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private Exchanges() {}

    static Exchange of(Tool tool, Binding.Bound bound, String origin, UpstreamResponse response) {
        ObjectNode path = JsonNodeFactory.instance.objectNode();
        ObjectNode query = JsonNodeFactory.instance.objectNode();
        ObjectNode headers = JsonNodeFactory.instance.objectNode();
        JsonNode body = MissingNode.getInstance();
        for (Slot slot : tool.slots()) {
            JsonNode value = bound.arguments().path(slot.argument());
            if (value.isMissingNode()) {
                continue;
            }
            switch (slot) {
                case Slot.InParameter in -> {
                    switch (in.parameter().in()) {
                        case PATH -> path.set(in.name(), value);
                        case QUERY, QUERYSTRING -> query.set(in.name(), value);
                        case HEADER, COOKIE -> headers.set(in.name().toLowerCase(Locale.ROOT), value);
                    }
                }
                case Slot.WholeBody whole -> body = value;
                case Slot.InBody part -> {}
            }
        }
        return new Exchange(
                bound.method(),
                origin + bound.target(),
                path,
                query,
                headers,
                body,
                response.status(),
                response.headers(),
                answer(response));
    }

    private static JsonNode answer(UpstreamResponse response) {
        if (response.body().length == 0) {
            return MissingNode.getInstance();
        }
        String type = response.mediaType();
        if (type.isEmpty() || FieldEncoding.isJson(type)) {
            try {
                return JSON.readTree(response.body());
            } catch (IOException e) {
                // then it is text
            }
        }
        return TextNode.valueOf(new String(response.body(), StandardCharsets.UTF_8));
    }
}
