package dev.wayleave.openapi;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** What a schema said in ways that 2020-12 does not have, to be told in its description. */
public final class Remarks {
    /** What a sentence may take of a description. */
    private static final int LONGEST = 360;

    private static final Pattern SENTENCE = Pattern.compile(
            "(Matches the|Names may match the) regular expression `.+`\\."
                    + "|(Matches|Names may match) a regular expression that is too long to be told\\.|`[^`]+` tells the kind(: `.+`)?\\.");

    private static final int MOST_NAMES = 20;

    Remarks() {}

    private final List<String> sentences = new ArrayList<>();
    private boolean looserNames;

    void pattern(String expression) {
        sentences.add(
                isTellable(expression)
                        ? "Matches the regular expression `" + expression + "`."
                        : "Matches a regular expression that is too long to be told.");
    }

    /** A pattern for names is gone, so that no name can be refused for fitting none. */
    void looserNames(String expression) {
        looserNames = true;
        sentences.add(
                isTellable(expression)
                        ? "Names may match the regular expression `" + expression + "`."
                        : "Names may match a regular expression that is too long to be told.");
    }

    void discriminator(JsonNode discriminator) {
        String property = discriminator.isTextual()
                ? discriminator.textValue()
                : discriminator.path("propertyName").asText("");
        if (property.isEmpty()) {
            return;
        }
        List<String> names = new ArrayList<>();
        discriminator.path("mapping").fieldNames().forEachRemaining(names::add);
        boolean telling = !names.isEmpty()
                && names.size() <= MOST_NAMES
                && String.join("`, `", names).length() <= LONGEST - property.length();
        sentences.add(
                "`" + property + "` tells the kind" + (telling ? ": `" + String.join("`, `", names) + "`." : "."));
    }

    /** Whether a line of a description is such a sentence, which says nothing once it is cut. */
    public static boolean isOne(String line) {
        return line.length() <= LONGEST * 2 && SENTENCE.matcher(line).matches();
    }

    private static boolean isTellable(String expression) {
        return expression.length() <= LONGEST && expression.lines().count() == 1;
    }

    boolean hasLooserNames() {
        return looserNames;
    }

    boolean isEmpty() {
        return sentences.isEmpty();
    }

    String after(String description) {
        return (description.isBlank() ? "" : description + "\n\n") + String.join("\n", sentences);
    }
}
