package dev.wayleave.tool;

import java.util.regex.Pattern;

/** Text from elsewhere, made safe to show to a model or a person: nothing hidden in it, and not longer than agreed. */
public final class VisibleText {
    /** ANSI escapes, controls other than newline and tab, format characters (bidirectional, zero-width, tags), private use. */
    private static final Pattern HIDDEN =
            Pattern.compile("\u001b\\[[0-9;?]*[ -/]*[@-~]|[\\p{Cc}&&[^\n\t]]|\\p{Cf}|\\p{Co}|\\p{Cs}|[\u2028\u2029]");

    private VisibleText() {}

    /**
     * The text without hidden characters, stripped, and cut at a word where it is too long.
     *
     * @param length in characters, at least 2
     */
    public static String of(String text, int length) {
        String plain = HIDDEN.matcher(text).replaceAll("").strip();
        if (plain.length() <= length) {
            return plain;
        }
        int space = plain.lastIndexOf(' ', length - 2);
        int cut = space > length / 2 ? space : length - 1;
        return plain.substring(0, Character.isHighSurrogate(plain.charAt(cut - 1)) ? cut - 1 : cut) + "…";
    }
}
