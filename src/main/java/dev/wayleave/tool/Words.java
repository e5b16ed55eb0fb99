package dev.wayleave.tool;

import dev.wayleave.openapi.Operation;
import org.jspecify.annotations.Nullable;

/** The words a model reads about a tool, taken from the description. */
final class Words {
    static final int DESCRIPTION_LENGTH = 1024;
    static final int TITLE_LENGTH = 100;

    private Words() {}

    /** The summary, else the name in words. */
    static String title(Operation operation, String name) {
        String summary = operation.summary() == null ? "" : VisibleText.of(operation.summary(), TITLE_LENGTH);
        if (!summary.isEmpty()) {
            return summary;
        }
        String words = name.replace('_', ' ').strip();
        return words.isEmpty() ? name : Character.toUpperCase(words.charAt(0)) + words.substring(1);
    }

    /** Summary and description, the summary first where the description does not begin with it. */
    static @Nullable String description(Operation operation) {
        String summary = operation.summary() == null ? "" : operation.summary().strip();
        String text =
                operation.description() == null ? "" : operation.description().strip();
        String joined = text.isEmpty() || text.startsWith(summary) ? text : sentence(summary) + text;
        String whole = VisibleText.of(joined.isEmpty() ? summary : joined, DESCRIPTION_LENGTH);
        if (operation.deprecated()) {
            whole = VisibleText.of("[deprecated] " + whole, DESCRIPTION_LENGTH);
        }
        return whole.isEmpty() ? null : whole;
    }

    private static String sentence(String summary) {
        if (summary.isEmpty()) {
            return "";
        }
        return summary.endsWith(".") ? summary + "\n\n" : summary + ".\n\n";
    }
}
