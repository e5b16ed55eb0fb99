package dev.wayleave.command;

import dev.wayleave.client.ListedTool;
import dev.wayleave.openapi.Finding;
import dev.wayleave.tool.Annotations;
import dev.wayleave.tool.Tool;
import dev.wayleave.tool.VisibleText;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** The tools of a catalog as a table for people, with totals. */
record ToolTable(List<ListedTool> tools, List<Finding> findings) {
    private static final int CELL_LENGTH = 200;
    private static final List<String> HEAD = List.of("name", "operation", "hints", "scopes", "bytes", "tokens");
    private static final int FIRST_NUMBER = 4;

    /** In columns, for a terminal. */
    String text() {
        List<List<String>> rows = rows();
        int[] widths = new int[HEAD.size()];
        rows.forEach(row -> {
            for (int i = 0; i < widths.length; i++) {
                widths[i] = Math.max(widths[i], columns(row.get(i)));
            }
        });
        StringBuilder text = new StringBuilder();
        for (List<String> row : rows) {
            StringBuilder line = new StringBuilder();
            for (int i = 0; i < widths.length; i++) {
                String blank = " ".repeat(widths[i] - columns(row.get(i)));
                line.append(i < FIRST_NUMBER ? row.get(i) + blank : blank + row.get(i))
                        .append("  ");
            }
            text.append(line.toString().stripTrailing()).append('\n');
        }
        return text.append('\n').append(totals()).toString();
    }

    /** What a text takes on a terminal: nothing for marks, two columns for the wide letters of East Asia and for emoji. */
    private static int columns(String text) {
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

    /** For a review, with what the description's owner should know below it. */
    String markdown() {
        StringBuilder text = new StringBuilder();
        text.append(row(HEAD)).append("|---|---|---|---|--:|--:|\n");
        rows().stream().skip(1).map(ToolTable::row).forEach(text::append);
        text.append('\n').append(totals());
        if (!findings.isEmpty()) {
            text.append("\n\nLeft out or changed:\n");
            findings.forEach(finding -> text.append("\n- ").append(line(finding)));
        }
        return text.toString();
    }

    private static String row(List<String> cells) {
        return cells.stream().map(cell -> cell.replace("|", "\\|")).collect(Collectors.joining(" | ", "| ", " |\n"));
    }

    static String line(Finding finding) {
        return VisibleText.of(finding.toString(), 1_000).replace('\n', ' ');
    }

    private List<List<String>> rows() {
        List<List<String>> rows = new ArrayList<>(List.of(HEAD));
        for (ListedTool listed : tools) {
            Tool tool = listed.tool();
            rows.add(List.of(
                    tool.name(),
                    VisibleText.of(tool.work().label(), CELL_LENGTH),
                    hints(tool.annotations()),
                    scopes(tool),
                    String.valueOf(listed.bytes()),
                    String.valueOf(listed.tokens())));
        }
        return rows;
    }

    private String totals() {
        long bytes = tools.stream().mapToLong(ListedTool::bytes).sum();
        int tokens = tools.stream().mapToInt(ListedTool::tokens).sum();
        return "%d tools, %d bytes, about %d tokens (1 for every %d bytes of a tool's JSON, rounded up), warnings: %d"
                .formatted(tools.size(), bytes, tokens, ListedTool.BYTES_PER_TOKEN, findings.size());
    }

    private static String hints(Annotations hints) {
        String first = hints.readOnly() ? "reads" : hints.destructive() ? "destructive" : "writes";
        return first
                + (hints.idempotent() && !hints.readOnly() ? ", idempotent" : "")
                + (hints.openWorld() ? ", open world" : "");
    }

    private static String scopes(Tool tool) {
        return tool.scopes().alternatives().stream()
                .map(needed -> needed.isEmpty() ? "-" : String.join(" ", needed))
                .distinct()
                .collect(Collectors.joining(" or "));
    }
}
