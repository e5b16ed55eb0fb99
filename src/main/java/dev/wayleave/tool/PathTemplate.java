package dev.wayleave.tool;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A path template taken apart: text and variables in turn.
 *
 * @param parts text at even places, the names of variables at odd ones
 */
public record PathTemplate(List<String> parts) {
    private static final Pattern VARIABLE = Pattern.compile("\\{([^{}]*)\\}");

    public PathTemplate {
        parts = List.copyOf(parts);
    }

    /** Takes apart {@code /pets/{petId}}. */
    public static PathTemplate of(String path) {
        List<String> parts = new ArrayList<>();
        Matcher variables = VARIABLE.matcher(path);
        int from = 0;
        while (variables.find()) {
            parts.add(path.substring(from, variables.start()));
            parts.add(variables.group(1));
            from = variables.end();
        }
        parts.add(path.substring(from));
        return new PathTemplate(parts);
    }

    /** The names of its variables, in order. */
    public List<String> variables() {
        return IntStream.iterate(1, i -> i < parts.size(), i -> i + 2)
                .mapToObj(parts::get)
                .toList();
    }

    /** Null where it has none. */
    public @Nullable String lastVariable() {
        return variables().isEmpty() ? null : variables().getLast();
    }

    /** Whether each variable is a whole segment. */
    boolean hasWholeSegments() {
        return IntStream.iterate(1, i -> i < parts.size(), i -> i + 2)
                .allMatch(i -> parts.get(i - 1).endsWith("/")
                        && (parts.get(i + 1).isEmpty()
                                ? i == parts.size() - 2
                                : parts.get(i + 1).startsWith("/")));
    }

    /** The values in a path that fits from end to end, each a whole segment, percent-decoded once; empty where it does not. */
    public Optional<Map<String, String>> match(String path) {
        Map<String, String> values = new HashMap<>();
        int at = 0;
        for (int i = 0; i < parts.size(); i++) {
            if (i % 2 == 0) {
                if (!path.startsWith(parts.get(i), at)) {
                    return Optional.empty();
                }
                at += parts.get(i).length();
                continue;
            }
            int end = path.indexOf('/', at) < 0 ? path.length() : path.indexOf('/', at);
            String value = UriTemplate.decoded(path.substring(at, end));
            if (value == null || values.put(parts.get(i), value) != null) {
                return Optional.empty();
            }
            at = end;
        }
        return at == path.length() ? Optional.of(values) : Optional.empty();
    }

    /** What stands outside of the variables. */
    Stream<String> texts() {
        return IntStream.iterate(0, i -> i < parts.size(), i -> i + 2).mapToObj(parts::get);
    }
}
