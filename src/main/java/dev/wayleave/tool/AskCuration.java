package dev.wayleave.tool;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads {@code asks} of an operation, a workflow, a tool or a prompt, and holds them to each other. */
final class AskCuration {
    /** What a tool asks by itself where a person must agree. */
    static final String CONFIRMATION = "confirmation";

    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_-]{1,64}");
    private static final String ARGUMENTS = "arguments.";
    private static final int MOST_ASKS = 20;
    private static final int MOST_TOKENS = 100_000;
    private static final int USUAL_TOKENS = 1_000;

    private AskCuration() {}

    /** Those of an extension; none where it has none. */
    static List<Ask> read(Extension x) throws UnusableOperation {
        List<Ask> asks = x.list("asks", AskCuration::ask);
        if (asks.size() > MOST_ASKS) {
            throw x.wrong("asks", "is a list of at most " + MOST_ASKS + " objects");
        }
        Set<String> names = new HashSet<>();
        for (Ask ask : asks) {
            if (!names.add(ask.name())) {
                throw x.wrong("asks", "has " + ask.name() + " twice");
            }
            List<Ask> earlier =
                    asks.stream().filter(other -> other.round() < ask.round()).toList();
            for (String value : message(ask).names()) {
                if (!value.startsWith(ARGUMENTS) && !Ask.isAnswer(value, earlier)) {
                    throw x.wrong(
                            "asks",
                            "has {{" + value + "}}, which is neither of arguments nor of answers of an earlier round");
                }
            }
        }
        return asks;
    }

    private static TextTemplate message(Ask ask) {
        return switch (ask.question()) {
            case Ask.Form form -> form.message();
            case Ask.Url url -> url.message();
            case Ask.Sampling sampling -> sampling.message();
            case Ask.Roots roots -> new TextTemplate(List.of(""));
        };
    }

    private static Ask ask(Extension x) throws UnusableOperation {
        String name = x.parsed(
                "name",
                "1 to 64 of A-Z, a-z, 0-9, _ and -, and not " + CONFIRMATION,
                text -> NAME.matcher(text).matches() && !text.equals(CONFIRMATION) ? text : null);
        if (name == null) {
            throw x.wrong("name", "is missing");
        }
        Map<String, JsonPointer> fill = new LinkedHashMap<>();
        for (var entry : x.names("fill").entrySet()) {
            if (!entry.getValue().startsWith("/") || !OperationCuration.isPointer(entry.getValue())) {
                throw x.wrong("fill", "is an object of JSON pointers into the answer, by argument");
            }
            fill.put(entry.getKey(), JsonPointer.compile(entry.getValue()));
        }
        return new Ask(
                name,
                (int) whole(x, "round", 1, MOST_ASKS, 1),
                Boolean.TRUE.equals(x.flag("optional")),
                fill,
                question(x));
    }

    private static Ask.Question question(Extension x) throws UnusableOperation {
        TextTemplate message = x.parsed(
                "message",
                "text, in which {{arguments.NAME}} and {{answers.NAME.FIELD}} stand for values",
                TextTemplate::parse);
        JsonNode form = x.value("form");
        String url = x.parsed("url", "an absolute https URL", AskCuration::url);
        Ask.Sampling sampling = x.child("sampling", model -> sampling(model, message));
        Boolean roots = x.flag("roots");
        int kinds =
                (form == null ? 0 : 1) + (url == null ? 0 : 1) + (sampling == null ? 0 : 1) + (roots == null ? 0 : 1);
        if (kinds != 1) {
            throw x.wrong("form", "or one of `url`, `sampling` and `roots` is needed, and only one of them");
        }
        if (roots != null) {
            if (!roots || message != null) {
                throw x.wrong("roots", "is true, and needs no message");
            }
            return new Ask.Roots();
        }
        if (message == null) {
            throw x.wrong("message", "is missing");
        }
        if (sampling != null) {
            return sampling;
        }
        if (url != null) {
            return new Ask.Url(message, url);
        }
        String wrong = form instanceof ObjectNode schema ? FormSchema.whyNot(schema) : "is a JSON Schema";
        if (wrong != null || !(form instanceof ObjectNode schema)) {
            throw x.wrong("form", String.valueOf(wrong));
        }
        return new Ask.Form(message, schema);
    }

    private static Ask.Sampling sampling(Extension x, @Nullable TextTemplate message) throws UnusableOperation {
        return new Ask.Sampling(message == null ? new TextTemplate(List.of("")) : message, x.text("systemPrompt"), (int)
                whole(x, "maxTokens", 1, MOST_TOKENS, USUAL_TOKENS));
    }

    private static long whole(Extension x, String key, long least, long most, long otherwise) throws UnusableOperation {
        JsonNode number = x.number(key);
        if (number == null) {
            return otherwise;
        }
        if (!number.isIntegralNumber() || number.asLong() < least || number.asLong() > most) {
            throw x.wrong(key, "is a whole number from " + least + " to " + most);
        }
        return number.asLong();
    }

    private static @Nullable String url(String text) {
        try {
            URI uri = new URI(text);
            return "https".equals(uri.getScheme()) && uri.getHost() != null && uri.getRawUserInfo() == null
                    ? text
                    : null;
        } catch (URISyntaxException e) {
            return null;
        }
    }

    /**
     * Those that stand for arguments, made good for them: what an answer fills, agents may leave out.
     *
     * @param schema of the tool's arguments, which is changed
     * @return what the work needs of that
     */
    static Set<String> fit(List<Ask> asks, ObjectNode schema) throws UnusableOperation {
        Set<String> needed = new LinkedHashSet<>();
        for (Ask ask : asks) {
            for (String argument : ask.fill().keySet()) {
                if (!schema.path("properties").has(argument)) {
                    throw new UnusableOperation("the ask " + ask.name() + " fills " + VisibleText.of(argument, 64)
                            + ", which is no argument that agents see");
                }
                if (removed(schema, argument)) {
                    needed.add(argument);
                }
            }
        }
        return needed;
    }

    private static boolean removed(ObjectNode schema, String argument) {
        if (schema.get("required") instanceof ArrayNode required) {
            for (int i = 0; i < required.size(); i++) {
                if (required.get(i).asText().equals(argument)) {
                    required.remove(i);
                    if (required.isEmpty()) {
                        schema.remove("required");
                    }
                    return true;
                }
            }
        }
        return false;
    }
}
