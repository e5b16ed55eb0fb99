package dev.wayleave.tool;

import dev.wayleave.openapi.Finding;
import dev.wayleave.openapi.Source;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What an owner writes in {@code x-mcp} for models to read: by the rules for all words, and told where something is lost. */
final class CuratedWords {
    private final List<Finding> findings;

    CuratedWords(List<Finding> findings) {
        this.findings = findings;
    }

    /** A line of plain text; null where nothing is said, or nothing is left of it. */
    @Nullable
    String title(@Nullable String said, Source source) {
        String line =
                said == null ? "" : Markdown.plain(said).lines().findFirst().orElse("");
        return kept(said, VisibleText.of(line, Words.TITLE_LENGTH), Words.TITLE_LENGTH, source);
    }

    /** Plain text that ends with a sentence or a word; null where nothing is said, or nothing is left of it. */
    @Nullable
    String text(@Nullable String said, int length, Source source) {
        return kept(said, said == null ? "" : Words.trimmed(said, length), length, source);
    }

    private @Nullable String kept(@Nullable String said, String kept, int length, Source source) {
        if (said == null) {
            return null;
        }
        List<String> lost = new ArrayList<>();
        String plain = Markdown.plain(said);
        if (VisibleText.hides(said)) {
            lost.add("hidden characters");
        }
        if (!letters(plain).equals(letters(VisibleText.whole(said)))) {
            lost.add("links, images or HTML");
        }
        if (!letters(kept).equals(letters(plain))) {
            lost.add("what goes beyond " + length + " characters");
        }
        if (!lost.isEmpty()) {
            findings.add(new Finding(
                    Finding.Severity.WARNING,
                    source,
                    "is shown without " + String.join(", ", lost)
                            + (kept.isEmpty() ? "; nothing is left, and the description's own words are shown" : "")));
        }
        return kept.isEmpty() ? null : kept;
    }

    private static String letters(String text) {
        return text.toLowerCase(Locale.ROOT).replaceAll("[^\\p{L}\\p{N}]+", "");
    }
}
