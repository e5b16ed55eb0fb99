package dev.wayleave.tool;

import dev.wayleave.openapi.ApiDescription;
import dev.wayleave.openapi.Finding;
import dev.wayleave.openapi.Operation;
import dev.wayleave.openapi.Source;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Decides which operations become tools, and under which names. */
final class CatalogMaker {
    private final DocumentCuration document;
    private final Headers headers;
    private final List<Finding> findings;
    private final List<Chosen> chosen = new ArrayList<>();
    private final SchemaBudget size = new SchemaBudget();

    /**
     * Makes one catalog.
     *
     * @param findings where it is told what is left out
     */
    CatalogMaker(DocumentCuration document, Headers headers, List<Finding> findings) {
        this.document = document;
        this.headers = headers;
        this.findings = findings;
    }

    private record Chosen(Operation operation, OperationCuration curation) {}

    Map<String, Tool> tools(ApiDescription api, Selection selection) {
        for (Operation operation : api.operations()) {
            if (selection.has(operation)) {
                choose(operation);
            }
        }
        IdentityHashMap<Operation, String> names = names();
        Map<String, Tool> tools = new LinkedHashMap<>();
        for (Tool text : document.tools()) {
            if (names.containsValue(text.name()) || tools.putIfAbsent(text.name(), text) != null) {
                findings.add(new Finding(
                        Finding.Severity.ERROR,
                        text.work().source(),
                        "the text " + text.name() + " is left out: another tool has its name"));
            }
        }
        HiddenWords hidden = new HiddenWords();
        for (Chosen one : chosen) {
            hidden.in(one.operation()).ifPresent(findings::add);
            String name = names.get(one.operation());
            if (name == null) {
                continue;
            }
            try {
                tools.put(name, make(one, name, findings));
            } catch (UnusableOperation e) {
                leaveOut(one.operation(), e);
            }
        }
        return tools;
    }

    /** Makes what steps of workflows call. */
    StepMaker steps(ApiDescription api) {
        return new StepMaker(api, headers, size);
    }

    /** An operation as a tool, whether it is exposed or not; empty where there is none, or it cannot be called. */
    Optional<Tool> internal(ApiDescription api, String named) {
        for (Operation operation : api.operations()) {
            if (Selection.isOperation(named, operation)) {
                try {
                    Chosen asked = new Chosen(operation, OperationCuration.of(operation));
                    return Optional.of(make(asked, "internal", new ArrayList<>()))
                            .filter(tool -> tool.handling().asks().isNone());
                } catch (UnusableOperation e) {
                    return Optional.empty();
                }
            }
        }
        return Optional.empty();
    }

    /** An operation as the tool that it would be if it were exposed, by the name that it would have alone. */
    Tool unlisted(Operation operation) throws UnusableOperation {
        OperationCuration curation = OperationCuration.of(operation);
        String given = curation.name();
        String name = named(operation, given == null ? new ToolNames(List.of(operation)).of(operation) : given);
        return make(new Chosen(operation, curation), name, findings);
    }

    private Tool make(Chosen one, String name, List<Finding> told) throws UnusableOperation {
        ArgumentStyle own = one.curation().arguments();
        return new ToolMaker(one.operation(), own == null ? document.arguments() : own, headers, size)
                .make(name, one.curation(), told);
    }

    private void choose(Operation operation) {
        try {
            OperationCuration curation = OperationCuration.of(operation);
            if (curation.expose() == null ? document.exposeAll() : curation.expose()) {
                chosen.add(new Chosen(operation, curation));
            }
        } catch (UnusableOperation e) {
            leaveOut(operation, e);
        }
    }

    /** Names that the owner gives come first; one that the owner gives twice is nobody's, whichever stands first. */
    private IdentityHashMap<Operation, String> names() {
        IdentityHashMap<Operation, String> names = new IdentityHashMap<>();
        Map<String, Operation> taken = new HashMap<>();
        Map<String, List<Operation>> given = new LinkedHashMap<>();
        List<Operation> unnamed = new ArrayList<>();
        for (Chosen one : chosen) {
            String name = one.curation().name();
            if (name == null) {
                unnamed.add(one.operation());
            } else {
                given.computeIfAbsent(name, none -> new ArrayList<>()).add(one.operation());
            }
        }
        given.forEach((name, operations) -> {
            if (operations.size() == 1) {
                take(operations.getFirst(), name, names, taken);
            } else {
                operations.forEach(operation -> {
                    taken.put(named(operation, name), operation);
                    leaveOut(
                            operation,
                            new UnusableOperation("its name, " + named(operation, name) + ", is given to "
                                    + operations.size() + " operations; give it another with x-mcp.name"));
                });
            }
        });
        ToolNames made = new ToolNames(unnamed);
        unnamed.forEach(operation -> take(operation, made.of(operation), names, taken));
        return names;
    }

    private void take(
            Operation operation, String plain, IdentityHashMap<Operation, String> names, Map<String, Operation> taken) {
        String name = named(operation, plain);
        Operation other = taken.putIfAbsent(name, operation);
        if (other != null) {
            leaveOut(
                    operation,
                    new UnusableOperation("its name, " + name + ", is that of " + other.method() + " " + other.path()
                            + "; give it another with x-mcp.name"));
        } else if (!OperationCuration.TOOL_NAME.matcher(name).matches()) {
            leaveOut(operation, new UnusableOperation("its name, " + name + ", is longer than 64 characters"));
        } else {
            names.put(operation, name);
        }
    }

    /** The prefix is that of the platform's own tools. */
    private String named(Operation operation, String plain) {
        return new Work.OneCall(operation).origin() == null ? document.prefix() + plain : plain;
    }

    private void leaveOut(Operation operation, UnusableOperation why) {
        Source source = why.source();
        findings.add(new Finding(
                Finding.Severity.ERROR,
                source == null ? operation.source() : source,
                (source == null ? "" : operation.method() + " " + VisibleText.of(operation.path(), 64) + " is ")
                        + "left out: " + why.getMessage()));
    }
}
