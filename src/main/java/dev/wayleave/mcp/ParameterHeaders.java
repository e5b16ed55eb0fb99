package dev.wayleave.mcp;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.wayleave.caller.Caller;
import dev.wayleave.policy.Decision;
import dev.wayleave.policy.Policy;
import dev.wayleave.tool.Catalog;
import dev.wayleave.tool.MirroredHeaders;
import dev.wayleave.tool.MirroredHeaders.Mirrored;
import dev.wayleave.tool.Tool;
import java.math.BigDecimal;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Holds the {@code Mcp-Param-…} headers of a modern call to the arguments that they repeat. */
final class ParameterHeaders {
    private static final String PREFIX = "Mcp-Param-";
    private static final Pattern NUMBER = Pattern.compile("-?\\d{1,32}(\\.\\d{1,32})?");

    /** What every client can count to: 2^53 - 1. */
    private static final BigDecimal LARGEST = BigDecimal.valueOf((1L << 53) - 1);

    private final Catalog catalog;
    private final Policy policy;
    private final Map<String, List<Mirrored>> byTool = new HashMap<>();

    ParameterHeaders(Catalog catalog, Policy policy) {
        this.catalog = catalog;
        this.policy = policy;
        for (Tool tool : catalog.tools()) {
            List<Mirrored> mirrored = MirroredHeaders.of(tool);
            if (!mirrored.isEmpty()) {
                byTool.put(tool.name(), mirrored);
            }
        }
    }

    /** Of a tool that the caller is not offered, nothing is told, not even what it would ask for. */
    void match(Caller caller, Message.Call call, Request request) throws ProtocolError {
        String name = call.params().path("name").asText();
        List<Mirrored> mirrored = byTool.get(name);
        Tool tool = mirrored == null ? null : catalog.find(name);
        if (mirrored == null || tool == null || !(policy.decide(caller, tool) instanceof Decision.Allowed)) {
            return;
        }
        for (Mirrored one : mirrored) {
            match(
                    PREFIX + one.name(),
                    call.params().path("arguments") instanceof ObjectNode arguments ? one.in(arguments) : null,
                    request);
        }
    }

    private static void match(String header, @Nullable JsonNode value, Request request) throws ProtocolError {
        List<String> sent = request.all(header);
        if (value == null || value.isMissingNode() || value.isNull()) {
            if (!sent.isEmpty()) {
                throw EraSelector.mismatch("Header mismatch: " + header + " repeats an argument that is not there.");
            }
            return;
        }
        if (sent.size() != 1) {
            throw EraSelector.mismatch("The header " + header + " must be there once.");
        }
        String decoded = HeaderValue.decode(sent.getFirst().strip());
        if (decoded == null || !means(decoded, value)) {
            throw EraSelector.mismatch("Header mismatch: " + header + " does not match the body.");
        }
    }

    private static boolean means(String header, JsonNode value) {
        if (value.isNumber()) {
            return value.decimalValue().abs().compareTo(LARGEST) <= 0
                    && NUMBER.matcher(header).matches()
                    && new BigDecimal(header).compareTo(value.decimalValue()) == 0;
        }
        return value.isValueNode() && header.equals(value.asText());
    }
}
