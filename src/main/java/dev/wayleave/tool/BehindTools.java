package dev.wayleave.tool;

import dev.wayleave.openapi.ApiDescription;
import dev.wayleave.openapi.Operation;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.Map;

/** Finds operations that are called otherwise than by their own tools, and the tools that rules know them as. */
final class BehindTools {
    private final ApiDescription api;
    private final Selection selection;
    private final CatalogMaker maker;
    private final Map<String, Tool> tools;
    private final Map<String, Operation> unlisted = new HashMap<>();
    private final IdentityHashMap<Operation, Tool> made = new IdentityHashMap<>();

    /** @param tools all that agents can call, by their names */
    BehindTools(ApiDescription api, Selection selection, CatalogMaker maker, Map<String, Tool> tools) {
        this.api = api;
        this.selection = selection;
        this.maker = maker;
        this.tools = tools;
    }

    /** @param named its id, or method and path */
    Operation operation(String named) throws UnusableOperation {
        for (Operation operation : api.operations()) {
            if (Selection.isOperation(named, operation)) {
                if (!selection.has(operation)) {
                    throw new UnusableOperation("the configuration does not choose its operation");
                }
                return operation;
            }
        }
        throw new UnusableOperation("there is no operation " + VisibleText.of(named, 64));
    }

    /** The operation's tool; where it has none, one of a name that no other operation has, which rules may speak of. */
    Tool tool(Operation operation) throws UnusableOperation {
        for (Tool tool : tools.values()) {
            if (tool.work() instanceof Work.OneCall one
                    && one.operation().source().equals(operation.source())) {
                return tool;
            }
        }
        Tool known = made.get(operation);
        Tool tool = known == null ? maker.unlisted(operation) : known;
        made.put(operation, tool);
        Operation other = unlisted.putIfAbsent(tool.name(), operation);
        if (tools.containsKey(tool.name()) || (other != null && !other.source().equals(operation.source()))) {
            throw new UnusableOperation("rules would take it for another operation, which has its name, " + tool.name()
                    + "; give it another with x-mcp.name");
        }
        return tool;
    }
}
