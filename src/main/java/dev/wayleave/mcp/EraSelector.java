package dev.wayleave.mcp;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Tells the era of a request by what its body claims in {@code _meta}, never by its method and never by a header alone,
 * and holds a modern one to the headers that must mirror its body (MCP 2026-07-28, basic/transports/streamable-http).
 */
final class EraSelector {
    static final String VERSION = "io.modelcontextprotocol/protocolVersion";
    static final String CAPABILITIES = "io.modelcontextprotocol/clientCapabilities";
    private static final String VERSION_HEADER = "MCP-Protocol-Version";

    private EraSelector() {}

    static Era select(Message.Call call, Request request) throws ProtocolError {
        JsonNode meta = call.params().path("_meta");
        String header = request.header(VERSION_HEADER);
        if (meta.has(VERSION)) {
            return modern(call, meta, request);
        }
        if (claimsModern(request)) {
            if (call.method().equals("initialize")) {
                throw mismatch("initialize belongs to versions before " + header + ".");
            }
            throw ProtocolError.of(
                    400,
                    ProtocolError.INVALID_PARAMS,
                    "params._meta must have " + VERSION + " and " + CAPABILITIES + ".");
        }
        return call.method().equals("initialize") ? Era.OLDEST : legacy(header);
    }

    /** Whether its header says that the others mirror the body; in older eras they mean nothing. */
    static boolean claimsModern(Request request) {
        String header = request.header(VERSION_HEADER);
        return header != null && Era.MODERN.contains(header);
    }

    /** The era of a legacy message: what its header says, else the oldest. */
    static Era legacy(@Nullable String header) throws ProtocolError {
        if (header == null) {
            return Era.OLDEST;
        }
        if (!Era.LEGACY.contains(header)) {
            throw unsupported(header, Era.ALL);
        }
        return new Era(header);
    }

    /** What wants no answer says its version nowhere but in its header, where that is there. */
    static void checkHeader(Request request) throws ProtocolError {
        String header = request.header(VERSION_HEADER);
        if (header != null && !Era.ALL.contains(header)) {
            throw unsupported(header, Era.ALL);
        }
    }

    /** In the modern era nothing is asked of clients, so that none of them can answer. */
    static void refuseAnswer(Request request) throws ProtocolError {
        checkHeader(request);
        if (claimsModern(request)) {
            throw ProtocolError.of(400, ProtocolError.INVALID_REQUEST, "Nothing was asked that this could answer.");
        }
    }

    /** Whether an array of messages may be there at all; the header alone can say so. */
    static Era ofBatch(Request request) throws ProtocolError {
        String header = request.header(VERSION_HEADER);
        return header != null && Era.MODERN.contains(header) ? new Era(header) : legacy(header);
    }

    private static Era modern(Message.Call call, JsonNode meta, Request request) throws ProtocolError {
        JsonNode version = meta.path(VERSION);
        if (!version.isTextual() || !meta.path(CAPABILITIES).isObject()) {
            throw ProtocolError.of(
                    400,
                    ProtocolError.INVALID_PARAMS,
                    "params._meta must have " + VERSION + " as a string and " + CAPABILITIES + " as an object.");
        }
        matchWherePresent(request, VERSION_HEADER, version.textValue());
        matchWherePresent(request, "Mcp-Method", call.method());
        if (!Era.MODERN.contains(version.textValue())) {
            throw unsupported(version.textValue(), Era.MODERN);
        }
        for (String name : List.of(VERSION_HEADER, "Mcp-Method")) {
            if (request.header(name) == null) {
                throw mismatch("The header " + name + " is missing.");
            }
        }
        return new Era(version.textValue());
    }

    /** Holds {@code Mcp-Name} to what the body names. */
    static void matchName(Request request, String name) throws ProtocolError {
        String header = request.header("Mcp-Name");
        if (header == null) {
            throw mismatch("The header Mcp-Name is missing.");
        }
        only(request, "Mcp-Name");
        if (!Objects.equals(HeaderValue.decode(header), name)) {
            throw mismatch("Header mismatch: Mcp-Name does not match the body.");
        }
    }

    private static void matchWherePresent(Request request, String name, String value) throws ProtocolError {
        String header = request.header(name);
        if (header != null) {
            only(request, name);
            if (!header.equals(value)) {
                throw mismatch("Header mismatch: " + name + " does not match the body.");
            }
        }
    }

    private static void only(Request request, String name) throws ProtocolError {
        if (request.all(name).size() > 1) {
            throw mismatch("The header " + name + " is there more than once.");
        }
    }

    static ProtocolError mismatch(String text) {
        return ProtocolError.of(400, ProtocolError.HEADER_MISMATCH, text);
    }

    private static ProtocolError unsupported(String requested, List<String> supported) {
        ObjectNode data = JsonNodeFactory.instance.objectNode();
        supported.forEach(data.putArray("supported")::add);
        data.put("requested", requested.length() <= 64 ? requested : requested.substring(0, 64));
        return ProtocolError.of(400, ProtocolError.UNSUPPORTED_VERSION, "Unsupported protocol version", data);
    }
}
