package dev.wayleave.openapi;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.Iterator;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * Tarjan's strongly connected components, each found after those it leads to. It keeps its own stack, because a chain of
 * schemas may be as long as a document.
 */
final class StrongComponents<T> {
    private final Function<T, List<T>> successors;
    private final Consumer<List<T>> found;
    private final IdentityHashMap<T, Visit<T>> visits = new IdentityHashMap<>();
    private final Deque<Visit<T>> open = new ArrayDeque<>();
    private final Deque<Visit<T>> path = new ArrayDeque<>();

    StrongComponents(Function<T, List<T>> successors, Consumer<List<T>> found) {
        this.successors = successors;
        this.found = found;
    }

    /** Goes wherever that leads and no visit has been. */
    void visit(T root) {
        if (visits.containsKey(root)) {
            return;
        }
        enter(root);
        while (!path.isEmpty()) {
            Visit<T> at = path.element();
            if (at.next.hasNext()) {
                T successor = at.next.next();
                Visit<T> seen = visits.get(successor);
                if (seen == null) {
                    enter(successor);
                } else if (seen.open) {
                    at.low = Math.min(at.low, seen.index);
                }
            } else {
                leave(at);
            }
        }
    }

    private void enter(T node) {
        Visit<T> visit = new Visit<>(node, visits.size(), successors.apply(node).iterator());
        visits.put(node, visit);
        open.push(visit);
        path.push(visit);
    }

    private void leave(Visit<T> visit) {
        path.pop();
        Visit<T> before = path.peek();
        if (before != null) {
            before.low = Math.min(before.low, visit.low);
        }
        if (visit.low != visit.index) {
            return;
        }
        List<T> component = new ArrayList<>();
        Visit<T> member;
        do {
            member = open.pop();
            member.open = false;
            component.add(member.node);
        } while (member != visit);
        found.accept(component);
    }

    /** How far the search has come at one node. */
    private static final class Visit<T> {
        private final T node;
        private final int index;
        private final Iterator<T> next;
        private int low;
        private boolean open = true;

        Visit(T node, int index, Iterator<T> next) {
            this.node = node;
            this.index = index;
            this.next = next;
            this.low = index;
        }
    }
}
