package dev.wayleave.tool;

import java.text.Normalizer;
import java.util.Locale;
import java.util.regex.Pattern;

/** Identifiers in snake_case: lower-case ASCII letters and digits in words, one underscore between them and none around. */
final class Snake {
    private static final int LONGEST = 1_000;
    private static final Pattern MARKS = Pattern.compile("\\p{M}+");
    private static final Pattern FOREIGN_LETTER = Pattern.compile("[\\p{L}\\p{N}&&[^A-Za-z0-9]]");
    private static final Pattern AFTER_LOWER = Pattern.compile("(?<=[a-z0-9])(?=[A-Z])");
    private static final Pattern AFTER_CAPITALS = Pattern.compile("(?<=[A-Z])(?=[A-Z][a-z])");
    private static final Pattern PLURAL_CAPITALS = Pattern.compile("([A-Z]{2,})s(?![a-z])");
    private static final Pattern OTHERS = Pattern.compile("[^a-z0-9]+");

    private Snake() {}

    /** {@code listDBInstances v2} becomes {@code list_db_instances_v2}, {@code listIDs} {@code list_ids}. */
    static String of(String text) {
        String latin = PLURAL_CAPITALS.matcher(latin(text)).replaceAll("$1S");
        String words = AFTER_CAPITALS
                .matcher(AFTER_LOWER.matcher(latin).replaceAll("_"))
                .replaceAll("_");
        String name = OTHERS.matcher(words.toLowerCase(Locale.ROOT)).replaceAll("_");
        int from = name.startsWith("_") ? 1 : 0;
        int to = name.endsWith("_") ? name.length() - 1 : name.length();
        return from >= to ? "" : name.substring(from, to);
    }

    /** Whether no letter would be lost. */
    static boolean canSpell(String text) {
        return !FOREIGN_LETTER.matcher(latin(text)).find();
    }

    private static String latin(String text) {
        String part = text.length() > LONGEST ? text.substring(0, LONGEST) : text;
        return MARKS.matcher(Normalizer.normalize(part, Normalizer.Form.NFKD)).replaceAll("");
    }
}
