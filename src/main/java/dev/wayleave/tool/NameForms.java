package dev.wayleave.tool;

import dev.wayleave.openapi.Operation;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The names that one operation could have, from what it says of itself alone.
 *
 * @param best the {@code operationId} without the route that a framework appended, else method and path; null where too
 *     long
 * @param whole the {@code operationId}, or the path without versions and inner variables; null where too long
 * @param brief a shortened one
 * @param grouped one that is shortened more, so that it need not lose its tag
 * @param latter one that keeps its end instead of its middle
 */
record NameForms(@Nullable String best, @Nullable String whole, String brief, String grouped, String latter) {
    static final int COUNT = 5;

    /** What programs that keep tools in maps, or print them, take for something else. */
    private static final Set<String> RESERVED =
            Set.of("constructor", "prototype", "null", "undefined", "true", "false", "none", "nan");

    private static final Pattern VERSION = Pattern.compile("v\\d+([._]\\d+)*|api|rest");

    static NameForms of(Operation operation, int length) {
        String id = operation.operationId() == null ? "" : operation.operationId();
        String name = Snake.canSpell(id) ? allowed(Snake.of(id), operation) : "";
        if (name.isEmpty()) {
            return ofPath(operation, length);
        }
        String routeless = allowed(Snake.of(withoutRoute(id, operation)), operation);
        String own = routeless.isEmpty() ? name : routeless;
        if (own.length() > length && own.equals(String.join("_", pathWords(operation)))) {
            return ofPath(operation, length);
        }
        return new NameForms(
                fitting(own, length),
                fitting(name, length),
                ShortName.of(own, operation.tags(), length),
                ShortName.of(own, List.of(), length),
                ShortName.ending(own, length));
    }

    @Nullable
    String at(int turn) {
        return switch (turn) {
            case 0 -> best;
            case 1 -> whole;
            case 2 -> brief;
            case 3 -> grouped;
            case 4 -> latter;
            default -> throw new IndexOutOfBoundsException(turn);
        };
    }

    private static NameForms ofPath(Operation operation, int length) {
        String whole = String.join("_", essentialWords(operation));
        String brief = ShortName.of(whole, List.of(), length);
        return new NameForms(
                fitting(String.join("_", pathWords(operation)), length),
                fitting(whole, length),
                brief,
                brief,
                ShortName.ending(whole, length));
    }

    /** The method and every word of the path. An id that says no more says it at length. */
    private static List<String> pathWords(Operation operation) {
        List<String> words = new ArrayList<>(List.of(verb(operation)));
        for (String part : PathTemplate.of(operation.path()).parts()) {
            words.addAll(wordsOf(part));
        }
        return words;
    }

    /** The same without versions, and without variables but one at the end. */
    private static List<String> essentialWords(Operation operation) {
        List<String> words = new ArrayList<>(List.of(verb(operation)));
        List<String> parts = PathTemplate.of(operation.path()).parts();
        int lastVariable = parts.getLast().replace("/", "").isEmpty() ? parts.size() - 2 : -1;
        for (int i = 0; i < parts.size(); i++) {
            boolean variable = i % 2 == 1;
            for (String word : wordsOf(parts.get(i))) {
                if (variable ? i == lastVariable : !VERSION.matcher(word).matches()) {
                    words.add(word);
                }
            }
        }
        return words;
    }

    private static List<String> wordsOf(String part) {
        return Stream.of(part.split("/", -1))
                .map(Snake::of)
                .filter(word -> !word.isEmpty())
                .toList();
    }

    /** FastAPI, left alone, appends path and method to the function's name. */
    private static String withoutRoute(String id, Operation operation) {
        String route = operation.path().replaceAll("\\W", "_") + "_"
                + operation.method().toLowerCase(Locale.ROOT);
        return id.endsWith(route) ? id.substring(0, id.length() - route.length()) : id;
    }

    /** A name begins with a letter; one that does not, or is reserved, takes the method before it. */
    private static String allowed(String name, Operation operation) {
        boolean plain = name.isEmpty() || !(Character.isDigit(name.charAt(0)) || RESERVED.contains(name));
        return plain ? name : verb(operation) + "_" + name;
    }

    private static String verb(Operation operation) {
        String method = Snake.of(operation.method());
        return method.isEmpty() || Character.isDigit(method.charAt(0)) ? "call" : method;
    }

    private static @Nullable String fitting(String name, int length) {
        return name.length() <= length ? name : null;
    }
}
