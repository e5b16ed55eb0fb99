package dev.wayleave.call;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.wayleave.upstream.UpstreamResponse;
import java.io.IOException;
import java.util.Optional;

/** A place in an answer on which something depends: what is said twice, or has something behind it, is in doubt. */
final class AnswerTree {
    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private AnswerTree() {}

    /** Empty where nothing stands there, or the answer is no JSON. */
    static Optional<JsonNode> at(UpstreamResponse response, JsonPointer pointer) {
        try {
            return Optional.of(JSON.readTree(response.body()).at(pointer))
                    .filter(node -> !node.isMissingNode() && !node.isNull());
        } catch (IOException e) {
            return Optional.empty();
        }
    }
}
