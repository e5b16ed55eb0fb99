package dev.wayleave.tool;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * How many schemas the tools of one catalog may hold. Each tool stands for itself, so that a few hundred schemas which all
 * refer to one another would otherwise be copied for every operation, until the memory is full.
 */
final class SchemaBudget {
    /** More than a megabyte of JSON, which no client takes. */
    private static final int OF_ONE_TOOL = 50_000;

    private static final int OF_ALL = 700_000;

    private int left = OF_ALL;

    /** Counts the schemas of a tool, or throws where it has too many and is not to be made. */
    void take(JsonNode schema) throws UnusableOperation {
        int most = Math.min(OF_ONE_TOOL, left);
        int unused = unused(schema, most);
        if (unused < 0) {
            throw new UnusableOperation(
                    most == OF_ONE_TOOL
                            ? "its arguments are described by more than " + OF_ONE_TOOL
                                    + " schemas, which no client takes"
                            : "the tools before it take all the room that there is for schemas; expose fewer operations");
        }
        left -= most - unused;
    }

    private static int unused(JsonNode node, int before) {
        int left = node.isObject() ? before - 1 : before;
        for (JsonNode child : node) {
            if (left < 0) {
                return left;
            }
            if (child.isContainerNode()) {
                left = unused(child, left);
            }
        }
        return left;
    }
}
