package dev.wayleave.tool;

import com.fasterxml.jackson.databind.JsonNode;
import dev.wayleave.openapi.Finding;
import dev.wayleave.openapi.MediaType;
import dev.wayleave.openapi.Operation;
import dev.wayleave.openapi.Parameter;
import dev.wayleave.openapi.RequestBody;
import dev.wayleave.openapi.Schema;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Finds the operations whose words hide characters, so that their owner learns of it. */
final class HiddenWords {
    /** Keywords whose values stay as they are. */
    private static final Set<String> VALUES =
            Set.of("enum", "const", "default", "pattern", "required", "dependentRequired");

    /** Operations share the schemas of their document. */
    private final IdentityHashMap<JsonNode, Hidden> seen = new IdentityHashMap<>();

    /** What is hidden where: words lose it, and values and names, which the platform wants as they are, do not. */
    private enum Hidden {
        NOTHING,
        IN_WORDS,
        IN_VALUES;

        Hidden and(Hidden other) {
            return compareTo(other) >= 0 ? this : other;
        }
    }

    /** One finding, naming where; none for what is visible as it stands. */
    Optional<Finding> in(Operation operation) {
        Map<Hidden, List<String>> where = new EnumMap<>(Hidden.class);
        note(where, "summary", inWords(operation.summary()));
        note(where, "description", inWords(operation.description()));
        for (Parameter parameter : operation.parameters()) {
            String name = "parameter " + VisibleText.of(parameter.name(), 64);
            Hidden words = inWords(parameter.name()).and(inWords(parameter.description()));
            note(where, name, words.and(in(parameter.schema())));
        }
        RequestBody body = operation.requestBody();
        if (body != null) {
            note(where, "body", inWords(body.description()).and(anyOf(body.content())));
        }
        operation.responses().forEach((status, answer) -> note(where, "answer " + status, anyOf(answer.content())));
        return where.isEmpty()
                ? Optional.empty()
                : Optional.of(new Finding(Finding.Severity.WARNING, operation.source(), told(where)));
    }

    private static String told(Map<Hidden, List<String>> where) {
        List<String> sentences = new ArrayList<>();
        where.forEach((hidden, places) -> sentences.add((hidden == Hidden.IN_WORDS
                        ? "hidden characters, which no client is shown, in its "
                        : "hidden characters, which clients are given where they are part of a value or of a"
                                + " property's name, in its ")
                + String.join(", ", places)));
        return String.join("; ", sentences);
    }

    private Hidden anyOf(List<MediaType> content) {
        Hidden hidden = Hidden.NOTHING;
        for (MediaType type : content) {
            Schema schema = type.schema();
            hidden = schema == null ? hidden : hidden.and(in(schema));
        }
        return hidden;
    }

    private Hidden in(Schema schema) {
        Hidden hidden = in(schema.json(), false);
        for (JsonNode definition : schema.definitions().values()) {
            hidden = hidden.and(in(definition, false));
        }
        return hidden;
    }

    private Hidden in(JsonNode node, boolean value) {
        if (!node.isContainerNode()) {
            return !node.isTextual() || !VisibleText.hides(node.textValue())
                    ? Hidden.NOTHING
                    : value ? Hidden.IN_VALUES : Hidden.IN_WORDS;
        }
        Hidden known = seen.get(node);
        if (known != null) {
            return known;
        }
        Hidden found = Hidden.NOTHING;
        for (var member : node.properties()) {
            boolean name = VisibleText.hides(member.getKey());
            found = found.and(name ? Hidden.IN_VALUES : Hidden.NOTHING)
                    .and(in(member.getValue(), value || VALUES.contains(member.getKey())));
        }
        for (int i = 0; node.isArray() && i < node.size(); i++) {
            found = found.and(in(node.get(i), value));
        }
        seen.put(node, found);
        return found;
    }

    private static Hidden inWords(@Nullable String text) {
        return text != null && VisibleText.hides(text) ? Hidden.IN_WORDS : Hidden.NOTHING;
    }

    private static void note(Map<Hidden, List<String>> where, String place, Hidden hidden) {
        if (hidden != Hidden.NOTHING) {
            where.computeIfAbsent(hidden, first -> new ArrayList<>()).add(place);
        }
    }
}
