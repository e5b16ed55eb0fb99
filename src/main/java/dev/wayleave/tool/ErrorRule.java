package dev.wayleave.tool;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * What an owner knows of some of a platform's errors, as {@code x-mcp.errors} says: which answers are meant, and what an
 * agent is told of them.
 *
 * @param statuses the HTTP statuses that are meant
 * @param code what must stand at {@code pointer}; null for anything
 * @param pattern what must be found in the platform's words; null for anything
 * @param message instead of the platform's words; null to leave them
 * @param advice instead of what is usually advised; null to leave it
 * @param retryable whether the same call may do later; null where nothing is said
 * @param seconds where it is told when that is; null for nowhere
 */
public record ErrorRule(
        List<Integer> statuses,
        @Nullable JsonPointer pointer,
        @Nullable String code,
        @Nullable Pattern pattern,
        @Nullable String message,
        @Nullable String advice,
        @Nullable Boolean retryable,
        @Nullable Seconds seconds) {
    private static final int LONGEST_PATTERN = 500;
    private static final int LONGEST_WORDS = 500;
    private static final int MOST_SECONDS = 86_400;
    private static final String STATUS = "is a status from 200 to 599, 4XX or 5XX, or a list of them";
    private static final Map<String, Integer> CLASSES = Map.of("4XX", 400, "5XX", 500);
    private static final Pattern NUMBER = Pattern.compile("[1-9][0-9]{0,4}");

    public ErrorRule {
        statuses = List.copyOf(statuses);
    }

    /** Where a number of seconds stands. */
    public sealed interface Seconds {
        /** In the rule itself. */
        record Fixed(int seconds) implements Seconds {}

        /** In the platform's words: a group of the pattern. */
        record Group(int group) implements Seconds {}

        /** In the platform's JSON. */
        record At(JsonPointer pointer) implements Seconds {}
    }

    /**
     * Whether it is about this answer.
     *
     * @param json the answer's body; a missing node where it is no JSON
     * @param words what the platform says
     */
    public boolean fits(int status, JsonNode json, String words) {
        boolean coded = pointer == null
                || (code == null
                        ? !json.at(pointer).isMissingNode()
                        : json.at(pointer).isValueNode()
                                && json.at(pointer).asText().equals(code));
        return statuses.contains(status)
                && coded
                && (pattern == null || pattern.matcher(words).find());
    }

    /** Whether it is about certain answers of its statuses, and not all of them. */
    public boolean isParticular() {
        return pointer != null || pattern != null;
    }

    /** When to try again, of an answer that it is about; null where that is not told. */
    public @Nullable Integer retryAfter(JsonNode json, String words) {
        return switch (seconds) {
            case null -> null;
            case Seconds.Fixed fixed -> fixed.seconds();
            case Seconds.At at -> number(json.at(at.pointer()).asText());
            case Seconds.Group group -> {
                Matcher found = pattern == null ? null : pattern.matcher(words);
                yield found == null || !found.find() || found.group(group.group()) == null
                        ? null
                        : number(found.group(group.group()));
            }
        };
    }

    private static @Nullable Integer number(String text) {
        if (!NUMBER.matches(text)) {
            return null;
        }
        int number = Integer.parseInt(text);
        return number <= MOST_SECONDS ? number : null;
    }

    static ErrorRule read(Extension x, CuratedWords words) throws UnusableOperation {
        String pointed = x.text("pointer");
        String code = x.text("code");
        if (code != null && pointed == null) {
            throw x.wrong("code", "is compared with what stands at a `pointer`, which is missing");
        }
        Pattern pattern = x.parsed("pattern", "a regular expression of RE2, up to 500 characters", ErrorRule::pattern);
        List<Integer> statuses = statuses(x);
        if (pointed == null && pattern == null && statuses.stream().anyMatch(one -> one < 300)) {
            throw x.wrong("status", "has a success, of which a `pointer` or a `pattern` must tell the failures");
        }
        String message = words.text(x.text("message"), LONGEST_WORDS, x.at("message"));
        String advice = words.text(x.text("advice"), LONGEST_WORDS, x.at("advice"));
        return new ErrorRule(
                statuses,
                pointed == null ? null : pointer(x, "pointer", pointed),
                code,
                pattern,
                message,
                advice,
                x.flag("retryable"),
                seconds(x, pattern));
    }

    private static List<Integer> statuses(Extension x) throws UnusableOperation {
        JsonNode said = x.value("status");
        List<Integer> statuses = new ArrayList<>();
        Iterable<JsonNode> all = said == null ? List.of() : said.isArray() ? said : List.of(said);
        for (JsonNode one : all) {
            Integer hundreds = CLASSES.get(one.asText());
            if (hundreds != null && one.isTextual()) {
                IntStream.range(hundreds, hundreds + 100).forEach(statuses::add);
                continue;
            }
            if (!one.isInt() || one.intValue() < 200 || one.intValue() > 599) {
                throw x.wrong("status", STATUS);
            }
            statuses.add(one.intValue());
        }
        if (statuses.isEmpty()) {
            throw x.wrong("status", "is missing; it " + STATUS);
        }
        return statuses;
    }

    private static @Nullable Seconds seconds(Extension x, @Nullable Pattern pattern) throws UnusableOperation {
        JsonNode said = x.value("retry-after");
        if (said == null) {
            return null;
        }
        String text = said.asText();
        if (said.isInt() && number(text) != null) {
            return new Seconds.Fixed(said.intValue());
        }
        if (said.isTextual() && text.startsWith("/")) {
            return new Seconds.At(pointer(x, "retry-after", text));
        }
        if (said.isTextual() && text.matches("\\$[1-9]")) {
            int group = text.charAt(1) - '0';
            if (pattern != null && group <= pattern.groupCount()) {
                return new Seconds.Group(group);
            }
            throw x.wrong("retry-after", "names a group that `pattern` does not have");
        }
        throw x.wrong("retry-after", "is a number of seconds, a group of `pattern` such as $1, or a JSON pointer");
    }

    private static JsonPointer pointer(Extension x, String key, String text) throws UnusableOperation {
        if (!OperationCuration.isPointer(text)) {
            throw x.wrong(key, "is a JSON pointer such as /error/code");
        }
        return JsonPointer.compile(text);
    }

    private static @Nullable Pattern pattern(String text) {
        try {
            return text.length() > LONGEST_PATTERN ? null : Pattern.compile(text);
        } catch (PatternSyntaxException invalid) {
            return null;
        }
    }
}
