package dev.wayleave.call;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.wayleave.tool.Ask;
import dev.wayleave.tool.TextTemplate;
import dev.wayleave.tool.Tool;
import dev.wayleave.tool.VisibleText;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** Puts an ask into the words of MCP, with values of arguments and answers that are words and nothing more. */
final class AskWords {
    /** In characters, of all the values of a text together: what a person can be expected to read. */
    static final int MOST = 8_192;

    private static final int LONGEST_BRIEF = 256;

    private static final String ARGUMENTS = "arguments.";

    /** What could make more than words of a value, in Markdown or HTML. */
    private static final Pattern MARKUP = Pattern.compile("[\\\\`*<>|#!{}\\[\\]]");

    private AskWords() {}

    /** The whole of it as one line, of which nothing is markup and nothing hidden. */
    static String plain(String value) {
        return words(VisibleText.escaped(value.replaceAll("\\s+", " ").strip()));
    }

    /** The same for a text that nobody agrees to: without what is hidden, and cut where it is long. */
    static String brief(String value) {
        return words(VisibleText.of(value.replaceAll("\\s+", " "), LONGEST_BRIEF));
    }

    private static String words(String line) {
        return MARKUP.matcher(line).replaceAll("\\\\$0");
    }

    /** What an answer says in a place of a text, as it is; nothing where there is none. */
    static String answer(String place, Map<String, ObjectNode> answers) {
        List<String> at = Ask.answer(place);
        ObjectNode answer = at.isEmpty() ? null : answers.get(at.get(0));
        JsonNode value = answer == null ? MissingNode.getInstance() : answer.path(at.get(1));
        if (value.isMissingNode()) {
            return "";
        }
        if (!value.isArray()) {
            return PlainText.of(value);
        }
        List<String> parts = new ArrayList<>();
        value.forEach(part -> parts.add(PlainText.of(part)));
        return String.join(", ", parts);
    }

    /** The request, as it stands among {@code inputRequests}; empty where its values are more than a person can read. */
    static Optional<ObjectNode> request(Ask.Question question, JsonNode arguments, Map<String, ObjectNode> answers) {
        TextTemplate message = switch (question) {
            case Ask.Form form -> form.message();
            case Ask.Url url -> url.message();
            case Ask.Sampling sampling -> sampling.message();
            case Ask.Roots roots -> new TextTemplate(List.of());
        };
        String filled = filled(message, arguments, answers);
        int values = filled.length() - message.filled(place -> "").length();
        return values > MOST ? Optional.empty() : Optional.of(request(question, filled));
    }

    private static ObjectNode request(Ask.Question question, String message) {
        ObjectNode request = JsonNodeFactory.instance.objectNode();
        switch (question) {
            case Ask.Form form -> elicitation(request, "form", message).set("requestedSchema", form.schema());
            case Ask.Url url -> elicitation(request, "url", message).put("url", url.url());
            case Ask.Sampling sampling -> {
                ObjectNode params =
                        request.put("method", "sampling/createMessage").putObject("params");
                params.putArray("messages")
                        .addObject()
                        .put("role", "user")
                        .putObject("content")
                        .put("type", "text")
                        .put("text", message);
                if (sampling.systemPrompt() != null) {
                    params.put("systemPrompt", sampling.systemPrompt());
                }
                params.put("maxTokens", sampling.maxTokens());
            }
            case Ask.Roots roots -> request.put("method", "roots/list").putObject("params");
        }
        return request;
    }

    private static ObjectNode elicitation(ObjectNode request, String mode, String message) {
        return request.put("method", "elicitation/create")
                .putObject("params")
                .put("mode", mode)
                .put("message", message);
    }

    private static String filled(TextTemplate message, JsonNode arguments, Map<String, ObjectNode> answers) {
        return message.filled(place -> place.startsWith(ARGUMENTS)
                ? plain(PlainText.of(arguments.path(place.substring(ARGUMENTS.length()))))
                : plain(answer(place, answers)));
    }

    /** What a person agrees to, whole: what the tool is called, and each argument that an agent can set; empty for too much. */
    static Optional<String> agreement(Tool tool, ObjectNode arguments) {
        StringBuilder text = new StringBuilder(tool.title());
        text.append(tool.annotations().destructive() ? ": do this? It may not be possible to undo it." : ": do this?");
        int most = text.length() + MOST;
        for (var argument : arguments.properties()) {
            if (tool.inputSchema().path("properties").has(argument.getKey())) {
                text.append('\n')
                        .append(plain(argument.getKey()))
                        .append(": ")
                        .append(plain(argument.getValue().toString()));
            }
            if (text.length() > most) {
                return Optional.empty();
            }
        }
        return Optional.of(text.toString());
    }
}
