package dev.wayleave.tool;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;

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

    /** What stands outside of the variables. */
    Stream<String> texts() {
        return IntStream.iterate(0, i -> i < parts.size(), i -> i + 2).mapToObj(parts::get);
    }
}
