package dev.wayleave.command;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Rows under a head.
 *
 * @param firstNumber the first of the columns that hold numbers
 */
record Columns(List<String> head, List<List<String>> rows, int firstNumber) {
    /** For a terminal: padded with blanks. */
    String text() {
        int[] widths = IntStream.range(0, head.size())
                .map(column ->
                        all().mapToInt(row -> width(row.get(column))).max().orElse(0))
                .toArray();
        return all().map(row -> IntStream.range(0, widths.length)
                                .mapToObj(i -> padded(row.get(i), widths[i], i < firstNumber))
                                .collect(Collectors.joining("  "))
                                .stripTrailing()
                        + '\n')
                .collect(Collectors.joining());
    }

    /** As Markdown has tables. */
    String markdown() {
        String rule = IntStream.range(0, head.size())
                .mapToObj(i -> i < firstNumber ? "---|" : "--:|")
                .collect(Collectors.joining("", "|", "\n"));
        return row(head) + rule + rows.stream().map(Columns::row).collect(Collectors.joining());
    }

    private Stream<List<String>> all() {
        return Stream.concat(Stream.of(head), rows.stream());
    }

    private static String padded(String cell, int width, boolean left) {
        String blank = " ".repeat(width - width(cell));
        return left ? cell + blank : blank + cell;
    }

    private static String row(List<String> cells) {
        return cells.stream().map(cell -> cell.replace("|", "\\|")).collect(Collectors.joining(" | ", "| ", " |\n"));
    }

    /** What a text takes on a terminal: nothing for marks, two columns for the wide letters of East Asia and for emoji. */
    private static int width(String text) {
        return text.codePoints()
                .map(c -> Character.getType(c) == Character.NON_SPACING_MARK || c == 0xfe0f ? 0 : isWide(c) ? 2 : 1)
                .sum();
    }

    private static boolean isWide(int c) {
        return Character.isIdeographic(c)
                || Character.isEmojiPresentation(c)
                || (c >= 0x1100 && c <= 0x115f)
                || (c >= 0x3000 && c <= 0x30ff)
                || (c >= 0xac00 && c <= 0xd7a3)
                || (c >= 0xff01 && c <= 0xff60);
    }
}
