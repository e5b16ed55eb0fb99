package dev.wayleave.call;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.networknt.schema.Schema;
import dev.wayleave.tool.OutputSchema;
import org.jspecify.annotations.Nullable;

/** Finds where an answer is not what its description says, even generously read. */
final class Drift {
    private static final String RESULT = "/result";
    private final Schema schema;
    private final boolean wrapped;

    Drift(OutputSchema described) {
        this.schema = JsonSchemas.compile(described.json());
        this.wrapped = described.wrapped();
    }

    /** The pointer of the first difference, "/" for the answer itself; null for none. */
    @Nullable
    String in(JsonNode answer) {
        JsonNode checked = wrapped ? JsonNodeFactory.instance.objectNode().set("result", answer) : answer;
        return schema.validate(checked).stream()
                .map(error -> error.getInstanceLocation().toString())
                .map(place -> wrapped && place.startsWith(RESULT) ? place.substring(RESULT.length()) : place)
                .map(place -> place.isEmpty() ? "/" : place)
                .findFirst()
                .orElse(null);
    }
}
