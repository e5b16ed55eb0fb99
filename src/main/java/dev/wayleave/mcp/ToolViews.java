package dev.wayleave.mcp;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.wayleave.caller.Caller;
import dev.wayleave.policy.Decision;
import dev.wayleave.policy.Policy;
import dev.wayleave.tool.Catalog;
import dev.wayleave.tool.Tool;
import dev.wayleave.tool.ToolJson;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/** The tools that a caller is offered, as JSON that was encoded once for each set of them. */
final class ToolViews {
    private static final int MOST_VIEWS = 256;
    private final List<Tool> tools;
    private final List<String> encoded;
    private final Policy policy;
    private final Cache<BitSet, String> views =
            Caffeine.newBuilder().maximumSize(MOST_VIEWS).build();

    ToolViews(Catalog catalog, Policy policy) {
        this.tools = catalog.tools();
        this.encoded = tools.stream().map(ToolViews::encode).toList();
        this.policy = policy;
    }

    /** A JSON array of the tools of a page that the caller may call, in the catalog's order. */
    String of(Cursors.Page<Tool> page) {
        return views.get(page.places(), this::join);
    }

    /** Those of the catalog that the caller may call, from a cursor on. */
    Cursors.Page<Tool> page(Cursors cursors, Caller caller, Message.Call call) throws ProtocolError {
        return cursors.page(
                caller, call, tools, Tool::name, tool -> policy.decide(caller, tool) instanceof Decision.Allowed);
    }

    private String join(BitSet allowed) {
        List<String> parts = new ArrayList<>();
        allowed.stream().forEach(i -> parts.add(encoded.get(i)));
        return "[" + String.join(",", parts) + "]";
    }

    private static String encode(Tool tool) {
        return new String(JsonRpc.bytes(ToolJson.of(tool)), StandardCharsets.UTF_8);
    }
}
