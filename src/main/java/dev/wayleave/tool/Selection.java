package dev.wayleave.tool;

import dev.wayleave.openapi.Finding;
import dev.wayleave.openapi.Operation;
import dev.wayleave.openapi.Source;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/**
 * Which operations may become tools: those that an operation, tag or path names, and of them those with one of the
 * methods. A list that is empty does not restrict.
 *
 * @param origin where that is said, for people
 * @param operations their ids, or methods and paths such as {@code GET /pets}
 * @param paths templates, in which {@code *} stands for part of a segment and {@code **} for any number of them
 */
public record Selection(
        String origin, List<String> operations, List<String> tags, List<String> paths, List<String> methods) {
    /** All of them. */
    public static final Selection ALL = new Selection("", List.of(), List.of(), List.of(), List.of());

    public Selection {
        operations = List.copyOf(operations);
        tags = List.copyOf(tags);
        paths = List.copyOf(paths);
        methods = List.copyOf(methods);
    }

    boolean has(Operation operation) {
        boolean named = operations.isEmpty() && tags.isEmpty() && paths.isEmpty();
        return (named
                        || operations.stream().anyMatch(name -> isOperation(name, operation))
                        || tags.stream().anyMatch(operation.tags()::contains)
                        || paths.stream().anyMatch(path -> isPath(path, operation)))
                && (methods.isEmpty() || methods.stream().anyMatch(operation.method()::equalsIgnoreCase));
    }

    /** What names nothing in the document. */
    List<Finding> unmatched(List<Operation> all) {
        List<Finding> findings = new ArrayList<>();
        for (String name : operations) {
            tell(findings, "operations", name, all, operation -> isOperation(name, operation));
        }
        for (String tag : tags) {
            tell(findings, "tags", tag, all, operation -> operation.tags().contains(tag));
        }
        for (String path : paths) {
            tell(findings, "paths", path, all, operation -> isPath(path, operation));
        }
        for (String method : methods) {
            tell(
                    findings,
                    "methods",
                    method,
                    all,
                    operation -> operation.method().equalsIgnoreCase(method));
        }
        return findings;
    }

    private void tell(
            List<Finding> findings, String key, String name, List<Operation> all, Predicate<Operation> matches) {
        if (all.stream().noneMatch(matches)) {
            findings.add(new Finding(
                    Finding.Severity.WARNING,
                    new Source(origin + "." + key, "", 0),
                    "\"" + VisibleText.of(name, 64) + "\" names nothing in the description"));
        }
    }

    static boolean isOperation(String name, Operation operation) {
        int space = name.indexOf(' ');
        return name.equals(operation.operationId())
                || (space > 0
                        && name.substring(0, space).toUpperCase(Locale.ROOT).equals(operation.method())
                        && name.substring(space + 1).strip().equals(operation.path()));
    }

    private static boolean isPath(String glob, Operation operation) {
        String expression = Pattern.quote(glob)
                .replace("**", "\\E.\u0000\\Q")
                .replace("*", "\\E[^/]*\\Q")
                .replace("\u0000", "*");
        return Pattern.matches(expression, operation.path());
    }
}
