package dev.wayleave.tool;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Something that the client, or the person in front of it, is asked before a tool or a prompt goes on (MCP 2026-07-28,
 * basic/patterns/mrtr).
 *
 * @param name unique in its tool or prompt
 * @param round asks of the same round are asked together, those of a later one when these are answered
 * @param optional whether it goes on without an answer where the client cannot be asked, or the person does not want to
 * @param fill by argument: where in the answer its value stands
 */
public record Ask(String name, int round, boolean optional, Map<String, JsonPointer> fill, Question question) {
    private static final String ANSWERS = "answers.";

    public Ask {
        fill = Collections.unmodifiableMap(new LinkedHashMap<>(fill));
    }

    /** What is asked, by the kind of thing that a client can be asked for. */
    public sealed interface Question {
        /** What a text can say of the answer. */
        List<String> fields();
    }

    /** The person fills in a form; the answer is what was filled in. */
    public record Form(TextTemplate message, ObjectNode schema) implements Question {
        @Override
        public List<String> fields() {
            List<String> fields = new ArrayList<>();
            schema.path("properties").fieldNames().forEachRemaining(fields::add);
            return fields;
        }
    }

    /** The person goes to a page; the answer says that, and nothing more. */
    public record Url(TextTemplate message, String url) implements Question {
        @Override
        public List<String> fields() {
            return List.of();
        }
    }

    /** The client's model writes a text; the answer is that. */
    public record Sampling(TextTemplate message, @Nullable String systemPrompt, int maxTokens) implements Question {
        @Override
        public List<String> fields() {
            return List.of("text", "model");
        }
    }

    /** The client tells which folders it works in. */
    public record Roots() implements Question {
        @Override
        public List<String> fields() {
            return List.of("uris", "names");
        }
    }

    /** Where in the answers a value of a text stands, as ask and field; empty where it is none of them. */
    public static List<String> answer(String value) {
        String rest = value.startsWith(ANSWERS) ? value.substring(ANSWERS.length()) : "";
        int dot = rest.indexOf('.');
        return dot < 1 ? List.of() : List.of(rest.substring(0, dot), rest.substring(dot + 1));
    }

    /** Whether one of the asks answers the value of a text. */
    static boolean isAnswer(String value, List<Ask> asks) {
        List<String> place = answer(value);
        return !place.isEmpty()
                && asks.stream()
                        .anyMatch(ask -> ask.name().equals(place.get(0))
                                && ask.question().fields().contains(place.get(1)));
    }
}
