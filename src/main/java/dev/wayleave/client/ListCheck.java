package dev.wayleave.client;

import java.util.List;

/** Checks on how much there is, and on what every tool must say of itself. */
final class ListCheck {
    private ListCheck() {}

    static Check toolCount(int most) {
        return offer ->
                offer.tools().size() <= most ? List.of() : List.of(offer.tools().size() + " tools");
    }

    static Check tokens(int most) {
        return offer -> {
            int total = offer.tools().stream().mapToInt(ListedTool::tokens).sum();
            return total <= most ? List.of() : List.of("about " + total + " tokens");
        };
    }

    static Check descriptionLength(int most) {
        return offer ->
                offer.where(tool -> tool.json().path("description").asText().length() > most);
    }

    /** All three that reviewers ask for; each must be there, whatever it says. */
    static Check titleAndHints() {
        return offer -> offer.where(tool -> tool.json().path("title").asText().isBlank()
                || !tool.json().path("annotations").path("readOnlyHint").isBoolean()
                || !tool.json().path("annotations").path("destructiveHint").isBoolean()
                || !tool.json().path("annotations").path("openWorldHint").isBoolean());
    }

    static Check outputSchema() {
        return offer -> offer.where(tool -> !tool.json().has("outputSchema"));
    }
}
