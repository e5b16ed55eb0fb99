package dev.wayleave.tool;

import dev.wayleave.openapi.Operation;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The words a model reads about a tool, taken from the description: plain text, what matters first, within bounds. */
final class Words {
    static final int DESCRIPTION_LENGTH = 1024;
    static final int TITLE_LENGTH = 100;
    private static final String DEPRECATED = "[deprecated] ";
    private static final Pattern FIRST_SENTENCE = Pattern.compile("[.!?](?=\\s)|\n\n");
    private static final Pattern NO_WORD = Pattern.compile("[^\\p{L}\\p{N}]+");
    private static final Pattern ENDING = Pattern.compile("e?s?$");
    private static final Set<String> ARTICLES = Set.of("", "a", "an", "the");

    private Words() {}

    /** The summary, else the operation's own id in words, which says more than a name that was shortened. */
    static String title(Operation operation, String name) {
        return title(operation.summary(), operation.operationId(), name);
    }

    /** The same of anything with a summary and an id. */
    static String title(@Nullable String said, @Nullable String identifier, String name) {
        String summary = plain(said).lines().findFirst().orElse("");
        if (!summary.isBlank()) {
            return VisibleText.of(withoutStop(summary), TITLE_LENGTH);
        }
        String id = identifier == null ? "" : identifier;
        String own = Snake.canSpell(id) ? Snake.of(id) : "";
        String words = VisibleText.of((own.isEmpty() ? name : own).replace('_', ' '), TITLE_LENGTH);
        return words.isEmpty() ? name : Character.toUpperCase(words.charAt(0)) + words.substring(1);
    }

    /** The owner's words where there are some, else the description's, behind a mark on what is deprecated. */
    static String description(Operation operation, @Nullable String curated) {
        int length = descriptionLength(operation);
        String text = curated == null ? cut(described(operation), length) : curated;
        boolean marked = text.regionMatches(true, 0, DEPRECATED, 0, DEPRECATED.length());
        return operation.deprecated() && !marked ? DEPRECATED + text : text;
    }

    /** What the mark on a deprecated operation leaves. */
    static int descriptionLength(Operation operation) {
        return DESCRIPTION_LENGTH - (operation.deprecated() ? DEPRECATED.length() : 0);
    }

    /** Summary and description, the summary first where the description does not begin by saying it; else method and path. */
    private static String described(Operation operation) {
        String whole = whole(operation.summary(), operation.description());
        return whole.isEmpty()
                ? VisibleText.of("Calls " + operation.method() + " " + operation.path() + ".", DESCRIPTION_LENGTH)
                : whole;
    }

    /** The same of a workflow, which has no method and path. */
    static String described(@Nullable String summary, @Nullable String description, String name) {
        String whole = whole(summary, description);
        return whole.isEmpty() ? "Does the workflow " + name + "." : cut(whole, DESCRIPTION_LENGTH);
    }

    private static String whole(@Nullable String summary, @Nullable String description) {
        String head = plain(summary);
        String text = plain(description);
        return text.isEmpty() ? head : beginsWith(text, head) ? text : sentence(head) + text;
    }

    /** Plain text of Markdown, no longer than that: it ends with a sentence where one ends late enough, else with a word. */
    static String trimmed(String markdown, int length) {
        return cut(Markdown.plain(markdown), length);
    }

    private static String cut(String text, int length) {
        if (text.length() <= length) {
            return text;
        }
        String head = text.substring(0, length - 2);
        int end = Math.max(head.lastIndexOf(". "), Math.max(head.lastIndexOf(".\n"), head.lastIndexOf("\n\n")));
        String kept = end > length / 2 ? head.substring(0, end + 1).strip() + " …" : VisibleText.of(text, length);
        return closed(kept, text, length);
    }

    /** A cut inside of a code block goes before it. */
    private static String closed(String kept, String text, int length) {
        int fence = kept.lastIndexOf("```");
        boolean open = fence >= 0 && kept.split("```", -1).length % 2 == 0;
        if (!open) {
            return kept;
        }
        return fence > length / 4
                ? text.substring(0, fence).strip() + " …"
                : VisibleText.of(kept, length - 4) + "\n```";
    }

    private static String plain(@Nullable String markdown) {
        return markdown == null ? "" : Markdown.plain(markdown);
    }

    /** Whether the first sentence has every word of the summary; articles and a final e, s or es are no difference. */
    private static boolean beginsWith(String text, String summary) {
        return words(FIRST_SENTENCE.split(text, 2)[0]).containsAll(words(summary));
    }

    private static Set<String> words(String text) {
        Set<String> words = new HashSet<>();
        for (String word : NO_WORD.split(text.toLowerCase(Locale.ROOT), -1)) {
            if (!ARTICLES.contains(word)) {
                words.add(ENDING.matcher(word).replaceFirst(""));
            }
        }
        words.remove("");
        return words;
    }

    private static String withoutStop(String text) {
        return text.endsWith(".") && !text.endsWith("..") ? text.substring(0, text.length() - 1) : text;
    }

    private static String sentence(String summary) {
        if (summary.isEmpty()) {
            return "";
        }
        return summary.matches("(?s).*[.!?:…]") ? summary + "\n\n" : summary + ".\n\n";
    }
}
