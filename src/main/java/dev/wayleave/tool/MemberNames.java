package dev.wayleave.tool;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.function.BiPredicate;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Looks for names of members in a value, however they are written: nested, with dots or brackets, in any letter case, or
 * in JSON that stands in a text. Elements of arrays do not count as a level.
 */
public final class MemberNames {
    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private MemberNames() {}

    /** Whether a member of that name, or at that dotted path, stands anywhere in the value. */
    public static boolean anywhere(JsonNode value, String name) {
        List<String> wanted = segments(name);
        return some(value, List.of(), way -> Collections.indexOfSubList(way, wanted) >= 0);
    }

    /** Whether a member stands at that path from the value, or something in it. */
    public static boolean at(JsonNode value, List<String> path) {
        List<String> wanted =
                path.stream().flatMap(name -> segments(name).stream()).toList();
        return some(
                value,
                List.of(),
                way -> way.size() >= wanted.size()
                        && way.subList(0, wanted.size()).equals(wanted));
    }

    /** What stands under that name, or at that dotted path, anywhere in the value. */
    public static List<JsonNode> values(JsonNode value, String name) {
        List<String> wanted = segments(name);
        List<JsonNode> found = new ArrayList<>();
        walk(value, List.of(), (way, inner) -> {
            if (endsWith(way, wanted)) {
                found.add(inner);
            }
            return false;
        });
        return found;
    }

    /** Whether two names are the same, however they are written. */
    public static boolean same(String name, String other) {
        return segments(name).equals(segments(other));
    }

    private static boolean endsWith(List<String> way, List<String> wanted) {
        int from = way.size() - wanted.size();
        return from >= 0 && way.subList(from, way.size()).equals(wanted);
    }

    private static boolean some(JsonNode value, List<String> way, Predicate<List<String>> wanted) {
        return walk(value, way, (longer, inner) -> wanted.test(longer));
    }

    /** Visits every member with the way to it, until a visit says that this is enough. */
    private static boolean walk(JsonNode value, List<String> way, BiPredicate<List<String>, JsonNode> visit) {
        JsonNode inner = value.isTextual() ? parsed(value.textValue()) : value;
        if (inner == null) {
            return false;
        }
        for (var member : inner.properties()) {
            List<String> longer = new ArrayList<>(way);
            longer.addAll(segments(member.getKey()));
            if (visit.test(longer, member.getValue()) || walk(member.getValue(), longer, visit)) {
                return true;
            }
        }
        for (int i = 0; inner.isArray() && i < inner.size(); i++) {
            if (walk(inner.get(i), way, visit)) {
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
    public static List<String> segments(String name) {
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
