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
        return columns().text() + '\n' + totals();
    }

    /** For a review, with what the description's owner should know below it. */
    String markdown() {
        StringBuilder text =
                new StringBuilder(columns().markdown()).append('\n').append(totals());
        if (!findings.isEmpty()) {
            text.append("\n\nLeft out or changed:\n");
            findings.forEach(finding -> text.append("\n- ").append(line(finding)));
        }
        return text.toString();
    }

    private Columns columns() {
        return new Columns(HEAD, rows(), FIRST_NUMBER);
    }

    static String line(Finding finding) {
        return VisibleText.of(finding.toString(), 1_000).replace('\n', ' ');
    }

    private List<List<String>> rows() {
        List<List<String>> rows = new ArrayList<>();
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
