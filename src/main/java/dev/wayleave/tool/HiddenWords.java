package dev.wayleave.tool;

import com.fasterxml.jackson.databind.JsonNode;
import dev.wayleave.openapi.Finding;
import dev.wayleave.openapi.MediaType;
import dev.wayleave.openapi.Operation;
import dev.wayleave.openapi.Parameter;
import dev.wayleave.openapi.RequestBody;
import dev.wayleave.openapi.Schema;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Finds the operations whose words hide characters, so that their owner learns of it. */
final class HiddenWords {
    /** Operations share the schemas of their document. */
    private final IdentityHashMap<JsonNode, Boolean> seen = new IdentityHashMap<>();

    /** One finding, naming where; none for what is visible as it stands. */
    Optional<Finding> in(Operation operation) {
        List<String> where = new ArrayList<>();
        note(where, "summary", hides(operation.summary()));
        note(where, "description", hides(operation.description()));
        for (Parameter parameter : operation.parameters()) {
            String name = "parameter " + VisibleText.of(parameter.name(), 64);
            note(where, name, hides(parameter.name()) || hides(parameter.description()) || in(parameter.schema()));
        }
        RequestBody body = operation.requestBody();
        if (body != null) {
            note(where, "body", hides(body.description()) || anyOf(body.content()));
        }
        operation.responses().forEach((status, answer) -> note(where, "answer " + status, anyOf(answer.content())));
        return where.isEmpty()
                ? Optional.empty()
                : Optional.of(new Finding(
                        Finding.Severity.WARNING,
                        operation.source(),
                        "hidden characters, which no client is shown, in its " + String.join(", ", where)));
    }

    private boolean anyOf(List<MediaType> content) {
        return content.stream().map(MediaType::schema).anyMatch(schema -> schema != null && in(schema));
    }

    private boolean in(Schema schema) {
        boolean found = in(schema.json());
        for (JsonNode definition : schema.definitions().values()) {
            found |= in(definition);
        }
        return found;
    }

    private boolean in(JsonNode node) {
        if (!node.isContainerNode()) {
            return node.isTextual() && hides(node.textValue());
        }
        Boolean known = seen.get(node);
        if (known != null) {
            return known;
        }
        boolean found = false;
        for (var member : node.properties()) {
            found |= VisibleText.hides(member.getKey()) || in(member.getValue());
        }
        for (int i = 0; node.isArray() && i < node.size(); i++) {
            found |= in(node.get(i));
        }
        seen.put(node, found);
        return found;
    }

    private static boolean hides(@Nullable String text) {
        return text != null && VisibleText.hides(text);
    }

    private static void note(List<String> where, String place, boolean hides) {
        if (hides) {
            where.add(place);
        }
    }
}
