package dev.wayleave.tool;

import com.fasterxml.jackson.databind.JsonNode;
import dev.wayleave.openapi.Finding;
import dev.wayleave.openapi.Operation;
import dev.wayleave.openapi.Parameter.In;
import dev.wayleave.openapi.Source;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Makes the tasks of tools whose operations say how their work is followed; an operation of which it is said wrongly is left
 * out with a finding.
 */
final class TaskMaker {
    private final BehindTools behind;
    private final List<Finding> findings;

    TaskMaker(BehindTools behind, List<Finding> findings) {
        this.behind = behind;
        this.findings = findings;
    }

    /** Puts tools with their tasks in the place of those without. */
    void addTo(Map<String, Tool> tools) {
        for (Tool tool : List.copyOf(tools.values())) {
            if (!(tool.work() instanceof Work.OneCall one)) {
                continue;
            }
            Source source = one.operation().source();
            try {
                TaskCuration curation = OperationCuration.of(one.operation()).task();
                if (curation != null) {
                    source = curation.source();
                    tools.put(tool.name(), tool.following(task(curation, one)));
                }
            } catch (UnusableOperation e) {
                tools.remove(tool.name());
                findings.add(new Finding(
                        Finding.Severity.ERROR,
                        source,
                        one.operation().method() + " "
                                + VisibleText.of(one.operation().path(), 64)
                                + " is left out: its task cannot be followed: " + e.getMessage()));
            }
        }
    }

    private Task task(TaskCuration curation, Work.OneCall begun) throws UnusableOperation {
        Operation status = behind.operation(curation.status());
        PathTemplate path = PathTemplate.of(status.path());
        Tool reader = called("status", curation.status());
        if (!status.method().equals("GET")
                || !reader.handling().safe()
                || !reader.annotations().readOnly()) {
            throw new UnusableOperation("`status` is a GET that only reads");
        }
        if (begun.origin() != null) {
            throw new UnusableOperation("it is sent to another origin");
        }
        checkId(curation.id(), path, reader, begun.operation());
        checkArguments("status", reader, path);
        String end = curation.cancel();
        return new Task(
                curation.id(),
                reader.withoutCache().shaped(null).following(null),
                path,
                curation.state(),
                curation.result(),
                end == null ? null : ending(end, path),
                curation.poll(),
                curation.ttl(),
                curation.required());
    }

    private Tool ending(String named, PathTemplate path) throws UnusableOperation {
        Tool cancel = called("cancel", named);
        if (cancel.handling().safe()) {
            throw new UnusableOperation("`cancel` only reads");
        }
        checkArguments("cancel", cancel, path);
        return cancel.following(null);
    }

    private Tool called(String key, String named) throws UnusableOperation {
        Operation operation = behind.operation(named);
        if (new Work.OneCall(operation).origin() != null) {
            throw new UnusableOperation("`" + key + "` is sent to another origin");
        }
        Tool tool = behind.tool(operation);
        if (!tool.handling().asks().isNone()) {
            throw new UnusableOperation("nobody is asked while a task goes on, and `" + key + "` asks");
        }
        return tool;
    }

    /** Whether every variable of the path will have a value. */
    private static void checkId(Task.Id id, PathTemplate path, Tool status, Operation begun) throws UnusableOperation {
        String last = path.lastVariable();
        if (last == null) {
            throw new UnusableOperation("the path of `status` has no variable, so it does not say which work is meant");
        }
        switch (id) {
            case Task.Id.Header header -> {
                if (!path.hasWholeSegments()) {
                    throw new UnusableOperation("a variable in the path of `status` is only a part of a segment");
                }
            }
            case Task.Id.Place place -> {
                for (Slot.InParameter slot : status.pathSlots()) {
                    String name = slot.parameter().name();
                    boolean given = begun.parameters().stream()
                            .anyMatch(one -> one.in() == In.PATH && one.name().equals(name));
                    if (!name.equals(last) && !given && isShown(status, slot)) {
                        throw new UnusableOperation(
                                "nothing says what {" + VisibleText.of(name, 64) + "} in the path of `status` is");
                    }
                }
            }
        }
    }

    /** Whether it asks for nothing but what names the work. */
    private static void checkArguments(String key, Tool tool, PathTemplate path) throws UnusableOperation {
        Set<String> known = tool.pathSlots().stream()
                .filter(slot -> path.variables().contains(slot.parameter().name()))
                .map(Slot.InParameter::argument)
                .collect(Collectors.toCollection(HashSet::new));
        for (JsonNode required : tool.inputSchema().path("required")) {
            if (!known.contains(required.asText())) {
                throw new UnusableOperation("`" + key + "` needs the argument " + VisibleText.of(required.asText(), 64)
                        + "; bind it with x-mcp");
            }
        }
    }

    private static boolean isShown(Tool tool, Slot.InParameter slot) {
        return tool.inputSchema().path("properties").has(slot.argument());
    }
}
