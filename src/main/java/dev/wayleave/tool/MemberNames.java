package dev.wayleave.tool;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/**
 * Looks for names of members in a value, however they are written: nested, with dots or brackets, in any letter case or
 * width, in a JSON patch, or in JSON that stands in a text. Elements of arrays do not count as a level.
 */
public final class MemberNames {
    private static final Pattern UNSEEN = Pattern.compile("[\\p{Cc}\\p{Cf}]");

    private MemberNames() {}

    /** What is done with what is met on the way; true where that is enough. */
    private interface Visit {
        /**
         * A member.
         *
         * @param way to it, with its own name
         * @param own how many of those steps its own name tells
         */
        boolean member(List<String> way, int own, JsonNode value);

        /** A text at the end of that way which some readers may take for members, nobody knows which. */
        boolean unreadable(List<String> way, String text);
    }

    /** Whether a member of that name, or at that dotted path, stands anywhere in the value. */
    public static boolean anywhere(JsonNode value, String name) {
        List<String> wanted = segments(name);
        return some(value, wanted, way -> Collections.indexOfSubList(way, wanted) >= 0, way -> true);
    }

    /** Whether a member stands at that path from the value, or something in it. */
    public static boolean at(JsonNode value, List<String> path) {
        List<String> wanted =
                path.stream().flatMap(name -> segments(name).stream()).toList();
        return some(value, wanted, way -> isOnWay(wanted, way), way -> true);
    }

    /** The same, where a text that readers do not read alike counts only in the place of what has the member. */
    public static boolean exactly(JsonNode value, List<String> path) {
        List<String> wanted =
                path.stream().flatMap(name -> segments(name).stream()).toList();
        return some(
                value, wanted, way -> isOnWay(wanted, way), way -> way.size() < wanted.size() && isOnWay(way, wanted));
    }

    /** Whether the way begins with those steps. */
    private static boolean isOnWay(List<String> first, List<String> way) {
        return way.size() >= first.size() && way.subList(0, first.size()).equals(first);
    }

    /**
     * What stands under that name, or at that dotted path, anywhere in the value; a missing node where that cannot be told,
     * as of a text that mentions the name and that readers do not read alike.
     */
    public static List<JsonNode> values(JsonNode value, String name) {
        return values(value, segments(name), false);
    }

    /** The same, of what stands at that dotted path from the value and nowhere else. */
    public static List<JsonNode> valuesAt(JsonNode value, String path) {
        return values(value, segments(path), true);
    }

    private static List<JsonNode> values(JsonNode value, List<String> wanted, boolean whole) {
        List<JsonNode> found = new ArrayList<>();
        walk(value, List.of(), new Visit() {
            @Override
            public boolean member(List<String> way, int own, JsonNode inner) {
                if (endsWithin(way, own, wanted, whole)) {
                    found.add(inner);
                }
                return false;
            }

            @Override
            public boolean unreadable(List<String> way, String text) {
                if (EmbeddedMembers.mentions(text, whole ? wanted.subList(wanted.size() - 1, wanted.size()) : wanted)) {
                    found.add(MissingNode.getInstance());
                }
                return false;
            }
        });
        return found;
    }

    /** Whether a text that is sent as it is may give a member of that name a value that {@link #values} does not see. */
    public static boolean mentions(String text, String name) {
        return !(EmbeddedMembers.in(text) instanceof EmbeddedMembers.Read)
                && EmbeddedMembers.mentions(text, segments(name));
    }

    /** Whether the name ends in one of the last steps, which are those of one member: {@code a.b} is a part of {@code a}. */
    private static boolean endsWithin(List<String> way, int own, List<String> wanted, boolean whole) {
        for (int end = way.size() - own + 1; end <= way.size(); end++) {
            int from = end - wanted.size();
            if (from >= 0 && (from == 0 || !whole) && way.subList(from, end).equals(wanted)) {
                return true;
            }
        }
        return false;
    }

    private static boolean some(
            JsonNode value, List<String> name, Predicate<List<String>> wanted, Predicate<List<String>> doubtful) {
        return walk(value, List.of(), new Visit() {
            @Override
            public boolean member(List<String> way, int own, JsonNode inner) {
                return wanted.test(way);
            }

            @Override
            public boolean unreadable(List<String> way, String text) {
                return doubtful.test(way) && EmbeddedMembers.mentions(text, name);
            }
        });
    }

    /** Visits every member with the way to it, until a visit says that this is enough. */
    private static boolean walk(JsonNode value, List<String> way, Visit visit) {
        if (value.isTextual()) {
            return switch (EmbeddedMembers.in(value.textValue())) {
                case EmbeddedMembers.Read read -> walk(read.json(), way, visit);
                case EmbeddedMembers.Unreadable text -> visit.unreadable(way, text.text());
                case EmbeddedMembers.Plain plain -> false;
            };
        }
        if (value.path("op").isTextual() && value.path("path").isTextual()) {
            List<String> patched = segments(value.path("path").textValue());
            if (visit.member(longer(way, patched), patched.size(), value.path("value"))) {
                return true;
            }
        }
        for (var member : value.properties()) {
            List<String> own = segments(member.getKey());
            List<String> longer = longer(way, own);
            if (visit.member(longer, own.size(), member.getValue()) || walk(member.getValue(), longer, visit)) {
                return true;
            }
        }
        for (int i = 0; value.isArray() && i < value.size(); i++) {
            if (walk(value.get(i), way, visit)) {
                return true;
            }
        }
        return false;
    }

    private static List<String> longer(List<String> way, List<String> own) {
        List<String> longer = new ArrayList<>(way);
        longer.addAll(own);
        return longer;
    }

    /** The steps that a name tells: {@code a[0][b]} and {@code a.b} are {@code a} and {@code b}. */
    public static List<String> segments(String name) {
        List<String> segments = new ArrayList<>();
        for (String segment : folded(name).split("[.\\[\\]/]+", -1)) {
            String plain = segment.strip();
            if (!plain.isEmpty() && !plain.chars().allMatch(Character::isDigit)) {
                segments.add(plain);
            }
        }
        return segments.isEmpty() ? List.of(name) : segments;
    }

    /** As the most lenient of readers compare names: without what is not seen, and without case and width. */
    static String folded(String text) {
        String plain =
                UNSEEN.matcher(Normalizer.normalize(text, Normalizer.Form.NFKC)).replaceAll("");
        return plain.toUpperCase(Locale.ROOT).toLowerCase(Locale.ROOT);
    }
}
