package dev.wayleave.jsonpath;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;

/** What one evaluation may still cost, so that no expression takes more than about a second or much memory. */
final class Budget {
    private static final int MOST_VISITS = 20_000_000;
    private static final int MOST_SELECTED = 500_000;
    private long visits;

    /** Counts some work: nodes visited or compared, characters matched. */
    void spend(long cost) throws CostlyJsonPathException {
        visits += cost;
        if (visits > MOST_VISITS) {
            throw new CostlyJsonPathException("would look at more than " + MOST_VISITS + " nodes");
        }
    }

    void select(List<Selected> list, Selected node) throws CostlyJsonPathException {
        spend(1);
        if (list.size() >= MOST_SELECTED) {
            throw new CostlyJsonPathException("selects more than " + MOST_SELECTED + " nodes");
        }
        list.add(node);
    }

    /** The children of a node, in the document's order. */
    List<Selected> children(Selected node) throws CostlyJsonPathException {
        JsonNode json = node.node();
        spend(1 + json.size());
        List<Selected> children = new ArrayList<>(json.size());
        if (json.isObject()) {
            for (var member : json.properties()) {
                children.add(new Selected(node, member.getKey(), -1, member.getValue()));
            }
        } else {
            for (int i = 0; i < json.size(); i++) {
                children.add(new Selected(node, "", i, json.get(i)));
            }
        }
        return children;
    }
}
