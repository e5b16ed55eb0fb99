package dev.wayleave.mcp;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.wayleave.caller.Caller;
import dev.wayleave.policy.Decision;
import dev.wayleave.policy.Policy;
import dev.wayleave.tool.Catalog;
import dev.wayleave.tool.Tool;
import dev.wayleave.tool.ToolJson;
import java.nio.charset.StandardCharsets;
import java.util.BitSet;
import java.util.List;
import java.util.function.IntFunction;
import java.util.stream.Collectors;

/** The tools that a caller is offered, as JSON that was encoded once for each set of them. */
final class ToolViews {
    private static final int MOST_VIEWS = 256;
    private final List<Tool> tools;
    private final List<String> encoded;
    private final Policy policy;
    private final Cache<BitSet, String> views =
            Caffeine.newBuilder().maximumSize(MOST_VIEWS).build();
    private final Cache<BitSet, String> unstructured =
            Caffeine.newBuilder().maximumSize(MOST_VIEWS).build();

    ToolViews(Catalog catalog, Policy policy) {
        this.tools = catalog.tools();
        this.encoded = tools.stream().map(ToolJson::of).map(ToolViews::encoded).toList();
        this.policy = policy;
    }

    /** A JSON array of the tools of a page that the caller may call, in the catalog's order. */
    String of(Era era, Cursors.Page<Tool> page) {
        return era.knowsStructuredContent()
                ? views.get(page.places(), places -> join(places, encoded::get))
                : unstructured.get(
                        page.places(), places -> join(places, i -> encoded(ToolJson.unstructured(tools.get(i)))));
    }

    /** Those of the catalog that the caller may call, from a cursor on. */
    Cursors.Page<Tool> page(Cursors cursors, Caller caller, Message.Call call) throws ProtocolError {
        return cursors.page(
                caller, call, tools, Tool::name, tool -> policy.decide(caller, tool) instanceof Decision.Allowed);
    }

    private static String join(BitSet allowed, IntFunction<String> tool) {
        return allowed.stream().mapToObj(tool).collect(Collectors.joining(",", "[", "]"));
    }

    private static String encoded(ObjectNode tool) {
        return new String(JsonRpc.bytes(tool), StandardCharsets.UTF_8);
    }
}
