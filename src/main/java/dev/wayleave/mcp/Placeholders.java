package dev.wayleave.mcp;

import io.micronaut.context.env.PropertyPlaceholderResolver;
import io.micronaut.context.exceptions.ConfigurationException;
import java.util.regex.Pattern;

/** Resolves {@code ${NAME}} as Micronaut does, and also a default that is one itself: {@code ${NAME:${OTHER}}}. */
record Placeholders(PropertyPlaceholderResolver resolver) {
    private static final Pattern NESTED = Pattern.compile("\\$\\{[^{}`]*:[^{}`]*\\$\\{");
    private static final int DEEPEST = 10;

    /** Throws where a name has neither a value nor a default. */
    String in(String text) {
        return in(text, 0);
    }

    private String in(String text, int depth) {
        if (!NESTED.matcher(text).find()) {
            return resolver.resolveRequiredPlaceholders(text);
        }
        if (depth > DEEPEST) {
            throw new ConfigurationException("placeholders are nested more than " + DEEPEST + " deep");
        }
        int begin = text.indexOf("${");
        int end = end(text, begin);
        String inside = text.substring(begin + 2, end);
        int colon = inside.indexOf(':');
        int inner = inside.indexOf("${");
        String value = inner < 0 || colon < 0 || colon > inner
                ? resolver.resolveRequiredPlaceholders(text.substring(begin, end + 1))
                : resolver.resolvePlaceholders("${" + inside.substring(0, colon) + "}")
                        .orElseGet(() -> in(inside.substring(colon + 1), depth + 1));
        return text.substring(0, begin) + value + in(text.substring(end + 1), depth);
    }

    /** Where the brace closes that is opened there. */
    private static int end(String text, int begin) {
        int open = 0;
        for (int i = begin; i < text.length(); i++) {
            if (text.startsWith("${", i)) {
                open++;
            } else if (text.charAt(i) == '}' && --open == 0) {
                return i;
            }
        }
        throw new ConfigurationException("a placeholder has no closing brace");
    }
}
