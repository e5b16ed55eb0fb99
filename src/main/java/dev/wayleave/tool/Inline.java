package dev.wayleave.tool;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** One line of Markdown without links, images, HTML and emphasis; code spans and escaped characters stay as they are. */
final class Inline {
    /** Code spans and escapes are set aside behind characters that no visible text has. */
    private static final char ASIDE = '\ue000';

    private static final int MOST_ASIDE = 6_000;
    private static final Pattern LITERAL = Pattern.compile("(`{1,2})[^`]{1,2000}\\1|\\\\([!-/:-@\\[-`{-~])");
    private static final Pattern IMAGE =
            Pattern.compile("!\\[[^\\]]{0,500}\\](?:\\([^)]{0,2000}\\)|\\[[^\\]]{0,500}\\])");
    private static final Pattern LINK = Pattern.compile(
            "\\[([^\\[\\]]{0,500})\\](?:\\((?:[^()]|\\([^()]{0,500}\\)){0,500}\\)|\\[[^\\[\\]]{0,500}\\])");
    private static final Pattern ADDRESS = Pattern.compile("<((?:https?://|mailto:)[^<>\\s]{1,2000})>");
    private static final Pattern BREAK = Pattern.compile("(?i)<br\\s*/?>|</(?:p|div|li|tr|h[1-6])>");
    private static final Pattern TAG = Pattern.compile("(?i)</?(?:a|abbr|b|blockquote|caption|center|cite|code|col"
            + "|dd|del|details|div|dl|dt|em|figure|font|form|h[1-6]|hr|i|iframe|img|input|ins|kbd|label|li|link|mark"
            + "|meta|ol|p|picture|pre|q|s|samp|script|section|small|source|span|strike|strong|style|sub|summary|sup"
            + "|svg|table|tbody|td|tfoot|th|thead|tr|tt|u|ul|var|video)(?:\\s[^<>]{0,2000})?/?>");
    private static final Pattern STRONG =
            Pattern.compile("(?<!\\w)(\\*{1,3}|__?_?)(?=\\S)(.{1,500}?)(?<=\\S)\\1(?!\\w)");
    private static final List<String> ENTITIES =
            List.of("&nbsp;", " ", "&lt;", "<", "&gt;", ">", "&quot;", "\"", "&#39;", "'", "&apos;", "'", "&amp;", "&");

    private Inline() {}

    static String plain(String line) {
        List<String> aside = new ArrayList<>();
        String text = LITERAL.matcher(line).replaceAll(literal -> setAside(literal.group(2), literal.group(), aside));
        text = IMAGE.matcher(text).replaceAll("");
        text = LINK.matcher(text).replaceAll("$1");
        text = ADDRESS.matcher(text).replaceAll("$1");
        text = TAG.matcher(BREAK.matcher(text).replaceAll(" ")).replaceAll("");
        text = STRONG.matcher(STRONG.matcher(text).replaceAll("$2")).replaceAll("$2");
        for (int i = 0; i < ENTITIES.size(); i += 2) {
            text = text.replace(ENTITIES.get(i), ENTITIES.get(i + 1));
        }
        return restored(text, aside);
    }

    private static String setAside(String escaped, String literal, List<String> aside) {
        if (aside.size() == MOST_ASIDE) {
            return Matcher.quoteReplacement(literal);
        }
        aside.add(escaped == null ? literal : escaped);
        return String.valueOf((char) (ASIDE + aside.size() - 1));
    }

    private static String restored(String text, List<String> aside) {
        StringBuilder out = new StringBuilder();
        for (int i = 0; i < text.length(); i++) {
            int index = text.charAt(i) - ASIDE;
            out.append(index >= 0 && index < aside.size() ? aside.get(index) : String.valueOf(text.charAt(i)));
        }
        return out.toString();
    }
}
