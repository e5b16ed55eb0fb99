package dev.wayleave.tool;

import java.util.regex.Pattern;

/**
 * Markdown reduced to what helps a reader of plain text: headings, tables and lists without their decoration, links as
 * their text, no images, no HTML, code as it stands but not at length.
 */
final class Markdown {
    /** Far more than any description keeps. */
    private static final int LONGEST = 16_384;

    private static final int CODE_LINES = 12;
    private static final Pattern COMMENT = Pattern.compile("(?s)<!--.*?(?:-->|\\z)");
    private static final Pattern FENCE = Pattern.compile("\\s*(?:`{3,}|~{3,}).*");
    /** Also what underlines headings and what parts a table's head from its rows. */
    private static final Pattern RULE = Pattern.compile("\\s*=+\\s*|[-_*\\s]{3,}|[-|:\\s]*--[-|:\\s]*");

    private static final Pattern LINK_TARGET = Pattern.compile("\\s{0,3}\\[[^\\]]{1,200}\\]:\\s.*");
    private static final Pattern QUOTE = Pattern.compile("^\\s*(?:>\\s?)+(?:\\[!\\w+\\]\\s*)?");
    private static final Pattern HEADING = Pattern.compile("^\\s{0,3}#{1,6}\\s+(.*?)[\\s#]*$");
    private static final Pattern BULLET = Pattern.compile("^(\\s*)[*+]\\s+");
    private static final Pattern CELLS = Pattern.compile("\\s*\\|\\s*");
    private static final Pattern BLANK_LINES = Pattern.compile("\n{3,}");

    private static final Pattern STARTS = Pattern.compile("\\s*(?:[-*+]|[0-9]{1,9}[.)]|\\|)\\s.*|\\s{0,3}#{1,6}\\s.*");

    private final StringBuilder out = new StringBuilder();
    private final StringBuilder paragraph = new StringBuilder();
    private int codeLine = -1;

    private Markdown() {}

    /** The text, hidden characters gone as well. */
    static String plain(String markdown) {
        String part = markdown.length() > LONGEST ? markdown.substring(0, LONGEST) : markdown;
        String text = COMMENT.matcher(VisibleText.whole(part)).replaceAll("");
        Markdown plain = new Markdown();
        text.lines().forEach(plain::line);
        plain.endParagraph();
        if (plain.codeLine >= 0) {
            plain.out.append("```\n");
        }
        return BLANK_LINES
                .matcher(VisibleText.whole(plain.out.toString()))
                .replaceAll("\n\n")
                .strip();
    }

    private void line(String line) {
        boolean fence = FENCE.matcher(line).matches();
        boolean prose = codeLine < 0 && !fence && !line.isBlank() && !isIdle(line);
        if (!prose || STARTS.matcher(line).matches()) {
            endParagraph();
        }
        if (codeLine >= 0) {
            code(line, fence);
        } else if (fence) {
            codeLine = 0;
            out.append("```\n");
        } else if (line.isBlank()) {
            out.append('\n');
        } else if (prose) {
            paragraph.append(block(line)).append('\n');
            if (HEADING.matcher(line).matches()) {
                endParagraph();
            }
        }
    }

    private static boolean isIdle(String line) {
        return RULE.matcher(line).matches() || LINK_TARGET.matcher(line).matches();
    }

    /** Links and emphasis go on over the end of a line, and end with the paragraph, the item or the row. */
    private void endParagraph() {
        for (String line : Inline.plain(paragraph.toString()).split("\n", -1)) {
            if (!line.isBlank()) {
                out.append(line.stripTrailing()).append('\n');
            }
        }
        paragraph.setLength(0);
    }

    private void code(String line, boolean fence) {
        codeLine = fence ? -1 : codeLine + 1;
        if (fence) {
            out.append("```\n");
        } else if (codeLine <= CODE_LINES) {
            out.append(line.stripTrailing()).append(codeLine < CODE_LINES ? "\n" : "\n…\n");
        }
    }

    private static String block(String line) {
        String text = QUOTE.matcher(line).replaceFirst("");
        text = HEADING.matcher(text).replaceFirst("$1");
        text = BULLET.matcher(text).replaceFirst("$1- ");
        String row = text.strip();
        if (row.length() > 1 && row.startsWith("|") && row.endsWith("|")) {
            return CELLS.matcher(row.substring(1, row.length() - 1).strip()).replaceAll(" | ");
        }
        return text;
    }
}
