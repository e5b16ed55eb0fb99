package dev.wayleave.explain;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Optional;

/**
 * What was found out.
 *
 * @param head names the columns
 * @param rows as wide as the head
 * @param yaml to be pasted into a configuration
 * @param below sentences that follow the table
 * @param json all of it, for programs
 * @param finding whether it is something to act on
 */
public record Report(
        List<String> head,
        List<List<String>> rows,
        Optional<String> yaml,
        List<String> below,
        ObjectNode json,
        boolean finding) {
    public Report {
        head = List.copyOf(head);
        rows = rows.stream().map(List::copyOf).toList();
        below = List.copyOf(below);
    }
}
