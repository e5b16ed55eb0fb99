package dev.wayleave.tool;

import static java.util.Map.entry;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A paragraph of Markdown without links, images, HTML and emphasis; code spans and escaped characters stay as they are. */
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
            + "|meta|nobr|ol|p|picture|pre|q|s|samp|script|section|small|source|span|strike|strong|style|sub|summary|sup"
            + "|svg|table|tbody|td|tfoot|th|thead|tr|tt|u|ul|var|video|wbr)(?:\\s[^<>]{0,2000})?/?>");
    private static final Pattern STRONG =
            Pattern.compile("(?s)(?<!\\w)(\\*{1,3}|__?_?)(?=\\S)(.{1,500}?)(?<=\\S)\\1(?!\\w)");
    private static final Pattern ENTITY =
            Pattern.compile("&(?:#([0-9]{1,7})|#[xX]([0-9a-fA-F]{1,6})|([a-zA-Z]{2,8}));");

    /** Those that descriptions use; what is not among them stays as it is. */
    private static final Map<String, String> ENTITIES = Map.ofEntries(
            entry("nbsp", " "),
            entry("lt", "<"),
            entry("gt", ">"),
            entry("quot", "\""),
            entry("apos", "'"),
            entry("amp", "&"),
            entry("mdash", "—"),
            entry("ndash", "–"),
            entry("hellip", "…"),
            entry("lsquo", "‘"),
            entry("rsquo", "’"),
            entry("ldquo", "“"),
            entry("rdquo", "”"),
            entry("ast", "*"),
            entry("bull", "•"),
            entry("middot", "·"),
            entry("times", "×"),
            entry("deg", "°"),
            entry("le", "≤"),
            entry("ge", "≥"),
            entry("larr", "←"),
            entry("rarr", "→"),
            entry("copy", "©"),
            entry("reg", "®"),
            entry("trade", "™"),
            entry("euro", "€"));

    private Inline() {}

    static String plain(String paragraph) {
        List<String> aside = new ArrayList<>();
        String text =
                LITERAL.matcher(paragraph).replaceAll(literal -> setAside(literal.group(2), literal.group(), aside));
        text = IMAGE.matcher(text).replaceAll("");
        text = LINK.matcher(text).replaceAll("$1");
        text = ADDRESS.matcher(text).replaceAll("$1");
        text = TAG.matcher(BREAK.matcher(text).replaceAll(" ")).replaceAll("");
        text = STRONG.matcher(STRONG.matcher(text).replaceAll("$2")).replaceAll("$2");
        text = ENTITY.matcher(text).replaceAll(entity -> Matcher.quoteReplacement(decoded(entity)));
        return restored(text, aside);
    }

    private static String decoded(MatchResult entity) {
        if (entity.group(3) != null) {
            return ENTITIES.getOrDefault(entity.group(3), entity.group());
        }
        int code = entity.group(1) != null ? Integer.parseInt(entity.group(1)) : Integer.parseInt(entity.group(2), 16);
        boolean ours = code >= ASIDE && code < ASIDE + MOST_ASIDE;
        return Character.isValidCodePoint(code) && !ours ? Character.toString(code) : "";
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
