package dev.wayleave.tool;

import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Text from elsewhere, made safe to show to a model or a person: nothing hidden in it, and not longer than agreed. */
public final class VisibleText {
    /**
     * What Unicode has for characters without a shape and {@code \p{Cf}} lacks (Default_Ignorable_Code_Point): fillers,
     * joiners and the variation selectors, in which whole messages have been hidden; also the blank Braille pattern.
     */
    private static final String SHAPELESS = "\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180f\u2800\u3164\ufe00-\ufe0f\uffa0"
            + "\ufff0-\ufff8\\x{1d173}-\\x{1d17a}\\x{e0000}-\\x{e0fff}";

    /** ANSI escapes, controls other than newline and tab, format characters (bidirectional, zero-width), private use. */
    private static final Pattern HIDDEN = Pattern.compile("\u001b\\[[0-9;?]*[ -/]*[@-~]|[\\p{Cc}&&[^\n\t]]"
            + "|\\p{Cf}|\\p{Co}|\\p{Cs}|[\u2028\u2029]|[" + SHAPELESS + "]");

    /** The hidden ones that editors and keyboards leave behind: carriage returns, emoji presentation and joiners, soft hyphens. */
    private static final Pattern USUAL = Pattern.compile("\r(?=\n)|[\ufe0f\u200c\u200d\u00ad]");

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

    /** All of it, less the hidden characters. */
    static String whole(String text) {
        return HIDDEN.matcher(text).replaceAll("");
    }

    /** All of it, with each hidden character as JSON would escape it, so that nothing is there that is not seen. */
    public static String escaped(String text) {
        return HIDDEN.matcher(text)
                .replaceAll(hidden -> hidden.group()
                        .chars()
                        .mapToObj(unit -> String.format("\\\\u%04x", unit))
                        .collect(Collectors.joining()));
    }

    /** Whether it hides something that its owner should know of. */
    static boolean hides(String text) {
        return HIDDEN.matcher(USUAL.matcher(text).replaceAll("")).find();
    }
}
