package dev.wayleave.openapi;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.wayleave.jsonpath.CostlyJsonPathException;
import dev.wayleave.jsonpath.JsonPath;
import dev.wayleave.jsonpath.Selected;
import dev.wayleave.openapi.Overlay.Version;
import dev.wayleave.openapi.OverlayAction.Change;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.IdentityHashMap;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Applies the actions of one overlay to a tree that may be changed (Overlay 1.1, Action Object). */
final class Overlaying {
    private final Overlay overlay;
    private final Document document;
    private final FileLinks links;
    private final TreeCopy copies;
    private final Findings findings;

    Overlaying(Overlay overlay, Document document, FileLinks links, TreeCopy copies, Findings findings) {
        this.overlay = overlay;
        this.document = document;
        this.links = links;
        this.copies = copies;
        this.findings = findings;
    }

    void apply(OverlayAction action) throws DocumentException {
        List<Selected> selected = once(select(action.path(), action.target()));
        if (selected.isEmpty()) {
            findings.warning(
                    action.target(),
                    "\"" + Texts.excerpt(action.path().toString()) + "\" selects nothing in " + document.name());
        }
        switch (action.change()) {
            case Change.Remove remove -> remove(selected, action.target());
            case Change.Update update -> {
                sameKind(selected, action.target());
                for (Selected node : selected) {
                    graft(node, update.value().node(), overlay.name(), update.value());
                }
            }
            case Change.Copy copy -> {
                sameKind(selected, action.target());
                // made beforehand, so that copying a node into itself has an end
                Selected source = onlyOne(copy);
                JsonNode taken = copies.grafted(source.node(), null, 0, copy.place());
                for (Selected node : selected) {
                    graft(node, taken, fileOf(source, node, copy.place()), copy.place());
                }
            }
            case Change.Nothing nothing ->
                findings.warning(action.target(), "the action has no `update`, `copy` or `remove`, and does nothing");
        }
    }

    private List<Selected> select(JsonPath path, Place place) throws DocumentException {
        try {
            return path.select(document.root(), links::follow);
        } catch (CostlyJsonPathException costly) {
            throw new DocumentException(place.source(), "the expression " + costly.getMessage());
        }
    }

    /** An expression may select a node twice; it is changed once. */
    private static List<Selected> once(List<Selected> selected) {
        IdentityHashMap<JsonNode, Boolean> seen = new IdentityHashMap<>();
        return selected.stream()
                .filter(node -> !node.node().isContainerNode() || seen.put(node.node(), true) == null)
                .toList();
    }

    private Selected onlyOne(Change.Copy copy) throws DocumentException {
        List<Selected> sources = select(copy.from(), copy.place());
        if (sources.size() != 1) {
            throw new DocumentException(
                    copy.place().source(),
                    "`copy` selects one node; \"" + Texts.excerpt(copy.from().toString()) + "\" selects "
                            + sources.size());
        }
        return sources.getFirst();
    }

    /** The name of the file that is copied from; null where that is the file that is copied to. */
    private @Nullable String fileOf(Selected source, Selected target, Place copy) throws DocumentException {
        Document from = links.documentOf(source, document);
        if (from.is(links.documentOf(target, document))) {
            return null;
        }
        if (FileLinks.refers(source.node())) {
            throw new DocumentException(
                    copy.source(), "copies from " + from.name() + " what refers to more, which another file cannot");
        }
        return from.name();
    }

    private void sameKind(List<Selected> selected, Place target) throws DocumentException {
        for (Selected node : selected) {
            if (kind(node.node()) != kind(selected.getFirst().node())) {
                throw new DocumentException(
                        target.source(), "selects both " + shown(selected.getFirst()) + " and " + shown(node));
            }
            refusePrimitive(node, target);
        }
    }

    /** Overlay 1.0 selects objects and arrays only. */
    private void refusePrimitive(Selected node, Place target) throws DocumentException {
        if (!node.node().isContainerNode() && !overlay.version().isAtLeast(Version.V1_1)) {
            throw new DocumentException(
                    target.source(),
                    "selects " + shown(node) + "; Overlay 1.0 selects objects and arrays only, say overlay: 1.1.0");
        }
    }

