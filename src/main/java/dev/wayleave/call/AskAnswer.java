package dev.wayleave.call;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.Error;
import com.networknt.schema.Schema;
import dev.wayleave.tool.Ask;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** Reads what clients answer, and holds it to what was asked. */
final class AskAnswer {
    private static final int LONGEST_TEXT = 8_192;
    private static final int MOST_ROOTS = 100;
    private static final int LONGEST_URI = 2_048;
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
    private final Map<ObjectNode, Schema> forms = new ConcurrentHashMap<>();

    /** What an answer says. */
    sealed interface Read {
        /** The fields of it that a text or an argument can have. */
        record Given(ObjectNode fields) implements Read {}

        /** The person does not want to, or closed the question. */
        record Declined(boolean cancelled) implements Read {}

        /** It is no answer to what was asked. */
        record Malformed(String why) implements Read {}
    }

    Read read(Ask.Question question, JsonNode response) {
        if (!response.isObject()) {
            return new Read.Malformed("must be an object");
        }
        return switch (question) {
            case Ask.Form form -> elicited(response, form);
            case Ask.Url url -> elicited(response, null);
            case Ask.Sampling sampling -> sampled(response);
            case Ask.Roots roots -> roots(response);
        };
    }

    private Read elicited(JsonNode response, Ask.@Nullable Form form) {
        return switch (response.path("action").asText()) {
            case "accept" ->
                form == null ? new Read.Given(JSON.objectNode()) : filledIn(response.path("content"), form);
            case "decline" -> new Read.Declined(false);
            case "cancel" -> new Read.Declined(true);
            default -> new Read.Malformed("must have an action: accept, decline or cancel");
        };
    }

    private Read filledIn(JsonNode content, Ask.Form form) {
        if (!content.isObject()) {
            return new Read.Malformed("must have content");
        }
        ObjectNode known = JSON.objectNode();
        for (String field : form.fields()) {
            JsonNode value = content.path(field);
            if (!value.isMissingNode() && !value.isNull()) {
                known.set(field, value);
            }
        }
        List<Error> errors =
                forms.computeIfAbsent(form.schema(), JsonSchemas::compile).validate(known);
        return errors.isEmpty()
                ? new Read.Given(known)
                : new Read.Malformed("does not fit what was asked: "
                        + String.join("; ", new ArgumentProblems(form.schema()).of(errors)));
    }

    private static Read sampled(JsonNode response) {
        StringBuilder text = new StringBuilder();
        JsonNode content = response.path("content");
        for (JsonNode block : content.isObject() ? JSON.arrayNode().add(content) : content) {
            if (block.path("type").asText().equals("text")) {
                text.append(block.path("text").asText());
            }
        }
        if (text.isEmpty() || text.length() > LONGEST_TEXT) {
            return new Read.Malformed("must have content of type text, of at most " + LONGEST_TEXT + " characters");
        }
        String model = response.path("model").asText();
        return new Read.Given(JSON.objectNode()
                .put("text", text.toString())
                .put("model", model.substring(0, Math.min(model.length(), 128))));
    }

    private static Read roots(JsonNode response) {
        JsonNode roots = response.path("roots");
        if (!roots.isArray() || roots.size() > MOST_ROOTS) {
            return new Read.Malformed("must have a list of at most " + MOST_ROOTS + " roots");
        }
        ArrayNode uris = JSON.arrayNode();
        ArrayNode names = JSON.arrayNode();
        for (JsonNode root : roots) {
            String uri = root.path("uri").asText();
            String name = root.path("name").asText();
            if (!uri.startsWith("file://") || uri.length() > LONGEST_URI || name.length() > LONGEST_URI) {
                return new Read.Malformed("must have roots with a uri that begins with file://");
            }
            uris.add(uri);
            names.add(name);
        }
        ObjectNode fields = JSON.objectNode();
        fields.set("uris", uris);
        fields.set("names", names);
        return new Read.Given(fields);
    }
}
