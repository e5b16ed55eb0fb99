package dev.wayleave.workflow;

import com.fasterxml.jackson.databind.JsonNode;
import dev.wayleave.openapi.Schema;
import dev.wayleave.openapi.Source;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One workflow (Arazzo 1.1, "Workflow Object").
 *
 * @param inputs what it takes; null where it says nothing of that
 * @param steps in an order in which each comes after those that it depends on
 * @param extensions its {@code x-*} members
 */
public record Workflow(
        String id,
        @Nullable String summary,
        @Nullable String description,
        @Nullable Schema inputs,
        List<Step> steps,
        Map<String, Value> outputs,
        Map<String, JsonNode> extensions,
        Source source) {
    public Workflow {
        steps = List.copyOf(steps);
        outputs = Collections.unmodifiableMap(new LinkedHashMap<>(outputs));
        extensions = Collections.unmodifiableMap(new LinkedHashMap<>(extensions));
    }
}
