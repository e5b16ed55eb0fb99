package dev.wayleave.tool;

import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A text with places such as {@code {{name}}} for values. They are put in once, as they are, and not looked at again: a
 * value that looks like a place is a value.
 *
 * @param parts text at even places, the names of values at odd ones
 */
public record TextTemplate(List<String> parts) {
    private static final int LONGEST = 32_768;
    private static final Pattern PLACE =
            Pattern.compile("\\{\\{\\s{0,8}([A-Za-z0-9_][A-Za-z0-9_.-]{0,127})\\s{0,8}\\}\\}");

    public TextTemplate {
        parts = List.copyOf(parts);
    }

    /** Null where it is too long, or has braces that name nothing. */
    static @Nullable TextTemplate parse(String text) {
        if (text.length() > LONGEST) {
            return null;
        }
        List<String> parts = new ArrayList<>();
        Matcher places = PLACE.matcher(text);
        int from = 0;
        while (places.find()) {
            parts.add(VisibleText.whole(text.substring(from, places.start())));
            parts.add(places.group(1));
            from = places.end();
        }
        parts.add(VisibleText.whole(text.substring(from)));
        for (int i = 0; i < parts.size(); i += 2) {
            if (parts.get(i).contains("{{") || parts.get(i).contains("}}")) {
                return null;
            }
        }
        return new TextTemplate(parts);
    }

    /** The names of its values, each once, in order. */
    public List<String> names() {
        List<String> names = new ArrayList<>();
        for (int i = 1; i < parts.size(); i += 2) {
            if (!names.contains(parts.get(i))) {
                names.add(parts.get(i));
            }
        }
        return names;
    }

    /** The text with these values. */
    public String filled(UnaryOperator<String> value) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < parts.size(); i++) {
            text.append(i % 2 == 1 ? value.apply(parts.get(i)) : parts.get(i));
        }
        return text.toString();
    }
}