    private void remove(List<Selected> selected, Place target) throws DocumentException {
        List<Selected> lastFirst = new ArrayList<>(selected);
        lastFirst.sort(Comparator.comparingInt(Selected::index).reversed());
        IdentityHashMap<JsonNode, Integer> lastRemoved = new IdentityHashMap<>();
        for (Selected node : lastFirst) {
            refusePrimitive(node, target);
            Selected parent = node.parent();
            if (parent == null) {
                throw new DocumentException(target.source(), "the whole document cannot be removed");
            }
            if (parent.node() instanceof Located object) {
                object.prune(node.name());
            } else if (parent.node() instanceof ArrayNode array) {
                Integer last = lastRemoved.put(array, node.index());
                if (last == null || last != node.index()) {
                    array.remove(node.index());
                }
            }
        }
    }

    /** Puts a value into one of the nodes that are selected. */
    private void graft(Selected node, JsonNode value, @Nullable String file, Place place) throws DocumentException {
        JsonNode copy = copies.grafted(value, file, node.depth() + 1, place);
        switch (node.node()) {
            case Located object -> {
                if (!(copy instanceof Located members)) {
                    throw incompatible(node, value, place);
                }
                merge(object, members, node, place);
            }
            case ArrayNode array -> {
                if (copy instanceof ArrayNode more && overlay.version().isAtLeast(Version.V1_1)) {
                    array.addAll(more);
                } else {
                    array.add(copy);
                }
            }
            default -> {
                if (copy.isContainerNode()) {
                    throw incompatible(node, value, place);
                }
                replace(node, copy, place);
            }
        }
    }

    private static void replace(Selected node, JsonNode value, Place place) {
        Source from = place.source();
        switch (node.parent() == null ? null : node.parent().node()) {
            case Located object -> object.graft(node.name(), value, new Located.Origin(from.file(), from.line()));
            case ArrayNode array -> array.set(node.index(), value);
            case null, default -> {}
        }
    }

    private void merge(Located target, Located value, Selected within, Place place) throws DocumentException {
        for (var member : value.properties()) {
            String name = member.getKey();
            JsonNode own = target.get(name);
            JsonNode led = own == null ? null : links.follow(own);
            JsonNode mine = led == null ? own : led;
            JsonNode theirs = member.getValue();
            if (mine instanceof Located object && theirs instanceof Located more) {
                merge(object, more, within, place);
            } else if (mine instanceof ArrayNode array && theirs instanceof ArrayNode more) {
                array.addAll(more);
            } else if (mine == null || (!mine.isContainerNode() && !theirs.isContainerNode())) {
                target.graft(name, theirs, value.originOf(name));
            } else {
                throw new DocumentException(
                        new Source(
                                String.valueOf(value.originOf(name).file()),
                                place.pointer(),
                                value.originOf(name).line()),
                        "`" + Texts.excerpt(name) + "` is " + kind(theirs).said + " here and " + kind(mine).said
                                + " in the description, within " + shown(within));
            }
        }
    }

    private static DocumentException incompatible(Selected node, JsonNode value, Place place) {
        return new DocumentException(place.source(), "is " + kind(value).said + ", and selected is " + shown(node));
    }

    private static String shown(Selected node) {
        String pointer = node.tokens().isEmpty() ? "" : "/" + String.join("/", node.tokens());
        return kind(node.node()).said + " at " + (pointer.isEmpty() ? "the root" : Texts.excerpt(pointer));
    }

    private enum Kind {
        OBJECT("an object"),
        ARRAY("an array"),
        PRIMITIVE("a single value");

        private final String said;

        Kind(String said) {
            this.said = said;
        }
    }

    private static Kind kind(JsonNode node) {
        return node instanceof ObjectNode ? Kind.OBJECT : node.isArray() ? Kind.ARRAY : Kind.PRIMITIVE;
    }
}
