package dev.wayleave.openapi;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;

/** What a schema said in ways that 2020-12 does not have, to be told in its description. */
final class Remarks {
    private static final int MOST_NAMES = 20;

    private final List<String> sentences = new ArrayList<>();
    private boolean looserNames;

    void pattern(String expression) {
        sentences.add("Matches the regular expression `" + expression + "`.");
    }

    /** A pattern for names is gone, so that no name can be refused for fitting none. */
    void looserNames(String expression) {
        looserNames = true;
        sentences.add("Names may match the regular expression `" + expression + "`.");
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
        boolean telling = !names.isEmpty() && names.size() <= MOST_NAMES;
        sentences.add(
                "`" + property + "` tells the kind" + (telling ? ": `" + String.join("`, `", names) + "`." : "."));
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
