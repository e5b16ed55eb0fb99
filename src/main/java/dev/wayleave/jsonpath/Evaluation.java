package dev.wayleave.jsonpath;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** One run of a query over a tree (RFC 9535 §2.1.2, §2.3, §2.5). */
final class Evaluation {
    private final JsonNode root;
    private final Function<JsonNode, @Nullable JsonNode> follow;
    private final Budget budget = new Budget();
    private final Conditions conditions = new Conditions(this, budget);

    Evaluation(JsonNode root, Function<JsonNode, @Nullable JsonNode> follow) {
        this.root = root;
        this.follow = follow;
    }

    /** The nodes that a query selects; {@code current} is what {@code @} means. */
    List<Selected> select(Query query, Selected current) throws CostlyJsonPathException {
        List<Selected> nodes = List.of(query.relative() ? current : Selected.root(root));
        for (Segment segment : query.segments()) {
            List<Selected> next = new ArrayList<>();
            IdentityHashMap<JsonNode, Boolean> entered = new IdentityHashMap<>();
            for (Selected node : nodes) {
                if (segment.descendant()) {
                    descend(segment, node, next, entered);
                } else {
                    apply(segment, node, next);
                }
            }
            nodes = next;
        }
        return nodes;
    }

    /** Trees of ours are bounded in depth, so that recursion is; what stands for other nodes leads to each of them once. */
    private void descend(Segment segment, Selected node, List<Selected> out, IdentityHashMap<JsonNode, Boolean> entered)
            throws CostlyJsonPathException {
        apply(segment, node, out);
        for (Selected child : budget.children(node)) {
            JsonNode other = follow.apply(child.node());
            boolean again = other != null && entered.put(other, true) != null;
            Selected led = led(child);
            if (led.node().isContainerNode() && !again) {
                descend(segment, led, out, entered);
            }
        }
    }

    private Selected led(Selected child) {
        JsonNode other = follow.apply(child.node());
        return other == null ? child : new Selected(child.parent(), child.name(), child.index(), other);
    }

    private void apply(Segment segment, Selected node, List<Selected> out) throws CostlyJsonPathException {
        for (Selector selector : segment.selectors()) {
            switch (selector) {
                case Selector.Name name -> add(node.member(name.name()), out);
                case Selector.Index index ->
                    add(node.element(fromStart(index.index(), node.node().size())), out);
                case Selector.Wildcard all -> {
                    for (Selected child : budget.children(node)) {
                        budget.select(out, led(child));
                    }
                }
                case Selector.Slice slice -> slice(slice, node, out);
                case Selector.Filter filter -> {
                    for (Selected child : budget.children(node)) {
                        Selected led = led(child);
                        if (conditions.hold(filter.condition(), led)) {
                            budget.select(out, led);
                        }
                    }
                }
            }
        }
    }

    private void add(@Nullable Selected node, List<Selected> out) throws CostlyJsonPathException {
        budget.spend(1);
        if (node != null) {
            budget.select(out, led(node));
        }
    }

    /** RFC 9535 §2.3.4.2.2. */
    private void slice(Selector.Slice slice, Selected node, List<Selected> out) throws CostlyJsonPathException {
        long step = slice.step();
        int size = node.node().isArray() ? node.node().size() : 0;
        if (step == 0 || size == 0) {
            return;
        }
        boolean up = step > 0;
        long start = fromStart(slice.start() == null ? (up ? 0 : size - 1) : slice.start(), size);
        long end = slice.end() == null ? (up ? size : -1) : fromStart(slice.end(), size);
        if (up) {
            for (long i = Math.clamp(start, 0, size); i < Math.clamp(end, 0, size); i += step) {
                add(node.element(i), out);
            }
        } else {
            for (long i = Math.clamp(start, -1, size - 1); i > Math.clamp(end, -1, size - 1); i += step) {
                add(node.element(i), out);
            }
        }
    }

    private static long fromStart(long index, int size) {
        return index < 0 ? size + index : index;
    }
}
