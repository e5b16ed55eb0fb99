package dev.wayleave.call;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Looks for names of members in a value, however they are written: nested, with dots or brackets, in any letter case, or
 * in JSON that stands in a text. Elements of arrays do not count as a level.
 */
final class MemberNames {
    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private MemberNames() {}

    /** Whether a member of that name, or at that dotted path, stands anywhere in the value. */
    static boolean anywhere(JsonNode value, String name) {
        List<String> wanted = segments(name);
        return some(value, List.of(), way -> Collections.indexOfSubList(way, wanted) >= 0);
    }

    /** Whether a member stands at that path from the value, or something in it. */
    static boolean at(JsonNode value, List<String> path) {
        List<String> wanted =
                path.stream().flatMap(name -> segments(name).stream()).toList();
        return some(
                value,
                List.of(),
                way -> way.size() >= wanted.size()
                        && way.subList(0, wanted.size()).equals(wanted));
    }

    private static boolean some(JsonNode value, List<String> way, Predicate<List<String>> wanted) {
        JsonNode inner = value.isTextual() ? parsed(value.textValue()) : value;
        if (inner == null) {
            return false;
        }
        for (var member : inner.properties()) {
            List<String> longer = new ArrayList<>(way);
            longer.addAll(segments(member.getKey()));
            if (wanted.test(longer) || some(member.getValue(), longer, wanted)) {
                return true;
            }
        }
        for (int i = 0; inner.isArray() && i < inner.size(); i++) {
            if (some(inner.get(i), way, wanted)) {
                return true;
            }
        }
        return false;
    }

    /** What some platforms take for JSON again; null for other texts. */
    private static @Nullable JsonNode parsed(String text) {
        String stripped = text.strip();
        if (!stripped.startsWith("{") && !stripped.startsWith("[")) {
            return null;
        }
        try {
            return JSON.readTree(stripped);
        } catch (JsonProcessingException notJson) {
            return null;
        }
    }

    /** The steps that a name tells: {@code a[0][b]} and {@code a.b} are {@code a} and {@code b}. */
    static List<String> segments(String name) {
        List<String> segments = new ArrayList<>();
        for (String segment : name.split("[.\\[\\]/]+", -1)) {
            String plain = segment.strip().toLowerCase(Locale.ROOT);
            if (!plain.isEmpty() && !plain.chars().allMatch(Character::isDigit)) {
                segments.add(plain);
            }
        }
        return segments.isEmpty() ? List.of(name) : segments;
    }
}
